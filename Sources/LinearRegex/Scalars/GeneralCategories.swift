/// A set of Unicode general categories, as `\p{…}` names them.
///
/// Which scalar is of which category the standard library knows, by its version of Unicode; here are only the names.
struct GeneralCategories: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    static let all = GeneralCategories(rawValue: 1 << 30 - 1)

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(_ category: Unicode.GeneralCategory) {
        let bit: UInt32 =
            switch category {
            case .uppercaseLetter: 0
            case .lowercaseLetter: 1
            case .titlecaseLetter: 2
            case .modifierLetter: 3
            case .otherLetter: 4
            case .nonspacingMark: 5
            case .spacingMark: 6
            case .enclosingMark: 7
            case .decimalNumber: 8
            case .letterNumber: 9
            case .otherNumber: 10
            case .connectorPunctuation: 11
            case .dashPunctuation: 12
            case .openPunctuation: 13
            case .closePunctuation: 14
            case .initialPunctuation: 15
            case .finalPunctuation: 16
            case .otherPunctuation: 17
            case .mathSymbol: 18
            case .currencySymbol: 19
            case .modifierSymbol: 20
            case .otherSymbol: 21
            case .spaceSeparator: 22
            case .lineSeparator: 23
            case .paragraphSeparator: 24
            case .control: 25
            case .format: 26
            case .surrogate: 27
            case .privateUse: 28
            case .unassigned: 29
            @unknown default: 29
            }
        rawValue = 1 << bit
    }

    /// The categories that a name such as `L` or `Lu` stands for, or `nil` for a name that RFC 9485 does not list.
    init?(name: some StringProtocol) {
        let members: [Unicode.GeneralCategory]
        switch String(name) {
        case "L": members = [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]
        case "Lu": members = [.uppercaseLetter]
        case "Ll": members = [.lowercaseLetter]
        case "Lt": members = [.titlecaseLetter]
        case "Lm": members = [.modifierLetter]
        case "Lo": members = [.otherLetter]
        case "M": members = [.nonspacingMark, .spacingMark, .enclosingMark]
        case "Mn": members = [.nonspacingMark]
        case "Mc": members = [.spacingMark]
        case "Me": members = [.enclosingMark]
        case "N": members = [.decimalNumber, .letterNumber, .otherNumber]
        case "Nd": members = [.decimalNumber]
        case "Nl": members = [.letterNumber]
        case "No": members = [.otherNumber]
        case "P":
            members = [
                .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation,
            ]
        case "Pc": members = [.connectorPunctuation]
        case "Pd": members = [.dashPunctuation]
        case "Ps": members = [.openPunctuation]
        case "Pe": members = [.closePunctuation]
        case "Pi": members = [.initialPunctuation]
        case "Pf": members = [.finalPunctuation]
        case "Po": members = [.otherPunctuation]
        case "S": members = [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]
        case "Sm": members = [.mathSymbol]
        case "Sc": members = [.currencySymbol]
        case "Sk": members = [.modifierSymbol]
        case "So": members = [.otherSymbol]
        case "Z": members = [.spaceSeparator, .lineSeparator, .paragraphSeparator]
        case "Zs": members = [.spaceSeparator]
        case "Zl": members = [.lineSeparator]
        case "Zp": members = [.paragraphSeparator]
        case "C": members = [.control, .format, .privateUse, .unassigned]
        case "Cc": members = [.control]
        case "Cf": members = [.format]
        case "Co": members = [.privateUse]
        case "Cn": members = [.unassigned]
        default: return nil
        }
        self = members.reduce(into: []) { $0.formUnion(GeneralCategories($1)) }
    }
}

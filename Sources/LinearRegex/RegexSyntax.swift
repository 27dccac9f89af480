/// A parsed pattern, the same for both dialects.
indirect enum RegexSyntax {
    case empty
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case assertion(RegexAssertion)
    case sequence([RegexSyntax])
    case alternatives([RegexSyntax])
    /// `maximum` is `nil` for no upper bound; a maximum below the minimum matches nothing.
    case repetition(RegexSyntax, minimum: Int, maximum: Int?, isLazy: Bool)

    /// How deep groups may be nested.
    static let maximumNesting = 200

    static func joined(_ pieces: [RegexSyntax]) -> RegexSyntax {
        switch pieces.count {
        case 0: .empty
        case 1: pieces[0]
        default: .sequence(pieces)
        }
    }

    static func choice(_ branches: [RegexSyntax]) -> RegexSyntax {
        branches.count == 1 ? branches[0] : .alternatives(branches)
    }
}

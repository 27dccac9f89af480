/// A parsed pattern, the same for both dialects.
indirect enum RegexSyntax {
    case empty
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case assertion(RegexAssertion)
    case sequence([RegexSyntax])
    case alternatives([RegexSyntax])
    /// `maximum` is `nil` for no upper bound; it is never below the minimum.
    case repetition(RegexSyntax, minimum: Int, maximum: Int?, isLazy: Bool)

    /// How deep groups may be nested.
    static let maximumNesting = 200

    /// Pieces one after the other.
    static func joined(_ pieces: [RegexSyntax]) -> RegexSyntax {
        switch pieces.count {
        case 0: .empty
        case 1: pieces[0]
        default: .sequence(pieces)
        }
    }

    /// One of several branches, the first that leads to a match.
    static func choice(_ branches: [RegexSyntax]) -> RegexSyntax {
        branches.count == 1 ? branches[0] : .alternatives(branches)
    }
}

/// What stands beside a position in the text, as far as the assertions care.
enum Neighbour: UInt32, Hashable, Sendable {
    /// The start or the end of the text.
    case edge
    /// A line feed.
    case lineFeed
    /// An ASCII letter, digit or underscore.
    case word
    /// Any other scalar.
    case other

    init(scalar: UInt32) {
        switch scalar {
        case 0x0A: self = .lineFeed
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: self = .word
        default: self = .other
        }
    }

    /// What stands before a byte offset; every scalar that matters here is one byte long.
    init(before offset: Int, in text: Span<UInt8>) {
        self = offset == 0 ? .edge : Neighbour(scalar: UInt32(text[offset - 1]))
    }
}

/// A condition on a position that consumes nothing.
enum RegexAssertion: Hashable, Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary

    func holds(between before: Neighbour, and after: Neighbour) -> Bool {
        switch self {
        case .textStart: before == .edge
        case .textEnd: after == .edge
        case .lineStart: before == .edge || before == .lineFeed
        case .lineEnd: after == .edge || after == .lineFeed
        case .wordBoundary: (before == .word) != (after == .word)
        case .notWordBoundary: (before == .word) == (after == .word)
        }
    }
}

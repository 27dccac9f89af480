extension SearchRegexParser {
    /// What an escape may stand for inside and outside a class.
    enum Escape {
        case scalar(Unicode.Scalar)
        case ranges([ClosedRange<UInt32>])
        case categories(GeneralCategories)
    }

    static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    static let wordScalars: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    static let whitespace: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20]

    /// Reads what follows a backslash outside a class.
    mutating func parseEscape(at start: Int) throws(RegexError) -> RegexSyntax {
        switch next {
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.notWordBoundary)
        case "A": return assertion(.textStart)
        case "z": return assertion(.textEnd)
        case "Z", "G":
            throw RegexError("\\Z and \\G are not supported. Use \\A or ^, and \\z or $.", at: start)
        case let digit? where ("1"..."9").contains(digit):
            throw RegexError("Back-references are not supported: they cannot be matched in bounded time.", at: start)
        case "k":
            throw RegexError("Back-references are not supported: they cannot be matched in bounded time.", at: start)
        default:
            break
        }
        switch try parseSharedEscape(at: start) {
        case .scalar(let scalar): return literal(scalar)
        case .ranges(let ranges): return .set(ScalarSet(ranges: ranges))
        case .categories(let categories):
            return .set(ScalarSet(categories: categories, ignoresCase: flags.ignoresCase))
        }
    }

    private mutating func assertion(_ assertion: RegexAssertion) -> RegexSyntax {
        position += 1
        return .assertion(assertion)
    }

    /// Reads what follows a backslash, as far as it means the same in and outside a class.
    mutating func parseSharedEscape(at start: Int) throws(RegexError) -> Escape {
        guard let scalar = next else {
            throw RegexError("The pattern ends after \"\\\". Write \"\\\\\" for the character.", at: start)
        }
        position += 1
        switch scalar {
        case "d": return .ranges(Self.digits)
        case "D": return .ranges(ScalarSet.complement(of: Self.digits))
        case "w": return .ranges(Self.wordScalars)
        case "W": return .ranges(ScalarSet.complement(of: Self.wordScalars))
        case "s": return .ranges(Self.whitespace)
        case "S": return .ranges(ScalarSet.complement(of: Self.whitespace))
        case "p": return .categories(try parseCategories(at: start))
        case "P": return .categories(GeneralCategories.all.subtracting(try parseCategories(at: start)))
        case "n": return .scalar("\n")
        case "r": return .scalar("\r")
        case "t": return .scalar("\t")
        case "f": return .scalar("\u{0C}")
        case "v": return .scalar("\u{0B}")
        case "a": return .scalar("\u{07}")
        case "e": return .scalar("\u{1B}")
        case "0": return .scalar("\u{00}")
        case "x": return .scalar(try parseHexadecimal(digits: 2, at: start))
        case "u": return .scalar(try parseHexadecimal(digits: 4, at: start))
        default:
            guard scalar.value < 128, Neighbour(scalar: scalar.value) != .word || scalar == "_" else {
                throw RegexError("There is no escape \"\\\(scalar)\".", at: start)
            }
            return .scalar(scalar)
        }
    }

    /// Reads so many hexadecimal digits, or any number of them in braces.
    private mutating func parseHexadecimal(digits: Int, at start: Int) throws(RegexError) -> Unicode.Scalar {
        let isInBraces = take("{")
        let end = isInBraces ? scalars[position...].firstIndex(of: "}") : position + digits
        guard let end, end <= scalars.count, scalars[position..<end].allSatisfy(\.properties.isASCIIHexDigit),
            let value = UInt32(String(String.UnicodeScalarView(scalars[position..<end])), radix: 16),
            let scalar = Unicode.Scalar(value)
        else {
            throw RegexError(
                "A character by number is written \\x41, \\u0041 or \\u{1F600}, and must exist in Unicode.",
                at: start
            )
        }
        position = isInBraces ? end + 1 : end
        return scalar
    }

    private mutating func parseCategories(at start: Int) throws(RegexError) -> GeneralCategories {
        let name: String
        let nameStart: Int
        if take("{") {
            guard let end = scalars[position...].firstIndex(of: "}") else {
                throw RegexError("A category is written \\pL, \\p{Lu} and so on.", at: start)
            }
            nameStart = position
            name = String(String.UnicodeScalarView(scalars[position..<end]))
            position = end + 1
        } else {
            guard let scalar = next else {
                throw RegexError("A category is written \\pL, \\p{Lu} and so on.", at: start)
            }
            nameStart = position
            name = String(scalar)
            position += 1
        }
        guard let categories = GeneralCategories(name: name) else {
            throw RegexError("\"\(name)\" is not a general category of Unicode.", at: nameStart)
        }
        return categories
    }
}

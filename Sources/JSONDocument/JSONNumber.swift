/// A JSON number that keeps its digits.
///
/// Numbers are equal, ordered and hashed by their exact decimal value: `1.0` equals `1`, and two 64-bit identifiers
/// that differ in the last digit differ.
public struct JSONNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The most digits that an exponent may have, leading zeros aside.
    static let maximumExponentDigits = 15

    /// The number as it is written in JSON.
    public let literal: String

    /// The number as it is written in JSON.
    public var description: String { literal }

    /// Makes a number from its spelling, or `nil` if RFC 8259 has no such number.
    ///
    /// An exponent of over 15 digits is refused too.
    public init?(literal: String) {
        var copy = literal
        let isValid = copy.withUTF8 { buffer in
            let text = buffer.span
            guard case .success(let end) = JSONNumberScanner.scan(text, from: 0) else { return false }
            return end == text.count
        }
        guard isValid else { return nil }
        self.literal = copy
    }

    /// Takes a spelling that is known to be valid.
    init(validLiteral: String) {
        literal = validLiteral
    }

    /// Makes a number from an integer.
    public init(_ value: some BinaryInteger) {
        literal = String(value)
    }

    /// Makes a number with the shortest spelling that reads back as that `Double`, or `nil` if it is not finite.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        literal = value.description
    }

    /// The nearest `Double`; infinite if the number is too large for one.
    public var double: Double { Double(literal) ?? .nan }

    /// The value as an `Int64`, if it is exactly one; `1.0` and `1e3` are.
    public var int64: Int64? { exact.int64 }

    /// Whether the value has no fractional part; `1.0` and `1e400` have none.
    public var isInteger: Bool { exact.isInteger }

    private var exact: ExactDecimal {
        var literal = literal
        return literal.withUTF8 { ExactDecimal(validLiteral: $0.span) }
    }

    /// Whether two numbers have the same value.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        left.literal == right.literal || left.exact == right.exact
    }

    /// Whether a number is below another.
    public static func < (left: JSONNumber, right: JSONNumber) -> Bool {
        left.exact < right.exact
    }

    /// Hashes the value, so that equal numbers hash alike however they are written.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(exact)
    }
}

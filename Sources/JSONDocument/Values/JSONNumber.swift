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

/// Finds where a number ends, by the grammar of RFC 8259, section 6.
///
/// The parser of texts and ``JSONNumber/init(literal:)`` both ask it, so no number exists that a text could not hold.
enum JSONNumberScanner {
    /// Why there is no number.
    struct Problem: Error {
        /// Whether it is one by the grammar, with an exponent of more digits than are accepted.
        var isOutOfRange = false
        let message: String
        let offset: Int
    }

    /// The offset after the number that starts at `start`.
    static func scan(_ text: Span<UInt8>, from start: Int) -> Result<Int, Problem> {
        var position = start
        if position < text.count, text[position] == UInt8(ascii: "-") { position += 1 }
        let integerStart = position
        position = skipDigits(text, from: position)
        guard position > integerStart else {
            return .failure(Problem(message: "Expected a digit.", offset: position))
        }
        guard text[integerStart] != UInt8(ascii: "0") || position == integerStart + 1 else {
            let message = "A number must not start with a zero that other digits follow."
            return .failure(Problem(message: message, offset: integerStart))
        }
        if position < text.count, text[position] == UInt8(ascii: ".") {
            let fractionStart = position + 1
            position = skipDigits(text, from: fractionStart)
            guard position > fractionStart else {
                let message = "Expected a digit after the decimal point."
                return .failure(Problem(message: message, offset: position))
            }
        }
        if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
            return scanExponent(text, from: position + 1)
        }
        return .success(position)
    }

    private static func scanExponent(_ text: Span<UInt8>, from start: Int) -> Result<Int, Problem> {
        var position = start
        if position < text.count, text[position] == UInt8(ascii: "-") || text[position] == UInt8(ascii: "+") {
            position += 1
        }
        let digitsStart = position
        position = skipDigits(text, from: position)
        guard position > digitsStart else {
            let message = "Expected a digit in the exponent."
            return .failure(Problem(message: message, offset: position))
        }
        var significant = digitsStart
        while significant < position, text[significant] == UInt8(ascii: "0") { significant += 1 }
        guard position - significant <= JSONNumber.maximumExponentDigits else {
            let message = "The number's exponent has over \(JSONNumber.maximumExponentDigits) digits."
            return .failure(Problem(isOutOfRange: true, message: message, offset: digitsStart))
        }
        return .success(position)
    }

    @inline(__always)
    private static func skipDigits(_ text: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < text.count, text[unchecked: position] &- UInt8(ascii: "0") < 10 { position += 1 }
        return position
    }
}

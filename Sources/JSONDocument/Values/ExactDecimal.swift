/// The value of a JSON number, without rounding.
///
/// It is 0.`digits` × 10^`exponent`. A `Double` would take two identifiers for one where they differ beyond the
/// sixteenth digit, and every number beyond its range for infinity.
struct ExactDecimal: Hashable, Comparable {
    let isNegative: Bool

    /// Decimal digits without zeros at either end; none for zero.
    let digits: [UInt8]

    let exponent: Int

    /// Reads a spelling that RFC 8259 and the limit on exponents allow.
    init(validLiteral text: Span<UInt8>) {
        var position = 0
        let hasSign = text[0] == UInt8(ascii: "-")
        if hasSign { position = 1 }
        var digits: [UInt8] = []
        digits.reserveCapacity(text.count)
        var pointPlace: Int?
        var seen = 0
        while position < text.count, text[position] | 0x20 != UInt8(ascii: "e") {
            if text[position] == UInt8(ascii: ".") {
                pointPlace = seen
            } else {
                digits.append(text[position] - UInt8(ascii: "0"))
                seen += 1
            }
            position += 1
        }
        let leadingZeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leadingZeros)
        while digits.last == 0 { digits.removeLast() }
        guard !digits.isEmpty else {
            self.init(isNegative: false, digits: [], exponent: 0)
            return
        }
        let written = position < text.count ? Self.exponent(text, from: position + 1) : 0
        self.init(isNegative: hasSign, digits: digits, exponent: (pointPlace ?? seen) - leadingZeros + written)
    }

    private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        self.isNegative = isNegative
        self.digits = digits
        self.exponent = exponent
    }

    private static func exponent(_ text: Span<UInt8>, from start: Int) -> Int {
        var value = 0
        for position in start..<text.count where text[position] >= UInt8(ascii: "0") {
            value = value * 10 + Int(text[position] - UInt8(ascii: "0"))
        }
        return text[start] == UInt8(ascii: "-") ? -value : value
    }

    var isInteger: Bool { digits.count <= exponent || digits.isEmpty }

    var int64: Int64? {
        guard isInteger, exponent <= 19 else { return nil }
        var value: Int64 = 0
        for place in 0..<exponent {
            let digit = place < digits.count ? Int64(digits[place]) : 0
            let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
            // The lowest Int64 has no positive counterpart, so the sign is applied digit by digit.
            let (sum, alsoOverflows) = shifted.addingReportingOverflow(isNegative ? -digit : digit)
            if overflows || alsoOverflows { return nil }
            value = sum
        }
        return value
    }

    static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        let (leftSign, rightSign) = (left.sign, right.sign)
        if leftSign != rightSign { return leftSign < rightSign }
        return left.isNegative
            ? right.hasSmallerMagnitude(than: left)
            : left.hasSmallerMagnitude(than: right)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    private func hasSmallerMagnitude(than other: ExactDecimal) -> Bool {
        if exponent != other.exponent { return exponent < other.exponent }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

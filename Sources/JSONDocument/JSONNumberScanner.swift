/// Finds where a number ends, by the grammar of RFC 8259, section 6.
enum JSONNumberScanner {
    struct Problem: Error {
        let code: JSONError.Code
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
            return .failure(Problem(code: .syntax, message: "Expected a digit.", offset: position))
        }
        guard text[integerStart] != UInt8(ascii: "0") || position == integerStart + 1 else {
            let message = "A number must not start with a zero that other digits follow."
            return .failure(Problem(code: .syntax, message: message, offset: integerStart))
        }
        if position < text.count, text[position] == UInt8(ascii: ".") {
            let fractionStart = position + 1
            position = skipDigits(text, from: fractionStart)
            guard position > fractionStart else {
                let message = "Expected a digit after the decimal point."
                return .failure(Problem(code: .syntax, message: message, offset: position))
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
            return .failure(Problem(code: .syntax, message: message, offset: position))
        }
        var significant = digitsStart
        while significant < position, text[significant] == UInt8(ascii: "0") { significant += 1 }
        guard position - significant <= JSONNumber.maximumExponentDigits else {
            let message = "The number's exponent has over \(JSONNumber.maximumExponentDigits) digits."
            return .failure(Problem(code: .numberOutOfRange, message: message, offset: digitsStart))
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

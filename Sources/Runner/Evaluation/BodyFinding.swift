import DHIS2
import JSONDocument
import Matching

/// Says why a body cannot be judged.
enum BodyFinding {
    /// The body is larger than what was kept of it; what is missing could turn any verdict around.
    static func cut(_ exchange: HTTPExchange) -> Finding {
        let size = AmountText.roughSize(exchange.bodySize)
        let kept = AmountText.roughSize(exchange.body.count)
        return Finding("\(size), of which only the first \(kept) were kept, so that it cannot be judged", isLimit: true)
    }

    /// The body's text is not known.
    static func notText(_ body: [UInt8], _ fault: BodyText.Fault) -> Finding {
        let size = AmountText.roughSize(body.count)
        switch fault {
        case .unknownCharset(let label):
            let shown = Excerpt.cut(label, limit: 40)
            return Finding(
                "\(size) in the charset \"\(shown)\", which routecheck does not know",
                excerpt: [Excerpt.quoted(String(decoding: body, as: UTF8.self))]
            )
        case .notUTF16: return Finding("\(size) that are not valid UTF-16, which they are declared to be")
        case .notUTF8: return notUTF8(body)
        }
    }

    private static func notUTF8(_ body: [UInt8]) -> Finding {
        let size = AmountText.roughSize(body.count)
        if body.prefix(1024).contains(where: isBinary) {
            let start = hexadecimal(body.prefix(8))
            return Finding("\(size) of binary data, which are not valid UTF-8, beginning with the bytes \(start)")
        }
        let (offset, byte) = firstInvalidByte(of: body)
        return Finding(
            "\(size) that are not valid UTF-8 (byte \(offset + 1) is \(hexadecimal([byte])))",
            excerpt: [Excerpt.quoted(String(decoding: body, as: UTF8.self), around: offset..<offset)]
        )
    }

    /// The body is not JSON.
    static func notJSON(_ body: [UInt8], _ error: JSONError) -> Finding {
        if let name = BodyText.nameOfUTF16(body) {
            return Finding("\(AmountText.roughSize(body.count)) of \(name); JSON is UTF-8 (RFC 8259, section 8.1)")
        }
        guard let text = String(validating: body, as: UTF8.self) else { return notUTF8(body) }
        guard !text.isEmpty else { return Finding("an empty body") }
        let start = Excerpt.trimmed(String(text.unicodeScalars.prefix(200))).lowercased()
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
            return Finding("HTML", excerpt: [Excerpt.quoted(text)])
        }
        if start.hasPrefix("<") { return Finding("XML or HTML", excerpt: [Excerpt.quoted(text)]) }
        let reason = "\(error.position): \(Excerpt.withoutFullStop(error.message))"
        let limits: [JSONError.Code] = [.nestingTooDeep, .numberOutOfRange, .textTooLarge]
        let isLimit = limits.contains(error.code)
        let what =
            switch error.code {
            case .syntax, .encoding: "a body that is not JSON"
            case _ where isLimit: "JSON beyond routecheck's limits"
            default: "JSON that cannot be judged"
            }
        return Finding(
            "\(what) (\(reason))",
            excerpt: [Excerpt.quoted(text, around: error.position.offset..<error.position.offset)],
            isLimit: isLimit
        )
    }

    private static func isBinary(_ byte: UInt8) -> Bool {
        byte < 0x20 && !(0x09...0x0D).contains(byte) && byte != 0x1B
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }

    private static func firstInvalidByte(of body: [UInt8]) -> (offset: Int, byte: UInt8) {
        var decoder = UTF8()
        var bytes = body.makeIterator()
        var offset = 0
        while case .scalarValue(let scalar) = decoder.decode(&bytes) { offset += UTF8.width(scalar) }
        return (offset, offset < body.count ? body[offset] : 0)
    }
}

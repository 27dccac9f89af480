import Matching
import Text

/// The text of a body, by its byte order mark, by the charset that `Content-Type` declares, or as UTF-8.
///
/// A byte order mark wins over what is declared, and belongs to neither text (WHATWG Encoding Standard, section 6).
/// DHIS2 declares UTF-8 for whatever a target sent without a charset, so that bytes which are not are nothing unusual.
struct BodyText {
    /// Why the text is not known.
    enum Fault: Hashable {
        case notUTF8
        case notUTF16
        case unknownCharset(String)
    }

    /// What conditions are held against.
    let subject: Subject
    /// Why the text is not known; `nil` if it is.
    let fault: Fault?

    /// Decodes a body.
    ///
    /// - Parameters:
    ///   - bytes: The whole body.
    ///   - contentType: The value of the `Content-Type` field, if there is one.
    init(_ bytes: [UInt8], contentType: String?) {
        let mark = Self.byteOrderMark(of: bytes)
        let charset = mark?.charset ?? contentType.flatMap(MediaType.charset).map(Charset.init(label:)) ?? .utf8
        let body = bytes.dropFirst(mark?.length ?? 0)
        let text: String?
        switch charset {
        case .utf8:
            text = String(validating: body, as: UTF8.self)
            fault = text == nil ? .notUTF8 : nil
            subject = text.map { .body($0) } ?? .undecodedBody(ascii: String(decoding: body, as: UTF8.self))
        case .utf16LittleEndian, .utf16BigEndian, .utf16:
            let isBigEndian = charset == .utf16 ? Self.seemsBigEndian(body) : charset == .utf16BigEndian
            let units = Self.units(of: body, isBigEndian: isBigEndian)
            text = body.count.isMultiple(of: 2) ? String(validating: units, as: UTF16.self) : nil
            fault = text == nil ? .notUTF16 : nil
            subject = text.map { .body($0) } ?? .undecodedBody(ascii: String(decoding: units, as: UTF16.self))
        case .windows1252:
            fault = nil
            subject = .body(ByteEncoding.windows1252.text(of: body))
        case .latin9:
            fault = nil
            subject = .body(Charset.latin9Encoding.text(of: body))
        case .unknown(let label, let keepsASCII):
            let isASCII = keepsASCII && body.allSatisfy { $0 < 0x80 }
            fault = isASCII || body.isEmpty ? nil : .unknownCharset(label)
            // U+FFFD for each byte that is not ASCII.
            let shown = ByteEncoding(Array(repeating: 0xFFFD, count: 0x80)).text(of: body)
            subject = fault == nil ? .body(shown) : .undecodedBody(ascii: keepsASCII ? shown : nil)
        }
    }

    /// The name of the encoding of a body that begins with a byte order mark of UTF-16.
    static func nameOfUTF16(_ bytes: [UInt8]) -> String? {
        switch byteOrderMark(of: bytes)?.charset {
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        default: nil
        }
    }

    private static func byteOrderMark(of bytes: [UInt8]) -> (charset: Charset, length: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return bytes.starts(with: [0xFF, 0xFE]) ? (.utf16LittleEndian, 2) : nil
    }

    private static func units(of bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt16] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        return units
    }

    /// Whether UTF-16 that does not say which byte comes first has the high one first: by RFC 2781 it should, by the
    /// WHATWG it does not, so the zero bytes of its ASCII decide.
    private static func seemsBigEndian(_ bytes: ArraySlice<UInt8>) -> Bool {
        var (high, low) = (0, 0)
        for (offset, byte) in bytes.prefix(4_096).enumerated() where byte == 0 {
            if offset.isMultiple(of: 2) { high += 1 } else { low += 1 }
        }
        return high > low
    }
}

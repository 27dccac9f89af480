internal import Checks
internal import Text

/// Names of header fields, query parameters and JSON members whose values are hidden.
public struct SensitiveNames: Sendable {
    /// The names in lower case, as bytes, the longest first.
    private let names: [[UInt8]]
    /// Whether a byte, whatever its case, is the first of a name.
    private let isFirst: ByteSet

    /// What carries credentials whatever a job says: the fields of RFC 9110 section 11 and RFC 6265, those that gateways
    /// and services have for keys, the parameters of RFC 6749, and what stands for a session of DHIS2.
    public static let always = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "apikey", "api_key",
        "x-auth-token", "x-access-token", "private-token", "x-gitlab-token", "x-vault-token", "x-amz-security-token",
        "ocp-apim-subscription-key", "access_token", "refresh_token", "client_secret", "password", "jsessionid",
    ]

    /// The names whose values a server's settings hide, whatever the case, and those that are always hidden.
    init(of settings: ServerSettings) {
        self.init(settings.redactions.compactMap { if case .name(let name) = $0 { name } else { nil } })
    }

    init(_ names: [String]) {
        let all = Set(Self.always + names.map { $0.lowercased() }).subtracting([""])
        let names = all.sorted().map { Array($0.utf8) }.sorted { $0.count > $1.count }
        self.names = names
        isFirst = ByteSet(names.compactMap(\.first), ignoringCase: true)
    }

    /// Whether a name is one of them, whatever its case.
    func contains(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { $0.count > 0 && isFirst.contains($0[0]) && nameEnd(in: $0, at: 0) == $0.count }
    }

    /// The values in a text that stand behind one of the names, as ``Redactor`` hides them.
    func values(in text: String) -> [String] {
        var text = text
        return text.withUTF8 { text in values(in: text).map { String(decoding: text[$0], as: UTF8.self) } }
    }

    /// Whether one of the names stands in a text, whatever its case.
    func occur(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.indices.contains { isFirst.contains(text[$0]) && nameEnd(in: text, at: $0) != nil }
    }

    /// The values in a text that stand behind one of the names: `Name: value` to the end of the line, `name=value` to
    /// the end of the parameter, `"name": value` to the end of the JSON value.
    func values(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard isFirst.contains(text[index]), let end = nameEnd(in: text, at: index) else {
                index += 1
                continue
            }
            if let value = NamedValue.range(in: text, behind: end), !value.isEmpty {
                ranges.append(value)
                index = value.upperBound
            } else {
                index = end
            }
        }
        return ranges
    }

    private func nameEnd(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        if start > 0, text[start - 1].isNameByte { return nil }
        for name in names where start + name.count <= text.count {
            var offset = 0
            while offset < name.count, text[start + offset].lowercased == name[offset] { offset += 1 }
            guard offset == name.count else { continue }
            let end = start + name.count
            if end == text.count || !text[end].isNameByte { return end }
        }
        return nil
    }
}

extension UInt8 {
    /// Whether the byte can stand inside a name, so that a shorter name does not end there.
    var isNameByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }

    /// The byte, in lower case if it is a letter of ASCII.
    var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

/// Where the value of a name begins and ends in a text whose kind nobody knows: a header, a query, JSON, a form.
private enum NamedValue {
    /// The value behind a name that ends at an index; `nil` if what follows gives it none.
    static func range(in text: UnsafeBufferPointer<UInt8>, behind name: Int) -> Range<Int>? {
        var index = name
        var isQuoted = false
        // A JSON name's closing quotation mark, in a text that may itself be a JSON string.
        while index < text.count, text[index] == UInt8(ascii: "\\") { index += 1 }
        if index < text.count, text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'") {
            isQuoted = true
            index += 1
        }
        index = skipBlanks(in: text, from: index)
        guard index < text.count else { return nil }
        if text[index] == UInt8(ascii: "=") { return parameter(in: text, from: index + 1) }
        guard text[index] == UInt8(ascii: ":") else { return nil }
        index = skipBlanks(in: text, from: index + 1)
        return isQuoted ? jsonValue(in: text, from: index) : line(in: text, from: index)
    }

    private static func skipBlanks(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
        return index
    }

    private static func line(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        var end = start
        while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
        return start..<end
    }

    private static func parameter(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        var end = start
        while end < text.count, !endsParameter(text[end]) { end += 1 }
        return start..<end
    }

    private static func endsParameter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "<"): true
        case 0x00...0x20: true
        default: false
        }
    }

    /// The inside of a string, or the whole of any other value, however deep.
    private static func jsonValue(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        var open = start
        while open < text.count, text[open] == UInt8(ascii: "\\") { open += 1 }
        if open < text.count, text[open] == UInt8(ascii: "\"") {
            return open + 1..<stringEnd(in: text, from: open + 1, escapes: open - start)
        }
        var index = start
        var depth = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\""):
                index = stringEnd(in: text, from: index + 1, escapes: 0)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return start..<index }
                depth -= 1
            case UInt8(ascii: ","), 0x0A:
                if depth == 0 { return start..<index }
            default: break
            }
            index += 1
        }
        return start..<min(index, text.count)
    }

    /// The index of the backslashes, as many as in front of the opening mark, and the closing mark behind them.
    private static func stringEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int, escapes: Int) -> Int {
        var index = start
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") || text[index] == UInt8(ascii: "\"") else {
                index += 1
                continue
            }
            var run = 0
            while index + run < text.count, text[index + run] == UInt8(ascii: "\\") { run += 1 }
            let isMark = index + run < text.count && text[index + run] == UInt8(ascii: "\"")
            if isMark, run <= escapes || (escapes == 0 && run % 2 == 0) { return index + (escapes == 0 ? run : 0) }
            index += run + (isMark ? 1 : 0)
        }
        return text.count
    }
}

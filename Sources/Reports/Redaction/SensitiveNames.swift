package import Checks

/// Names of header fields, query parameters and JSON members whose values are hidden.
package struct SensitiveNames: Sendable {
    /// The names in lower case, as bytes, the longest first.
    private let names: [[UInt8]]
    /// Whether a byte, whatever its case, is the first of a name.
    private let isFirst: [Bool]

    /// What carries credentials whatever a job says: the fields of RFC 9110 section 11 and RFC 6265, those that gateways
    /// and services have for keys, the parameters of RFC 6749, and what stands for a session of DHIS2.
    package static let always = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "apikey", "api_key",
        "x-auth-token", "x-access-token", "private-token", "x-gitlab-token", "x-vault-token", "x-amz-security-token",
        "ocp-apim-subscription-key", "access_token", "refresh_token", "client_secret", "password", "jsessionid",
    ]

    /// The names whose values a server's settings hide, whatever the case, and those that are always hidden.
    package init(of settings: ServerSettings) {
        self.init(settings.redactions.compactMap { if case .name(let name) = $0 { name } else { nil } })
    }

    init(_ names: [String]) {
        let all = Set(Self.always + names.map { $0.lowercased() }).subtracting([""])
        let names = all.sorted().map { Array($0.utf8) }.sorted { $0.count > $1.count }
        var isFirst = [Bool](repeating: false, count: 256)
        for byte in names.compactMap(\.first) {
            isFirst[Int(byte)] = true
            if byte >= 0x61, byte <= 0x7A { isFirst[Int(byte ^ 0x20)] = true }
        }
        self.names = names
        self.isFirst = isFirst
    }

    /// Whether a name is one of them, whatever its case.
    package func contains(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { $0.count > 0 && isFirst[Int($0[0])] && nameEnd(in: $0, at: 0) == $0.count }
    }

    /// The values in a text that stand behind one of the names, as ``Redactor`` hides them.
    package func values(in text: String) -> [String] {
        var text = text
        return text.withUTF8 { text in values(in: text).map { String(decoding: text[$0], as: UTF8.self) } }
    }

    /// Whether one of the names stands in a text, whatever its case.
    func occur(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.indices.contains { isFirst[Int(text[$0])] && nameEnd(in: text, at: $0) != nil }
    }

    /// The values in a text that stand behind one of the names: `Name: value` to the end of the line, `name=value` to
    /// the end of the parameter, `"name": value` to the end of the JSON value.
    func values(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard isFirst[Int(text[index])], let end = nameEnd(in: text, at: index) else {
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
        if start > 0, isNameByte(text[start - 1]) { return nil }
        for name in names where start + name.count <= text.count {
            var offset = 0
            while offset < name.count, lowercase(text[start + offset]) == name[offset] { offset += 1 }
            guard offset == name.count else { continue }
            let end = start + name.count
            if end == text.count || !isNameByte(text[end]) { return end }
        }
        return nil
    }

    private func lowercase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    private func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }
}

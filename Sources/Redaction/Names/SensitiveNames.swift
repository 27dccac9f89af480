internal import Checks
internal import Text

/// Names of header fields, query parameters and JSON members whose values are hidden: those that a job names, and those
/// that are made of a word for a credential (`CredentialName`).
public struct SensitiveNames: Sendable {
    /// The names that are known whole, in lower case, as bytes, the longest first.
    private let names: [[UInt8]]
    /// Whether a byte, whatever its case, is the first of such a name.
    private let isFirst: ByteSet
    /// Values that are too short to be looked for everywhere, by the names in lower case under which they are sent.
    private let ownValues: [String: Set<String>]

    /// What carries credentials whatever a job says: the fields of RFC 9110 section 11 and RFC 6265, those that gateways
    /// and services have for keys, the parameters of RFC 6749, and what stands for a session of DHIS2.
    ///
    /// What is sent under such a name, or under one that the job's `redact` has, is a secret however short it is; what is
    /// sent under another name with a word for a credential in it may be a word such as `basic`.
    public static let always = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "apikey", "api_key",
        "x-auth-token", "x-access-token", "private-token", "x-gitlab-token", "x-vault-token", "x-amz-security-token",
        "ocp-apim-subscription-key", "access_token", "refresh_token", "client_secret", "password", "jsessionid",
    ]

    /// The names whose values a server's settings hide, whatever the case, and those that are always hidden.
    init(of settings: ServerSettings) {
        self.init(settings.redactions.compactMap { if case .name(let name) = $0 { name } else { nil } })
    }

    /// Names.
    ///
    /// - Parameters:
    ///   - names: Those that a job names, whatever the case.
    ///   - ownValues: Values that are hidden under one name alone.
    init(_ names: [String], ownValues: Set<NamedSecret> = []) {
        let all = Set(Self.always + names.map { $0.lowercased() }).subtracting([""])
        let names = all.sorted().map { Array($0.utf8) }.sorted { $0.count > $1.count }
        self.names = names
        isFirst = ByteSet(names.compactMap(\.first), ignoringCase: true)
        self.ownValues = Dictionary(grouping: ownValues) { $0.name.lowercased() }.mapValues { Set($0.map(\.value)) }
    }

    /// Whether the values of a name are hidden, whatever its case.
    func contains(_ name: String, in place: CredentialName.Place) -> Bool {
        isKnown(name) || CredentialName.matches(name, in: place)
    }

    /// Whether a value is hidden where it stands under a name.
    func hides(_ value: String, of name: String, in place: CredentialName.Place) -> Bool {
        contains(name, in: place) || isOwn(value, of: name)
    }

    /// Whether a name is known whole, so that its values are secrets however short they are.
    func isKnown(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { $0.count > 0 && isFirst.contains($0[0]) && knownEnd(in: $0, at: 0) == $0.count }
    }

    private func isOwn(_ value: String, of name: String) -> Bool {
        !ownValues.isEmpty && ownValues[name.lowercased()]?.contains(value) == true
    }

    /// Whether a place is a header field, or a JSON path with one on it, whose name is known whole.
    func isKnownWhat(isAt location: UnsafeBufferPointer<UInt8>) -> Bool {
        location.indices.contains { isFirst.contains(location[$0]) && knownEnd(in: location, at: $0) != nil }
    }

    /// Whether what stands at a place is hidden: a header field's name, or a JSON path with such a name on it.
    func hidesWhat(isAt location: UnsafeBufferPointer<UInt8>) -> Bool {
        if isKnownWhat(isAt: location) { return true }
        guard location.first == UInt8(ascii: "$") else { return CredentialName.matches(location[...], in: .field) }
        return location.split { !$0.isNameByte }.contains { CredentialName.matches($0, in: .member) }
    }

    /// The values in a text that stand behind one of the names, as ``Redactor`` hides them, and whether that is a name
    /// whose values are secrets however short they are.
    func values(in text: String) -> [(value: String, isCertain: Bool)] {
        var text = text
        return text.withUTF8 { text in
            let known = knownValues(in: text)
            return known.map { (String(decoding: text[$0], as: UTF8.self), true) }
                + valuesByParts(in: text).filter { !known.contains($0) }
                .map { (String(decoding: text[$0], as: UTF8.self), false) }
        }
    }

    /// The values in a text that stand behind one of the names, in any order: `Name: value` to the end of the line,
    /// `name=value` to the end of the parameter, `"name": value` to the end of the JSON value, `<name>value</name>`.
    func values(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        knownValues(in: text) + valuesByParts(in: text)
    }

    private func knownValues(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard isFirst.contains(text[index]), let end = knownEnd(in: text, at: index) else {
                index += 1
                continue
            }
            let value = NamedValue(in: text, at: index..<end)?.value(in: text, isKnown: true) ?? end..<end
            if !value.isEmpty { ranges.append(value) }
            index = max(end, value.upperBound)
        }
        return ranges
    }

    /// The values of names that are no known ones, found from the mark behind a name on.
    private func valuesByParts(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard let value = hiddenValue(in: text, atMark: index), !value.isEmpty else {
                index += 1
                continue
            }
            ranges.append(value)
            index = max(index + 1, value.upperBound)
        }
        return ranges
    }

    private func hiddenValue(in text: UnsafeBufferPointer<UInt8>, atMark mark: Int) -> Range<Int>? {
        if text[mark] == UInt8(ascii: ",") {
            return NamedValue.second(in: text, atComma: mark) { isCredential(text, $0, in: .field) }
        }
        if text[mark] == UInt8(ascii: ">"),
            let value = NamedValue.behindElement(
                in: text,
                endingAt: mark,
                where: { isCredential(text, $0, in: .field) }
            )
        {
            return value
        }
        guard NamedValue.isMark(text[mark]), let named = NamedValue(in: text, beforeMark: mark) else { return nil }
        // What is called "key" may be the name of a credential, whose value is beside it.
        if let value = named.sibling(in: text, where: { isCredential(text, $0, in: Self.place(ofLabelled: text[$0])) })
        {
            return value
        }
        if isCredential(text, named.name, in: named.place) { return named.value(in: text) }
        guard !ownValues.isEmpty, let own = ownValues[String(decoding: text[named.name], as: UTF8.self).lowercased()]
        else { return nil }
        let value = named.value(in: text)
        return own.contains(String(decoding: text[value], as: UTF8.self)) ? value : nil
    }

    /// What the name of what is beside it is: `key` alone is a name of a header field, `keyUiLocale` a setting.
    private static func place(ofLabelled name: Slice<UnsafeBufferPointer<UInt8>>) -> CredentialName.Place {
        name.count > 3 && name.prefix(3).elementsEqual("key".utf8) ? .member : .field
    }

    private func isCredential(
        _ text: UnsafeBufferPointer<UInt8>,
        _ name: Range<Int>,
        in place: CredentialName.Place
    ) -> Bool {
        CredentialName.matches(text[name], in: place) || knownEnd(in: text, at: name.lowerBound) == name.upperBound
    }

    /// The values of names for credentials in the author's own words, where `name=value` alone says that it is one.
    ///
    /// A name that leaves doubt, such as the `key` of a row, counts if its value looks like a credential.
    func valuesOfParameters(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        parameters(in: text).map(\.value)
    }

    /// The same as texts, with their names, and whether each of these is known whole.
    func valuesOfParameters(in text: String) -> [(name: String, value: String, isCertain: Bool)] {
        var text = text
        return text.withUTF8 { text in
            parameters(in: text).map { parameter in
                (
                    String(decoding: text[parameter.name], as: UTF8.self),
                    String(decoding: text[parameter.value], as: UTF8.self), parameter.isKnown
                )
            }
        }
    }

    private func parameters(in text: UnsafeBufferPointer<UInt8>) -> [(
        name: Range<Int>, value: Range<Int>, isKnown: Bool
    )] {
        text.indices.compactMap { index in
            guard text[index] == UInt8(ascii: "="), let named = NamedValue(in: text, beforeMark: index),
                isCredential(text, named.name, in: .parameter)
            else { return nil }
            let value = named.value(in: text)
            // What has been hidden stays as it is.
            guard !value.isEmpty else { return nil }
            let isKnown = knownEnd(in: text, at: named.name.lowerBound) == named.name.upperBound
            let isCertain = isKnown || CredentialName.isCertain(String(decoding: text[named.name], as: UTF8.self))
            return isCertain || CredentialShapes.isLikeOne(text[value]) ? (named.name, value, isKnown) : nil
        }
    }

    private func knownEnd(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
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

/// A value that is a secret under one name alone, since it is short enough to be an ordinary word.
struct NamedSecret: Sendable, Hashable {
    var name: String
    var value: String
}

extension UInt8 {
    /// Whether the byte can stand inside a name, so that a shorter name does not end there.
    var isNameByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }

    /// Whether the byte is a quotation mark of either kind.
    var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }

    /// Whether the byte is a space or a tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// The byte, in lower case if it is a letter of ASCII.
    var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

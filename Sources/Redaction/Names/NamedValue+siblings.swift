internal import Checks

extension NamedValue {
    /// The value beside a name that is a value itself: `{"name": "X-Api-Key", "value": "…"}`, `<input name="_csrf" value="…">`,
    /// `<entry key="password">…</entry>`; `nil` for anything else.
    ///
    /// - Parameter isCredential: Whether a text is the name of a credential.
    func sibling(
        in text: UnsafeBufferPointer<UInt8>,
        where isCredential: (Range<Int>) -> Bool
    ) -> Range<Int>? {
        guard text[mark] != UInt8(ascii: ">"), Self.isLabel(text[name]) else { return nil }
        let open = Self.skipBlanks(in: text, from: mark + 1)
        guard open < text.count, Self.isQuote(text[open]) else { return nil }
        let named =
            open + 1..<Self.end(of: open + 1..<min(text.count, open + 130), in: text) { $0 == text[open] || $0 == 0x5C }
        guard !named.isEmpty, isCredential(named) else { return nil }
        var index = named.upperBound
        while index < text.count, index - named.upperBound < 64, " \t\r\n\\\"',".utf8.contains(text[index]) {
            // A break of the line may be an escape, in a text that is itself a JSON string.
            let isEscape =
                text[index] == UInt8(ascii: "\\") && index + 1 < text.count && "nrt".utf8.contains(text[index + 1])
            index += isEscape ? 2 : 1
        }
        guard index < text.count else { return nil }
        if text[index] == UInt8(ascii: ">") { return Self(elementEndingAt: index).value(in: text) }
        let word = index..<Self.end(of: index..<text.count, in: text) { !$0.isNameByte }
        guard ["value", "val", "v", "content"].contains(String(decoding: text[word], as: UTF8.self).lowercased()) else {
            return nil
        }
        return Self(in: text, at: word)?.value(in: text)
    }

    /// The value behind a name in a list of two: `["x-api-key", "…"]`, `('Authorization', '…')`; `nil` for anything else.
    static func second(
        in text: UnsafeBufferPointer<UInt8>,
        atComma comma: Int,
        where isCredential: (Range<Int>) -> Bool
    ) -> Range<Int>? {
        guard comma > 0, isQuote(text[comma - 1]), let name = quotedName(in: text, before: comma), name.lowerBound >= 2,
            "[(".utf8.contains(text[name.lowerBound - 2]), isCredential(name)
        else { return nil }
        let open = end(of: comma + 1..<text.count, in: text) { $0 > 0x20 }
        guard open < text.count, isQuote(text[open]) else { return nil }
        return open + 1..<end(of: open + 1..<text.count, in: text) { $0 == text[open] }
    }

    private static func isLabel(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        name.count <= 9
            && ["name", "key", "header", "field", "id", "param", "parameter", "property", "k"].contains(
                String(decoding: name, as: UTF8.self).lowercased()
            )
    }
}

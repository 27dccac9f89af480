internal import Checks

extension NamedValue {
    /// The value beside a name that is a value itself: `{"name": "X-Api-Key", "value": "…"}`, `<input name="_csrf" value="…">`,
    /// `<entry key="password">…</entry>`, also in front of it, or below it as in a form of many parts (RFC 7578); `nil` for
    /// anything else.
    ///
    /// - Parameter isCredential: Whether a text is the name of a credential.
    func sibling(
        in text: UnsafeBufferPointer<UInt8>,
        where isCredential: (Range<Int>) -> Bool
    ) -> Range<Int>? {
        guard text[mark] != UInt8(ascii: ">"), Self.isLabel(text[name]) else { return nil }
        let open = Self.skipBlanks(in: text, from: mark + 1)
        guard open < text.count, text[open].isQuote else { return nil }
        let named =
            open + 1..<Self.end(of: open + 1..<min(text.count, open + 130), in: text) { $0 == text[open] || $0 == 0x5C }
        guard !named.isEmpty, isCredential(named) else { return nil }
        var index = named.upperBound
        var breaks = 0
        while index < text.count, index - named.upperBound < 64, " \t\r\n\\\"',".utf8.contains(text[index]) {
            // A break of the line may be an escape, in a text that is itself a JSON string.
            let isEscape =
                text[index] == UInt8(ascii: "\\") && index + 1 < text.count && "nrt".utf8.contains(text[index + 1])
            if text[index] == 0x0A || isEscape && text[index + 1] == UInt8(ascii: "n") { breaks += 1 }
            index += isEscape ? 2 : 1
        }
        guard index < text.count else { return valueInFront(in: text) }
        if breaks == 2, isPartOfForm(text) {
            return index..<Self.end(of: index..<text.count, in: text) { $0 < 0x20 || $0 == UInt8(ascii: "\\") }
        }
        if text[index] == UInt8(ascii: ">") {
            let content = Self(elementEndingAt: index).value(in: text)
            let isElement = !content.isEmpty && text[content.upperBound...].starts(with: "</".utf8)
            let isHidden = text[(index + 1)...].starts(with: HiddenRanges.replacement.utf8)
            return isElement || isHidden ? content : valueInFront(in: text) ?? content
        }
        let word = index..<Self.end(of: index..<text.count, in: text) { !$0.isNameByte }
        guard Self.isValueLabel(text[word]), let behind = Self(in: text, at: word)?.value(in: text) else {
            return valueInFront(in: text)
        }
        return behind
    }

    /// Whether the name is that of a part of a form (RFC 7578, section 4.2): `Content-Disposition: form-data; name="…"`.
    private func isPartOfForm(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text[max(0, name.lowerBound - 64)..<name.lowerBound].firstRange(of: "form-data;".utf8) != nil
    }

    /// The quoted value of a `value` right in front of the name: `{"value": "…", "name":`, `<input value="…" name=`.
    private func valueInFront(in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var end = name.lowerBound
        while end > 0, " \t\r\n,".utf8.contains(text[end - 1]) || end == name.lowerBound && text[end - 1].isQuote {
            end -= 1
        }
        guard end > 1, text[end - 1].isQuote else { return nil }
        let quote = text[end - 1]
        var start = end - 1
        while start > 0, text[start - 1] != quote, text[start - 1] != 0x0A, end - start < 1_024 { start -= 1 }
        guard start > 1, text[start - 1] == quote else { return nil }
        var label = start - 1
        while label > 0, " \t:=\"'".utf8.contains(text[label - 1]) { label -= 1 }
        var first = label
        while first > 0, text[first - 1].isNameByte, label - first < 8 { first -= 1 }
        guard String(decoding: text[first..<label], as: UTF8.self).lowercased() == "value", label < start - 1 else {
            return nil
        }
        return start..<end - 1
    }

    /// The value behind a name in a list of two: `["x-api-key", "…"]`, `('Authorization', '…')`; `nil` for anything else.
    static func second(
        in text: UnsafeBufferPointer<UInt8>,
        atComma comma: Int,
        where isCredential: (Range<Int>) -> Bool
    ) -> Range<Int>? {
        let close = last(in: text, before: comma)
        guard close > 0, text[close - 1].isQuote, let name = quotedName(in: text, before: close) else { return nil }
        // Python marks bytes: (b'authorization', b'…').
        var open = name.lowerBound - 1
        if open > 0, text[open - 1] == UInt8(ascii: "b") { open -= 1 }
        open = last(in: text, before: open)
        guard open > 0, "[(".utf8.contains(text[open - 1]), isCredential(name) else { return nil }
        var start = end(of: comma + 1..<text.count, in: text) { $0 > 0x20 }
        if start + 1 < text.count, text[start] == UInt8(ascii: "b"), text[start + 1].isQuote { start += 1 }
        guard start < text.count, text[start].isQuote else { return nil }
        return start + 1..<end(of: start + 1..<text.count, in: text) { $0 == text[start] }
    }

    /// What stands behind an element that holds a name alone: `<td>SECRET_KEY</td><td>…`, `<b>Authorization:</b> Token …`; `nil`
    /// if that does not look like a credential.
    ///
    /// - Parameter end: Where the element's closing tag ends.
    static func behindElement(
        in text: UnsafeBufferPointer<UInt8>,
        endingAt end: Int,
        where isCredential: (Range<Int>) -> Bool
    ) -> Range<Int>? {
        var open = end
        while open > 0, text[open] != UInt8(ascii: "<"), end - open < 32 { open -= 1 }
        guard text[open] == UInt8(ascii: "<"), text[open + 1] == UInt8(ascii: "/") else { return nil }
        var close = last(in: text, before: open)
        if close > 0, text[close - 1] == UInt8(ascii: ":") { close = last(in: text, before: close - 1) }
        var name = close
        while name > 0, text[name - 1].isNameByte, close - name < 64 { name -= 1 }
        let before = last(in: text, before: name)
        guard name < close, before > 0, text[before - 1] == UInt8(ascii: ">"), isCredential(name..<close) else {
            return nil
        }
        var start = end + 1
        while start + 1 < text.count, start - end < 256 {
            if text[start] <= 0x20 {
                start += 1
            } else if text[start] == UInt8(ascii: "<"), text[start + 1] != UInt8(ascii: "/") {
                start = Self.end(of: start..<text.count, in: text) { $0 == UInt8(ascii: ">") } + 1
            } else {
                break
            }
        }
        guard start < text.count else { return nil }
        let next = Self.end(of: start..<text.count, in: text) { $0 == UInt8(ascii: "<") }
        let value = start..<max(start, last(in: text, before: next))
        return text[value].split(separator: 0x20).contains(where: CredentialShapes.isLikeOne) ? value : nil
    }

    /// The end of what stands in front of a place, without the white space between.
    private static func last(in text: UnsafeBufferPointer<UInt8>, before place: Int) -> Int {
        var end = place
        while end > 0, text[end - 1] <= 0x20, place - end < 64 { end -= 1 }
        return end
    }

    /// Whether a name is that of a value; FHIR has its type behind it: `valueString`.
    private static func isValueLabel(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard name.count <= longestValueLabel else { return false }
        return valueLabels.contains(String(decoding: name, as: UTF8.self).lowercased())
    }

    private static let valueLabels: Set<String> = [
        "value", "val", "v", "content", "valuestring", "valuecode", "valueuri", "valueurl", "valueuuid", "valueoid",
        "valueid", "valuecanonical", "valuemarkdown", "valuebase64binary",
    ]

    private static let longestValueLabel = 17

    private static func isLabel(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        name.count <= 9
            && ["name", "key", "header", "field", "id", "param", "parameter", "property", "k"].contains(
                String(decoding: name, as: UTF8.self).lowercased()
            )
    }
}

/// The last look at text on its way to standard output or standard error.
///
/// Whoever makes a text escapes what is from outside, and alone can tell its line breaks and colours from those of
/// others. What no text may hold, whoever made it, is escaped here: a command to a CI system, also one of pieces that
/// are none by themselves, and characters that steer a terminal.
///
/// Reports do not come by here. Each format has escapes of its own, which ask ``LogCommand`` as well, so that none needs
/// to be exempt: its readers get the same text. The annotations for GitHub alone are commands, and meant to be.
package enum LogText {
    /// The text with what must not be in it shown by its number; nearly every text as it is.
    ///
    /// Line feeds, tabs and colours stay (ECMA-48, Select Graphic Rendition), and so does what takes a line of progress
    /// away at the very beginning.
    package static func safe(_ text: String) -> String {
        var text = text
        return text.withUTF8(escaped) ?? text
    }

    private static let suspects = ByteSet((0..<0x20).filter { $0 != 0x09 } + [0x7F] + "#:".utf8 + treacherous)
    /// Only these begin a scalar beyond ASCII that is treacherous.
    private static let treacherous: [UInt8] = [0xC2, 0xD8, 0xE2, 0xEF, 0xF3]

    /// The text as it is to be; `nil` if that is what it is.
    private static func escaped(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        let suspects = suspects
        var result: [UInt8] = []
        var copied = 0
        var index = eraser(text)
        func show(_ scalar: Unicode.Scalar) {
            result += text[copied..<index]
            result += VisibleText.escape(scalar).utf8
            copied = index + UTF8.width(scalar)
        }
        if LogCommand.isGroupHeader(text, at: index) { show(Unicode.Scalar(text[index])) }
        while index < text.count {
            defer { index += 1 }
            let byte = text[index]
            guard suspects.contains(byte) else { continue }
            switch byte {
            case 0x0A:
                let next = index + 1
                guard next < text.count, LogCommand.isGroupHeader(text, at: next) else { continue }
                index = next
                show(Unicode.Scalar(text[next]))
            case UInt8(ascii: "#"), UInt8(ascii: ":"):
                if LogCommand.starts(in: text, at: index, .anywhere) { show(Unicode.Scalar(byte)) }
            case 0x1B where colorEnd(text, from: index) != nil:
                index = colorEnd(text, from: index) ?? index
            case 0..<0x80:
                show(Unicode.Scalar(byte))
            default:
                var decoder = UTF8()
                var bytes = text[index..<min(index + 4, text.count)].makeIterator()
                guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { continue }
                if VisibleText.isTreacherous(scalar) { show(scalar) }
            }
        }
        guard copied > 0 else { return nil }
        return String(decoding: result + text[copied...], as: UTF8.self)
    }

    /// The last byte of a colour or weight that starts at an escape character, if one does.
    private static func colorEnd(_ text: UnsafeBufferPointer<UInt8>, from index: Int) -> Int? {
        guard index + 1 < text.count, text[index + 1] == UInt8(ascii: "[") else { return nil }
        let end = text[(index + 2)...].prefix(20).firstIndex { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ";") }
        return end.flatMap { text[$0] == UInt8(ascii: "m") ? $0 : nil }
    }

    /// How long the sequence is at the beginning that takes a line of progress away.
    private static func eraser(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard text.starts(with: "\r\u{1B}[".utf8) else { return 0 }
        let digits = text[3...].prefix { (0x30...0x39).contains($0) }
        let rest = text[digits.endIndex...]
        if digits.elementsEqual("2".utf8), rest.first == UInt8(ascii: "K") { return digits.endIndex + 1 }
        return rest.starts(with: "A\u{1B}[J".utf8) ? digits.endIndex + 4 : 0
    }
}

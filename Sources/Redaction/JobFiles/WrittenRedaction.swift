internal import LinearRegex
internal import SourceDiagnostics

/// What a job file's `redact` names, read as text, for files that cannot be decoded.
struct WrittenRedaction {
    private(set) var names: [String] = []
    private(set) var patterns: [RegexPattern] = []

    init(in source: SourceText) {
        let bytes = source.bytes
        let key = Array("redact".utf8)
        var index = 0
        while index + key.count < bytes.count {
            guard bytes[index] == key[0], bytes[index...].starts(with: key),
                index == 0 || !bytes[index - 1].isNameByte
            else {
                index += 1
                continue
            }
            index += key.count
            if YAMLText.isQuote(bytes[index]) { index += 1 }
            index = YAMLText.skip(in: bytes, from: index) { $0 == UInt8(ascii: " ") }
            guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { continue }
            for place in YAMLText.values(in: bytes, from: index + 1) {
                add(String(decoding: bytes[place], as: UTF8.self))
            }
        }
    }

    private mutating func add(_ item: String) {
        guard item.hasPrefix("/"), item.hasSuffix("/"), item.count > 2 else {
            names.append(item)
            return
        }
        // A pattern that is none is one of the file's mistakes, and is told as such.
        if let pattern = try? RegexPattern(String(item.dropFirst().dropLast())) { patterns.append(pattern) }
    }
}

/// One part of a `multipart/form-data` body (RFC 7578).
struct MultipartPart: Equatable {
    let name: String
    /// Present where the part is a file.
    let filename: String?
    let type: String?
    let content: [UInt8]

    /// The parts between the lines of a boundary; what is none, or has no name, is left out.
    static func parts(of body: [UInt8], boundary: String) -> [MultipartPart] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [MultipartPart] = []
        var start: Int?
        var index = 0
        while let found = position(of: mark, in: body, from: index) {
            index = found + mark.count
            let isLineStart = found == 0 || found >= 2 && body[(found - 2)..<found].elementsEqual("\r\n".utf8)
            guard isLineStart else { continue }
            if let start, found - 2 >= start, let part = MultipartPart(body[start..<(found - 2)]) { parts.append(part) }
            let rest = body[index...]
            guard rest.starts(with: "\r\n".utf8) else { break }
            start = index + 2
        }
        return parts
    }

    /// Reads a part: its fields, an empty line, its content.
    private init?(_ bytes: ArraySlice<UInt8>) {
        let bytes = Array(bytes)
        guard let end = Self.position(of: Array("\r\n\r\n".utf8), in: bytes, from: 0) else { return nil }
        var headers: HeaderList = [:]
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n") {
            let sides = line.split(separator: ":", maxSplits: 1)
            if sides.count == 2 { headers.add(String(sides[0]), String(sides[1].drop { $0 == " " })) }
        }
        let disposition = FieldParameters(of: headers["Content-Disposition"] ?? "")
        guard let name = disposition["name"] else { return nil }
        self.init(
            name: name,
            filename: disposition["filename"],
            type: headers["Content-Type"],
            content: Array(bytes[(end + 4)...])
        )
    }

    init(name: String, filename: String?, type: String?, content: [UInt8]) {
        self.name = name
        self.filename = filename
        self.type = type
        self.content = content
    }

    private static func position(of part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard start + part.count <= bytes.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            (start...(bytes.count - part.count)).first { index in
                bytes[index] == part[0] && bytes[index..<(index + part.count)].elementsEqual(part)
            }
        }
    }
}

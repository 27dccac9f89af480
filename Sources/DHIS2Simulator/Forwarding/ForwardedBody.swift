/// The body that an upstream gets, which is not always the one that the client has sent.
///
/// Spring reads a form that is posted as parameters, and what is posted in parts as files; nothing of the former is
/// left for the upstream, and the latter is written anew.
struct ForwardedBody: Equatable {
    /// A body that Spring refuses, with a 500.
    struct Problem: Error, Equatable {
        let message: String
    }

    let bytes: [UInt8]
    /// What takes the place of the client's `Content-Type`; `nil` where that one stays.
    let contentType: String?

    init(of request: SimulatedRequest, era: SimulatedEra) throws(Problem) {
        let type = request.headers["Content-Type"] ?? ""
        let essence = request.method == "POST" ? FieldParameters.essence(of: type) : ""
        if essence == "application/x-www-form-urlencoded" {
            (bytes, contentType) = ([], nil)
        } else if essence.hasPrefix("multipart/") {
            // RFC 2046, section 5.1.1.
            guard let boundary = FieldParameters(of: type)["boundary"], !boundary.isEmpty else {
                throw Problem(message: "the request was rejected because no multipart boundary was found")
            }
            let parts = MultipartPart.parts(of: request.body, boundary: boundary)
            let newBoundary = Self.newBoundary(for: request.body)
            bytes = Self.write(Self.order(parts, era), boundary: newBoundary, era)
            contentType = "multipart/form-data;boundary=\(newBoundary)"
        } else {
            (bytes, contentType) = (request.body, nil)
        }
    }

    /// Always the same for the same body: an answer that takes its time is made more than once.
    private static func newBoundary(for body: [UInt8]) -> String {
        "Z9fQmT2xVbLr7KcNw4HsGd0Y" + CRC32.name(of: body, count: 8)
    }

    /// From 2.42 on every part is written as a field, and files once more as files.
    private static func order(_ parts: [MultipartPart], _ era: SimulatedEra) -> [MultipartPart] {
        guard era != .b else { return parts }
        let asFields = parts.map { MultipartPart(name: $0.name, filename: nil, type: nil, content: $0.content) }
        return asFields + parts.filter { $0.filename != nil }
    }

    private static func write(_ parts: [MultipartPart], boundary: String, _ era: SimulatedEra) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += "--\(boundary)\r\n".utf8
            let file = part.filename.map { "; filename=\(quoted($0))" } ?? ""
            let disposition = "Content-Disposition: form-data; name=\(quoted(part.name))\(file)\r\n"
            let type = part.type.map { "Content-Type: \($0)\r\n" } ?? ""
            bytes += (era == .b ? disposition + type : type + disposition).utf8
            if era == .b, part.filename != nil { bytes += "Content-Length: \(part.content.count)\r\n".utf8 }
            bytes += "\r\n".utf8
            bytes += part.content
            bytes += "\r\n".utf8
        }
        bytes += "--\(boundary)--\r\n".utf8
        return bytes
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}

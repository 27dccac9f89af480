/// The sub-path of a check, behind `/run/`.
enum SubPath {
    /// Says in a clause what is wrong with a path.
    struct Refusal: Error, Equatable {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    /// The path without its leading slash.
    ///
    /// DHIS2 refuses `%`, `;`, `\\`, empty and dot segments in whatever form, so that no reading of a path leaves `/run/`.
    static func parse(_ text: String) throws(Refusal) -> String {
        let path = text.hasPrefix("/") ? String(text.dropFirst()) : text
        // Nearly all paths are of these characters only.
        guard !path.isEmpty, !isPlain(path) else { return path }
        guard !path.unicodeScalars.contains(where: isControl) else { throw Refusal("must not hold control characters") }
        guard !path.contains("?"), !path.contains("#") else {
            throw Refusal("must not hold \"?\" or \"#\"; the query goes into params")
        }
        guard !path.contains("\\") else { throw Refusal("must not hold a backslash") }
        guard !path.contains("%"), !path.contains(";") else {
            throw Refusal("must not hold \"%\" or \";\", which DHIS2 refuses; write it as plain text")
        }
        for segment in path.split(separator: "/", omittingEmptySubsequences: false) {
            guard !segment.isEmpty else { throw Refusal("must not have empty segments") }
            guard segment != ".", segment != ".." else { throw Refusal("must not have \".\" or \"..\" segments") }
        }
        return path
    }

    private static func isPlain(_ path: String) -> Bool {
        var previous = UInt8(ascii: "/")
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                break
            case UInt8(ascii: "/") where previous != UInt8(ascii: "/"):
                break
            case UInt8(ascii: ".") where previous != UInt8(ascii: "/") && previous != UInt8(ascii: "."):
                break
            default:
                return false
            }
            previous = byte
        }
        return previous != UInt8(ascii: "/")
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}

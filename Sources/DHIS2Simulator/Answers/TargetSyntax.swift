/// What Tomcat and Spring's firewall refuse in a request's target before DHIS2 sees it (section 3.3).
enum TargetSyntax {
    /// Whether the target is refused, with Tomcat's 400 page.
    static func isRefused(_ request: SimulatedRequest) -> Bool {
        isPathRefused(request.path) || request.rawQuery.map(isQueryRefused) == true
    }

    private static func isPathRefused(_ path: String) -> Bool {
        guard path.utf8.first == UInt8(ascii: "/") else { return true }
        var previous: UInt8 = 0
        var hasDots = false
        for byte in path.utf8 {
            // Not allowed in a target at all, or refused by the firewall.
            if byte <= 0x20 || byte >= 0x7F || byte.isOne(of: "\"#<>\\^`{|};") { return true }
            if byte == UInt8(ascii: "/") && previous == byte { return true }
            if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "%") { hasDots = true }
            previous = byte
        }
        return hasDots && (hasDotSegment(path) || hasRefusedEscape(path))
    }

    private static func hasDotSegment(_ path: String) -> Bool {
        path.split(separator: "/").contains { segment in
            let decoded = QueryText.decodePath(segment)
            return decoded == "." || decoded == ".."
        }
    }

    /// `%2F`, `%5C`, `%25`, `%3B`, encoded control characters, and escapes that are none.
    private static func hasRefusedEscape(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        return bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "%") else { return false }
            guard let value = QueryText.escape(in: bytes, at: index) else { return true }
            return value < 0x20 || value == 0x7F || value.isOne(of: "/\\%;")
        }
    }

    /// Tomcat as DHIS2 ships it relaxes its rules for `[ ] { } | \` in queries only.
    private static func isQueryRefused(_ query: String) -> Bool {
        query.utf8.contains { $0 <= 0x20 || $0 >= 0x7F || $0.isOne(of: "\"#<>^`") }
    }
}

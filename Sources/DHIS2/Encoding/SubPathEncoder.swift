/// Writes the sub-path of a run, what follows `/run/`.
///
/// DHIS2's servlet container decodes the path once. From 2.42.4 on DHIS2 appends the result to the route's URL as it is;
/// 2.40.10, 2.41.7 and later of these lines encode it again; the releases between encode it twice. Its firewall refuses
/// `//`, `;`, `\`, `%`, `%2F` and dot segments in any form.
public enum SubPathEncoder {
    /// Encodes a sub-path.
    ///
    /// One leading `/` is dropped; a trailing `/` is kept. An empty sub-path is `/run` itself.
    ///
    /// - Parameters:
    ///   - path: The sub-path as the route's target is to get it, as plain text.
    ///   - version: The server's version; `nil` counts as the newest.
    /// - Returns: The sub-path without a leading `/`.
    /// - Throws: ``RequestEncodingError`` when the path could leave `/run/`, or this version cannot carry it.
    public static func encode(_ path: String, for version: ServerVersion?) throws(RequestEncodingError) -> String {
        let relative = path.utf8.first == UInt8(ascii: "/") ? String(path.dropFirst()) : path
        try checkSegments(of: relative, in: path)
        if isPlain(relative) { return relative }
        for character in relative { try check(character, in: path, version: version) }
        var encoded = ""
        encoded.appendPercentEncoded(relative, keeping: plain)
        return encoded
    }

    /// Whether the encoded path is the same for all versions.
    static func isPlain(_ path: String) -> Bool { plain.containsAll(of: path) }

    private static let plain = ByteSet.plainInPath.union(ByteSet("/"))

    /// What would end the path, start another part of it, or be refused, in every version.
    private static let refused = ByteSet("?#;%\\")

    private static func checkSegments(of relative: String, in path: String) throws(RequestEncodingError) {
        var length = 0
        var isOnlyDots = true
        for byte in relative.utf8 {
            if byte == UInt8(ascii: "/") {
                if length == 0 { throw badSegment("an empty segment", in: path) }
                if isOnlyDots, length <= 2 { throw badSegment("a dot segment", in: path) }
                length = 0
                isOnlyDots = true
            } else {
                length += 1
                if byte != UInt8(ascii: ".") { isOnlyDots = false }
            }
        }
        // No length here is a trailing slash, which stays.
        if isOnlyDots, length == 1 || length == 2 { throw badSegment("a dot segment", in: path) }
    }

    private static func badSegment(_ name: String, in path: String) -> RequestEncodingError {
        RequestEncodingError(
            .pathSegment,
            message: "The path \(ServerText.quoted(path)) has \(name), which DHIS2 refuses in a route's sub-path."
        )
    }

    private static func check(
        _ character: Character,
        in path: String,
        version: ServerVersion?
    ) throws(RequestEncodingError) {
        let text = String(character)
        let isASCII = character.isASCII
        if plain.containsAll(of: text) { return }
        let isControl = character.unicodeScalars.contains { !ServerText.isPrintable($0) && $0 != " " }
        if isControl || text.utf8.contains(where: refused.contains) {
            throw RequestEncodingError(
                .pathCharacter,
                message: """
                    The path \(ServerText.quoted(path)) holds \(CharacterName.of(character)), which DHIS2 refuses in a \
                    route's sub-path.
                    """
            )
        }
        switch version.map(RouteEra.init) ?? .latest {
        case .b where character != "{" && character != "}": return
        // Sent on as raw UTF-8: what RFC 3986 calls illegal, but Java's URI and Netty let through.
        case .d where !isASCII, .e where !isASCII: return
        default:
            let server = version.map { "DHIS2 \($0)" } ?? "this DHIS2"
            throw RequestEncodingError(
                .pathCharacter,
                message: """
                    The path \(ServerText.quoted(path)) holds \(CharacterName.of(character)), which \(server) cannot \
                    pass on to a route's target.
                    """
            )
        }
    }
}

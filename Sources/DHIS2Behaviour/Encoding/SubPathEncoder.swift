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
    /// - Throws: ``RequestEncodingError`` when the path could leave `/run/`, DHIS2 would answer it itself (`gist`), or this
    ///   version cannot carry it.
    public static func encode(_ path: String, for version: ServerVersion?) throws(RequestEncodingError) -> String {
        let relative = SubPathRules.relative(path)
        if let fault = SubPathRules.segmentFault(in: relative) { throw refusal(of: fault, in: path) }
        guard !SubPathRules.isGist(relative) else {
            throw RequestEncodingError(
                .pathReserved,
                message: "The path \(ServerText.quoted(path)) cannot be sent: \(SubPathRules.gistReason)."
            )
        }
        if SubPathRules.isPlain(relative) { return relative }
        let behaviour = RouteBehaviour(assuming: version)
        for character in relative { try check(character, in: path, behaviour: behaviour, version: version) }
        var encoded = ""
        encoded.appendPercentEncoded(relative, keeping: SubPathRules.plain)
        return encoded
    }

    private static func refusal(of fault: SubPathRules.SegmentFault, in path: String) -> RequestEncodingError {
        let name =
            switch fault {
            case .empty: "an empty segment"
            case .dots: "a dot segment"
            }
        return RequestEncodingError(
            .pathSegment,
            message: "The path \(ServerText.quoted(path)) has \(name), which DHIS2 refuses in a route's sub-path."
        )
    }

    private static func check(
        _ character: Character,
        in path: String,
        behaviour: RouteBehaviour,
        version: ServerVersion?
    ) throws(RequestEncodingError) {
        let sorts = character.unicodeScalars.map(PathCharacter.init)
        if sorts.contains(where: \.isRefused) {
            throw RequestEncodingError(
                .pathCharacter,
                message: """
                    The path \(ServerText.quoted(path)) holds \(CharacterName.of(character)), which DHIS2 refuses in a \
                    route's sub-path.
                    """
            )
        }
        guard sorts.allSatisfy({ $0.isPassedOn(by: behaviour) }) else {
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

/// Why a query or a sub-path cannot be sent so that the route's target gets it as it was given.
public struct RequestEncodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What cannot be sent.
    public var code: Code
    /// A sentence that names the character and the server's version.
    public var message: String

    /// Creates an error.
    public init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension RequestEncodingError {
    /// A kind of encoding error; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case queryCharacter = "query-character"
            case pathCharacter = "path-character"
            case pathSegment = "path-segment"
            case pathReserved = "path-reserved"
        }

        private let kind: Kind

        /// A parameter holds a character that this server's version alters on its way to the target.
        public static let queryCharacter = Self(kind: .queryCharacter)
        /// The sub-path holds a character that DHIS2 refuses or alters.
        public static let pathCharacter = Self(kind: .pathCharacter)
        /// The sub-path has an empty, `.` or `..` segment.
        public static let pathSegment = Self(kind: .pathSegment)
        /// DHIS2 answers the sub-path itself instead of calling the route.
        public static let pathReserved = Self(kind: .pathReserved)

        /// The code in kebab-case, as reports show it.
        public var description: String { kind.rawValue }
    }
}

/// A server's base URL as the job file or the command line gives it.
struct ServerURL: Equatable {
    /// The URL without a trailing slash.
    let text: String
    let isHTTPS: Bool
    let host: String

    /// Says in a clause what is wrong with a URL.
    struct Refusal: Error, Equatable {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    init(_ text: String, schemes: [String] = ["http", "https"], allowsCredentials: Bool = false) throws(Refusal) {
        guard let colon = text.firstRange(of: "://") else { throw Self.withoutScheme(text, schemes) }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard schemes.contains(scheme) else {
            throw Refusal("must begin with \(schemes.map { "\($0)://" }.joined(separator: " or "))")
        }
        guard text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value != 0x7F }) else {
            throw Refusal("must not hold spaces, control characters or characters beyond ASCII")
        }
        guard !text.contains("?"), !text.contains("#"), !text.contains("\\") else {
            throw Refusal("must not have a query, a fragment or a backslash")
        }
        guard allowsCredentials || !text.contains(where: { "\"<>^`{|}".contains($0) }) else {
            throw Refusal("must not hold quotation marks, braces or other characters that a URL cannot hold")
        }
        let rest = text[colon.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard allowsCredentials || !authority.contains("@") else {
            throw Refusal("must not hold credentials; give them with token, or username and password")
        }
        host = try Self.host(of: authority.split(separator: "@", omittingEmptySubsequences: false).last ?? "")
        guard allowsCredentials || host.first == "[" || host.utf8.allSatisfy(Self.isHostByte) else {
            throw Refusal("has a host of other characters than letters, digits, \"-\", \".\", \"_\" and \"~\"")
        }
        var path = rest.dropFirst(authority.count)
        while path.last == "/" { path = path.dropLast() }
        for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard path.isEmpty || !["", ".", ".."].contains(segment) else {
                throw Refusal("must not have an empty or a dot segment in its path")
            }
        }
        isHTTPS = scheme == "https"
        self.text = "\(scheme)://\(authority)\(path)"
    }

    /// What is wrong with a text without `://`; it is not repeated where it may hold a password.
    private static func withoutScheme(_ text: String, _ schemes: [String]) -> Refusal {
        if let scheme = schemes.first(where: { text.lowercased().hasPrefix("\($0):") }) {
            return Refusal("needs \"//\" behind its \"\(scheme):\"")
        }
        let scheme = schemes.last ?? "https"
        let isAddress = !text.contains("@") && !text.contains("$") && !text.contains("{")
        return Refusal("needs a scheme, such as \(scheme)://\(isAddress ? text : "…")")
    }

    private static func host(of authority: Substring) throws(Refusal) -> String {
        var host = authority
        var port: Substring?
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { throw Refusal("has a \"[\" without its \"]\"") }
            host = authority[...end]
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else { throw Refusal("has something odd behind its \"]\"") }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty else { throw Refusal("has no host") }
        if let port {
            guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port),
                (1...65535).contains(number)
            else { throw Refusal("has a port that is no number from 1 to 65535") }
        }
        return String(host)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~".utf8.contains(byte)
        }
    }

    /// Whether the host can only be this machine.
    var isLoopback: Bool {
        let name = host.lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") || name == "[::1]" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

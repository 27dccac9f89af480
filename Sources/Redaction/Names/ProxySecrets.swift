internal import Glibc
internal import Text

/// The passwords of proxies.
///
/// A job names its proxy itself, or libcurl takes it from the process's environment. Both are read here, since whoever
/// knows the proxy can send its password back.
enum ProxySecrets {
    /// The variables that can name a proxy; libcurl leaves `HTTP_PROXY` alone, but other programs do not.
    private static let variables = [
        "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",
    ]

    /// The passwords of the proxies that the environment names.
    static var ofEnvironment: [String] {
        variables.flatMap { name in getenv(name).map { secrets(of: String(cString: $0)) } ?? [] }
    }

    /// The password of a proxy's URL, as it is written and as it is sent, which is without percent-encoding.
    ///
    /// - Parameter url: The URL; libcurl takes one without its scheme too.
    static func secrets(of url: String) -> [String] {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let authority = rest.prefix { !"/?#".contains($0) }
        let places = [authority.lastIndex(of: "@"), rest.lastIndex(of: "@")].compactMap(\.self)
        let passwords = places.map { at -> Substring in
            let credentials = rest[..<at]
            return credentials.firstIndex(of: ":").map { credentials[credentials.index(after: $0)...] } ?? credentials
        }
        // A password that has not been encoded may hold what ends an authority, and libcurl then takes a part of it for
        // the host.
        let isTorn = rest.lastIndex(of: "@").map { $0 >= authority.endIndex } ?? false
        let pieces: [Substring] = isTorn ? passwords.last?.split { "/?#@".contains($0) } ?? [] : []
        return (passwords + pieces.filter { $0.count >= Redactor.leastWordLength }).flatMap(spellings)
    }

    /// A password as it is written and as it is sent.
    private static func spellings(of password: Substring) -> [String] {
        guard !password.isEmpty else { return [] }
        let decoded = PercentEncoding.decoded(String(password))
        return [String(password), String(decoding: decoded, as: UTF8.self), ByteEncoding.latin1.text(of: decoded)]
    }
}

/// Takes percent-encoding away (RFC 3986, section 2.1).
enum PercentEncoding {
    /// The bytes that a text stands for.
    ///
    /// - Parameter plusIsSpace: Whether `+` is a space, as in forms.
    static func decoded(_ text: String, plusIsSpace: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(Substring(digits), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return bytes
    }
}

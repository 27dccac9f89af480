internal import Text

/// The parts of an absolute URL as they are written: `scheme://credentials@host:port/path`.
///
/// It only splits. What may stand in a part, and what to say of one that must not, is for whoever reads it: the client
/// and the job file differ in that, and in their words.
package struct URLParts {
    /// The scheme in lower case.
    package let scheme: String
    /// All that stands between `//` and the path.
    package let authority: Substring
    /// The name or address without credentials, an IPv6 address in its brackets; a bracket that is not closed takes in
    /// all that follows.
    package let host: Substring
    /// What follows the host: nothing, a colon with a port, or what does not belong there.
    package let afterHost: Substring
    /// The path without slashes at its end.
    package let path: Substring

    /// Splits a URL; `nil` without `://`.
    package init?(_ text: String) {
        guard let (authority, address) = Self.address(in: text[...], endedBy: "/") else { return nil }
        scheme = text[..<authority.startIndex].dropLast("://".count).lowercased()
        let end: Substring.Index
        if address.first == "[" {
            end = address.firstIndex(of: "]").map { address.index(after: $0) } ?? address.endIndex
        } else {
            end = address.firstIndex(of: ":") ?? address.endIndex
        }
        self.authority = authority
        host = address[..<end]
        afterHost = address[end...]
        var path = text[authority.endIndex...]
        while path.last == "/" { path.removeLast() }
        self.path = path
    }

    /// What stands before the host: a user's name, and behind a colon a password; `nil` without an `@`.
    package var credentials: Substring? { authority.lastIndex(of: "@").map { authority[..<$0] } }

    /// Whether credentials stand before the host.
    package var hasCredentials: Bool { credentials != nil }

    /// The authority of a URL that somebody else has written, and what of it is host and port; `nil` without `://`.
    ///
    /// - Parameter ends: The characters of which the first ends the authority; a URL in a sentence may be in quotes.
    package static func address(
        in text: Substring,
        endedBy ends: String = "/?#"
    ) -> (authority: Substring, host: Substring)? {
        guard let separator = text.firstRange(of: "://") else { return nil }
        let authority = text[separator.upperBound...].prefix { !ends.contains($0) }
        let start = authority.lastIndex(of: "@").map { authority.index(after: $0) } ?? authority.startIndex
        return (authority, authority[start...])
    }

    /// Whether a segment of the path is empty, `.` or `..`, as servers and proxies resolve each in their own way.
    package var hasOddSegment: Bool {
        guard !path.isEmpty else { return false }
        return path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).contains {
            ["", ".", ".."].contains($0)
        }
    }

    /// Whether the host is an IPv6 address in brackets (RFC 3986, section 3.2.2), with or without a zone (RFC 6874).
    ///
    /// libcurl refuses a URL with anything else in brackets before it sends a byte.
    package var isIPv6Literal: Bool { Self.isIPv6Literal(host) }

    private static func isIPv6Literal(_ host: Substring) -> Bool {
        guard host.first == "[", host.last == "]", host.utf8.count > 2 else { return false }
        let inside = host.dropFirst().dropLast()
        let address = inside.prefix { $0 != "%" }
        let zone = inside[address.endIndex...].dropFirst()
        guard address.endIndex == inside.endIndex || !zone.isEmpty && ByteSet.unreserved.containsAll(of: String(zone))
        else { return false }
        return isIPv6(address)
    }

    /// Whether a text is an IPv6 address (RFC 4291, section 2.2): eight groups, some of which `::` may stand for.
    private static func isIPv6(_ text: Substring) -> Bool {
        guard let gap = text.firstRange(of: "::") else { return groups(text, mayEndInIPv4: true) == 8 }
        guard let before = groups(text[..<gap.lowerBound], mayEndInIPv4: false),
            let after = groups(text[gap.upperBound...], mayEndInIPv4: true)
        else { return false }
        return before + after < 8
    }

    /// How many groups of 16 bits a part of an address has; `nil` where it is not one.
    private static func groups(_ text: Substring, mayEndInIPv4: Bool) -> Int? {
        guard !text.isEmpty else { return 0 }
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        if mayEndInIPv4, let last = parts.last, last.contains(".") {
            guard isIPv4(last) else { return nil }
            parts.removeLast()
            count = 2
        }
        let areHexadecimal = parts.allSatisfy { part in
            (1...4).contains(part.utf8.count) && part.utf8.allSatisfy(hexDigits.contains)
        }
        return areHexadecimal ? count + parts.count : nil
    }

    private static let hexDigits = ByteSet.digits.union(ByteSet("abcdefABCDEF"))

    private static func isIPv4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.allSatisfy(ByteSet.digits.contains) && UInt8(part) != nil
                    && (part.utf8.count == 1 || part.first != "0")
            }
    }

    /// The number of a port from 1 to 65535 that is written in digits alone.
    package static func port(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy(ByteSet.digits.contains), let port = Int(text),
            (1...65535).contains(port)
        else { return nil }
        return port
    }
}

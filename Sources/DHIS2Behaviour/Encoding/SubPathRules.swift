internal import Text

/// What becomes of sub-paths, the part of a URL after `/run/`, on their way to a route's target.
///
/// Spring's firewall, Tomcat and DHIS2 refuse `//`, `;`, `\`, `%`, `%2F` and dot segments in any form, with a 400 (2.41: a
/// 500) before any route runs.
package enum SubPathRules {
    /// The path without one leading `/`.
    package static func relative(_ path: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? String(path.unicodeScalars.dropFirst()) : path
    }

    /// A kind of segment that is refused in every version.
    package enum SegmentFault: Sendable, Hashable {
        /// Nothing between two slashes.
        case empty
        /// `.` or `..`.
        case dots
    }

    /// The first segment that is refused; a trailing slash is none of a path's segments.
    ///
    /// - Parameter relative: The path without a leading slash.
    package static func segmentFault(in relative: String) -> SegmentFault? {
        var length = 0
        var isOnlyDots = true
        for byte in relative.utf8 {
            if byte == UInt8(ascii: "/") {
                if length == 0 { return .empty }
                if isOnlyDots, length <= 2 { return .dots }
                length = 0
                isOnlyDots = true
            } else {
                length += 1
                if byte != UInt8(ascii: ".") { isOnlyDots = false }
            }
        }
        return isOnlyDots && (length == 1 || length == 2) ? .dots : nil
    }

    /// Whether DHIS2 answers a path itself, with its Gist API, instead of calling the route.
    ///
    /// Spring prefers DHIS2's `/api/routes/{uid}/{property}/gist` to `/run/**`: a GET of `gist` is answered 400 (seen on
    /// 2.41.9.1, 2.42.5.2, 2.43.1 and a snapshot of 2.44), while `gist/x` reaches the target. DHIS2 has the same for
    /// `gist.csv` (dhis2-core, AbstractGistReadOnlyController.java). A trailing slash does not matter to Spring 5, on which
    /// 2.40 and 2.41 run; letter case does. The rule is kept for all methods, as for other paths.
    ///
    /// - Parameter relative: The path without a leading slash.
    package static func isGist(_ relative: String) -> Bool {
        ["gist", "gist/", "gist.csv"].contains { $0.utf8.elementsEqual(relative.utf8) }
    }

    /// Why a path that ``isGist(_:)`` cannot be sent, as the end of a sentence.
    package static let gistReason = "DHIS2 answers it with its Gist API instead of calling the route"

    /// Whether every version passes all characters of a path on as they are.
    package static func isPlain(_ path: String) -> Bool { plain.containsAll(of: path) }

    /// The first character that not every version passes on as it is, for a sentence.
    package static func firstOddCharacter(in path: String) -> String? {
        path.first { !plain.containsAll(of: String($0)) }.map(CharacterName.of)
    }

    static let plain = ByteSet.plainInPath.union(ByteSet("/"))

    /// The sorts of characters in a path that not every version passes on; none for nearly all paths.
    package static func sorts(in path: String) -> Set<PathCharacter> {
        isPlain(path) ? [] : Set(path.unicodeScalars.map(PathCharacter.init)).subtracting([.plain])
    }
}

/// A sort of character, by what becomes of it in a sub-path.
package enum PathCharacter: Sendable, Hashable, CaseIterable {
    /// Every version passes it on as it is.
    case plain
    /// A control character, which is refused.
    case control
    /// `?` or `#`, which ends the path.
    case end
    /// A backslash, which is refused.
    case backslash
    /// `%` or `;`, which is refused: it can hide another character, or begin a parameter of the path.
    case disguise
    /// Nothing that shows, such as a direction mark or a line separator, which is refused.
    case invisible
    /// A brace: 2.40 to 2.41 take it for a variable, later ones build no URL of it.
    case brace
    /// Another ASCII character, such as a space: only versions that encode the path again pass it on.
    case otherASCII
    /// A character beyond ASCII: versions that encode the path again or not at all pass it on. Not at all means raw UTF-8,
    /// which RFC 3986 calls illegal, but Java's `URI` and Netty let through.
    case beyondASCII

    /// The sort of a character.
    package init(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "?", "#": self = .end
        case "\\": self = .backslash
        case "%", ";": self = .disguise
        case "{", "}": self = .brace
        case "\0"..<" ", "\u{7F}"..."\u{9F}": self = .control
        case _ where scalar.isASCII:
            self = SubPathRules.plain.contains(UInt8(truncatingIfNeeded: scalar.value)) ? .plain : .otherASCII
        default:
            self = ServerText.isPrintable(scalar) ? .beyondASCII : .invisible
        }
    }

    /// Whether it is refused before any route runs, in every version and whether it is percent-encoded or not.
    package var isRefused: Bool {
        switch self {
        case .control, .end, .backslash, .disguise, .invisible: true
        case .plain, .brace, .otherASCII, .beyondASCII: false
        }
    }

    /// Whether some version passes it on to the target.
    package var isEverPassedOn: Bool {
        switch self {
        case .plain, .otherASCII, .beyondASCII: true
        case .control, .end, .backslash, .disguise, .invisible, .brace: false
        }
    }

    /// Whether a version passes it on to the target.
    package func isPassedOn(by behaviour: RouteBehaviour) -> Bool {
        switch self {
        case .plain: true
        case .control, .end, .backslash, .disguise, .invisible, .brace: false
        case .otherASCII: behaviour.encodesSubPathOnce
        case .beyondASCII: behaviour.encodesSubPathOnce || behaviour.sendsSubPathAsDecoded
        }
    }
}

/// Where DHIS2 takes the code of a route for what it is: a code may hold any character.
package enum RouteCodeRules {
    /// Whether DHIS2's firewall lets a code through as a segment of a path, percent-encoded.
    package static func isAddressable(_ code: String) -> Bool {
        !code.isEmpty && code != "." && code != ".."
            && code.unicodeScalars.allSatisfy {
                !"/\\;%".unicodeScalars.contains($0) && $0.value >= 0x20 && $0.value != 0x7F
            }
    }

    /// Whether the filter `code:eq:` with this code means this code in every version.
    ///
    /// DHIS2 has no quoting. It cuts at commas from 2.42 on, loses a trailing colon on 2.42 and 2.43, and does not find
    /// `[t]` and `@t` on 2.44, while accents and inner spaces are found by all (seen on 2.41.9.1, 2.42.5.2, 2.43.1 and a
    /// snapshot of 2.44); an empty value is a 500 or a 400. What nobody has seen found counts as unsafe: such a code is
    /// looked for in the whole list.
    package static func isSafeToFilter(_ code: String) -> Bool {
        let scalars = code.unicodeScalars
        guard let first = scalars.first, let last = scalars.last else { return false }
        return [first, last].allSatisfy { $0 != ":" && !$0.properties.isWhitespace }
            && scalars.allSatisfy {
                $0.isASCII ? filterable.contains(UInt8(truncatingIfNeeded: $0.value)) : ServerText.isPrintable($0)
            }
    }

    private static let filterable = ByteSet.unreserved.union(ByteSet(" :"))

    /// Whether a code can be one of several in the filter `code:in:[…]`.
    package static func isSafeInList(_ code: String) -> Bool {
        !code.isEmpty && ByteSet.unreserved.containsAll(of: code)
    }
}

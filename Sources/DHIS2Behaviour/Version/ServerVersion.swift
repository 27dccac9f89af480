/// A DHIS2 version, such as `2.42.4`, `2.41.9.1` or `2.44-SNAPSHOT`.
///
/// A version may name a release line only (`2.42`). It orders before the line's `.0`, and a snapshot orders before the
/// release of the same number.
public struct ServerVersion: Sendable, Hashable, LosslessStringConvertible {
    /// The first number; 2 for every DHIS2 with routes.
    public let major: Int
    /// The release line, such as 42.
    public let minor: Int
    /// The maintenance release in its line; `nil` where only the line is known.
    public let patch: Int?
    /// The hotfix number, the fourth of `2.41.9.1`.
    public let hotfix: Int?
    /// What follows a hyphen, such as `SNAPSHOT`.
    public let qualifier: String?

    /// Creates a version from its numbers.
    public init(major: Int = 2, minor: Int, patch: Int? = nil, hotfix: Int? = nil, qualifier: String? = nil) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.hotfix = patch == nil ? nil : hotfix
        self.qualifier = qualifier
    }

    /// Parses `2.42`, `2.42.4`, `2.41.9.1`, each with an optional `v` before and `-SNAPSHOT` or the like after, and the
    /// short form `42` for `2.42`.
    ///
    /// - Returns: `nil` for anything else, such as an empty or negative number or a number above 99,999.
    public init?(_ description: String) {
        var text = Substring(description)
        if text.first == "v" { text.removeFirst() }
        var qualifier: String?
        if let hyphen = text.firstIndex(of: "-") {
            let after = text[text.index(after: hyphen)...]
            guard Self.isQualifier(after) else { return nil }
            qualifier = String(after)
            text = text[..<hyphen]
        }
        var numbers: [Int] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard part.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), part.utf8.count <= 5,
                let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        switch numbers.count {
        case 1 where numbers[0] >= 10: self.init(minor: numbers[0], qualifier: qualifier)
        case 2...4:
            self.init(
                major: numbers[0],
                minor: numbers[1],
                patch: numbers.count > 2 ? numbers[2] : nil,
                hotfix: numbers.count > 3 ? numbers[3] : nil,
                qualifier: qualifier
            )
        default: return nil
        }
    }

    /// The version as DHIS2 writes it.
    public var description: String {
        var text = "\(major).\(minor)"
        if let patch { text += ".\(patch)" }
        if let hotfix { text += ".\(hotfix)" }
        if let qualifier { text += "-\(qualifier)" }
        return text
    }

    private static func isQualifier(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.count <= 40
            && text.utf8.allSatisfy { byte in
                byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            }
    }
}

extension ServerVersion: Comparable {
    /// Whether a version is older than another.
    public static func < (left: Self, right: Self) -> Bool {
        let (leftKey, rightKey) = (left.numbers, right.numbers)
        if leftKey != rightKey { return leftKey < rightKey }
        switch (left.qualifier, right.qualifier) {
        case (nil, _): return false
        case (.some, nil): return true
        case (.some(let leftQualifier), .some(let rightQualifier)): return leftQualifier < rightQualifier
        }
    }

    private var numbers: (Int, Int, Int, Int) { (major, minor, patch ?? -1, hotfix ?? -1) }
}

/// A span of DHIS2 releases in which `/api/routes/{id}/run` behaves the same but for small things.
///
/// The borders follow the history of DHIS2's `RouteService`; each branch got the same changes at its own maintenance
/// release. What a version does has names in `RouteBehaviour`; nothing else asks for the letter.
public enum RouteEra: String, Sendable, Hashable, CaseIterable {
    /// 2.40.0–2.40.9 and 2.41.0–2.41.6: the target's errors come wrapped in a DHIS2 message; queries arrive encoded
    /// twice.
    case a = "A"
    /// 2.40.10 and later of 2.40, 2.41.7 and later of 2.41: errors pass through; the query is decoded once and encoded
    /// again.
    case b = "B"
    /// 2.42.0–2.42.3: a reactive HTTP client, 504 for a slow target, an allow-list of targets.
    case c = "C"
    /// 2.42.4 and later of 2.42, and 2.43: as C, and the query is decoded once and sent on as it is.
    case d = "D"
    /// 2.44 and later: as D, with placeholders in the route's URL.
    case e = "E"

    /// The newest era this library knows; what a version newer than it is taken for.
    public static let latest = Self.e

    /// The era of a version.
    ///
    /// A version that names a release line only (`2.42`) counts as the newest release of that line.
    public init(_ version: ServerVersion) {
        let patch = version.patch ?? .max
        switch (version.major, version.minor) {
        case (...1, _), (2, ...39): self = .a
        case (2, 40): self = patch < 10 ? .a : .b
        case (2, 41): self = patch < 7 ? .a : .b
        case (2, 42): self = patch < 4 ? .c : .d
        case (2, 43): self = .d
        default: self = .latest
        }
    }
}

/// The parameters of a `/run` request as the route layer reads them.
///
/// All eras decode the *whole* query once, cut it at `#` and split it at `&`. So an encoded `&` splits all the same,
/// and a value survives only if it was encoded twice (D, E) or is encoded again afterwards (B).
struct RunQuery: Equatable {
    struct Parameter: Equatable {
        var name: String
        /// `nil` where no `=` followed the name.
        var value: String?
    }

    /// Grouped by the first occurrence of each name.
    private(set) var groups: [(name: String, values: [String?])] = []

    /// No parameters.
    init() {}

    init(decoding rawQuery: String?) throws(JavaURLDecoder.Failure) {
        guard let rawQuery else { return }
        let decoded = try JavaURLDecoder.decode(rawQuery)
        for pair in decoded.utf8.prefix(while: { $0 != UInt8(ascii: "#") }).split(separator: UInt8(ascii: "&")) {
            let pair = pair.drop { $0 == UInt8(ascii: "=") }
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first, !name.isEmpty else { continue }
            add(String(Substring(name)), halves.count > 1 ? String(Substring(halves[1])) : nil)
        }
    }

    mutating func add(_ name: String, _ value: String?) {
        if let index = groups.firstIndex(where: { $0.name.isSameBytes(as: name) }) {
            groups[index].values.append(value)
        } else {
            groups.append((name, [value]))
        }
    }

    /// Takes the parameter `_name` out and returns its first value.
    mutating func takePlaceholder(_ name: String) -> String? {
        guard let index = groups.firstIndex(where: { $0.name.isSameBytes(as: "_" + name) }) else { return nil }
        return groups.remove(at: index).values.first ?? nil
    }

    var parameters: [Parameter] {
        groups.flatMap { group in group.values.map { Parameter(name: group.name, value: $0) } }
    }

    /// Puts the names in the order in which `java.util.HashMap` yields them, as era E does.
    mutating func orderAsHashMap() {
        var capacity = 16
        while groups.count > capacity * 3 / 4 { capacity *= 2 }
        let buckets = groups.map { Self.bucket(of: $0.name, capacity: capacity) }
        groups = zip(buckets, groups.indices).sorted { $0 < $1 }.map { groups[$0.1] }
    }

    private static func bucket(of name: String, capacity: Int) -> Int {
        let hash = name.utf16.reduce(UInt32(0)) { $0 &* 31 &+ UInt32($1) }
        return Int(hash ^ (hash >> 16)) & (capacity - 1)
    }

    static func == (left: RunQuery, right: RunQuery) -> Bool { left.parameters == right.parameters }
}

/// What Tomcat 11, which comes with 2.44, refuses in a query when DHIS2 asks for its parameters.
enum TomcatParameters {
    /// The message of the exception, or `nil`; DHIS2 answers 409 with it.
    static func problem(in query: String) -> String? {
        var start = 0
        for part in query.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
            defer { start += part.count + 1 }
            let chunk = String(Substring(part))
            if part.first == UInt8(ascii: "=") {
                return "Invalid chunk starting at byte [\(start)] and ending at byte [\(start + part.count)] "
                    + "with a value of [\(chunk)] ignored"
            }
            if let shown = undecodable(chunk) {
                return "Character decoding failed. Parameter [\(shown.name)] with value [\(shown.value)] has been "
                    + "ignored. Note that the name and value quoted here may be corrupted due to the failed decoding. "
                    + "Use debug level logging to see the original, non-corrupted values."
            }
        }
        return nil
    }

    /// The name and the value of a parameter that cannot be decoded, as far as they can.
    private static func undecodable(_ chunk: String) -> (name: String, value: String)? {
        guard chunk.utf8.contains(UInt8(ascii: "%")) else { return nil }
        let bytes = Array(chunk.utf8)
        let hasBrokenEscape = bytes.indices.contains { index in
            bytes[index] == UInt8(ascii: "%") && QueryText.escape(in: bytes, at: index) == nil
        }
        guard hasBrokenEscape || !QueryText.isUTF8(path: chunk) else { return nil }
        let (name, value) = QueryText.parameters(of: chunk).first ?? ("", "")
        return (name, value)
    }
}

/// `java.net.URLDecoder`: form decoding that refuses a broken escape.
enum JavaURLDecoder {
    /// What the Java class throws; DHIS2 answers 400 with its message.
    struct Failure: Error, Equatable {
        let message: String
    }

    static func decode(_ text: String) throws(Failure) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "+"):
                result.append(UInt8(ascii: " "))
                index += 1
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.count else {
                    throw Failure(message: "URLDecoder: Incomplete trailing escape (%) pattern")
                }
                guard let value = QueryText.escape(in: bytes, at: index) else {
                    let digits = String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self)
                    throw Failure(
                        message: "URLDecoder: Illegal hex characters in escape (%) pattern - "
                            + "Error at index 0 in: \"\(digits)\""
                    )
                }
                result.append(value)
                index += 3
            default:
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

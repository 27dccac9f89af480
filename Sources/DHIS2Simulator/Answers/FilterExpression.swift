/// One `filter=property:operator:value` of a list request (section 1).
struct FilterExpression: Equatable {
    /// A filter that DHIS2 refuses with 400 E1003.
    struct Problem: Error, Equatable {
        let message: String
    }

    enum Operator: Equatable {
        case equal(ignoringCase: Bool)
        case contains(ignoringCase: Bool)
        case starts(ignoringCase: Bool)
        case ends(ignoringCase: Bool)
        case oneOf
        case null
        case empty
    }

    let property: String
    let `operator`: Operator
    let isNegated: Bool
    /// `nil` where no value was given, or one of colons only.
    let value: String?

    private static let properties: Set<String> = [
        "id", "code", "name", "displayName", "description", "url", "disabled", "responseTimeoutSeconds", "created",
        "lastUpdated",
    ]

    private static let operators: [String: Operator] = [
        "eq": .equal(ignoringCase: false), "ieq": .equal(ignoringCase: true),
        "like": .contains(ignoringCase: false), "ilike": .contains(ignoringCase: true),
        "$like": .starts(ignoringCase: false), "$ilike": .starts(ignoringCase: true),
        "startsWith": .starts(ignoringCase: true), "like$": .ends(ignoringCase: false),
        "ilike$": .ends(ignoringCase: true), "endsWith": .ends(ignoringCase: true),
        "in": .oneOf, "null": .null, "empty": .empty,
    ]

    /// - Parameter text: The value of a `filter` parameter, decoded.
    init(_ text: String) throws(Problem) {
        // As Java splits: empty parts at the end are lost, and trailing colons with them.
        var parts = text.unicodeScalars.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        while parts.last?.isEmpty == true { parts.removeLast() }
        guard parts.count >= 2 else { throw Problem(message: "Invalid filter => \(text)") }
        guard Self.properties.contains(parts[0]) else {
            throw Problem(message: "Unknown path property: \(parts[0])")
        }
        property = parts[0]
        let name = parts[1] == "neq" || parts[1] == "ne" ? "!eq" : parts[1]
        isNegated = name.hasPrefix("!")
        guard let known = Self.operators[isNegated ? String(name.dropFirst()) : name] else {
            throw Problem(message: "`\(parts[1])` is not a valid operator.")
        }
        `operator` = known
        value = parts.count > 2 ? parts.dropFirst(2).joined(separator: ":") : nil
        if known == .oneOf, !(value ?? "").hasPrefix("[") || !(value ?? "").hasSuffix("]") {
            throw Problem(message: "Unable to parse `\(value ?? "")` to `Collection`.")
        }
    }

    /// Whether a property with this value passes; `nil` is a property without one.
    func accepts(_ actual: String?) -> Bool {
        switch `operator` {
        case .null: return (actual == nil) != isNegated
        case .empty: return (actual ?? "").isEmpty != isNegated
        default: break
        }
        // As in SQL: a comparison with null is never true, negated or not.
        guard let actual, let value else { return false }
        return compare(actual, value) != isNegated
    }

    private func compare(_ actual: String, _ value: String) -> Bool {
        switch `operator` {
        case .equal(let ignoringCase):
            Self.fold(actual, ignoringCase).isSameBytes(as: Self.fold(value, ignoringCase))
        case .contains(let ignoringCase):
            Self.contains(Self.fold(actual, ignoringCase), Self.fold(value, ignoringCase))
        case .starts(let ignoringCase):
            Self.fold(actual, ignoringCase).utf8.starts(with: Self.fold(value, ignoringCase).utf8)
        case .ends(let ignoringCase):
            Self.fold(actual, ignoringCase).utf8.reversed()
                .starts(with: Self.fold(value, ignoringCase).utf8.reversed())
        case .oneOf:
            value.dropFirst().dropLast().unicodeScalars.split(separator: ",")
                .contains { String($0).isSameBytes(as: actual) }
        case .null, .empty:
            false
        }
    }

    private static func fold(_ text: String, _ ignoringCase: Bool) -> String {
        ignoringCase ? text.lowercased() : text
    }

    private static func contains(_ text: String, _ part: String) -> Bool {
        let text = Array(text.utf8)
        let part = Array(part.utf8)
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    }
}

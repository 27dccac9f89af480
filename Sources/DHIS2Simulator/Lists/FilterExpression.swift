/// One `filter=property:operator:value` of a list request.
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
    /// `nil` where no value was given.
    let value: String?
    /// The expression as it was given.
    let text: String
    /// Whether the value refers to another property, or to several values, where it begins like that.
    private let isGist: Bool

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
    init(_ text: String, era: SimulatedEra) throws(Problem) {
        try self.init(text, keepsTrailingColons: era == .b, isGist: false)
    }

    /// A filter as the Gist API of 2.44 reads it, or `nil` for one that is left to the rest of DHIS2.
    init?(gist text: String) {
        guard let filter = try? FilterExpression(text, keepsTrailingColons: true, isGist: true) else { return nil }
        let value = filter.value ?? ""
        guard !value.utf8.contains(UInt8(ascii: ",")) || value.hasPrefix("[") else { return nil }
        self = filter
    }

    private init(_ text: String, keepsTrailingColons: Bool, isGist: Bool) throws(Problem) {
        self.text = text
        self.isGist = isGist
        // As Java splits: empty parts at the end are lost, and from 2.42 on trailing colons of a value with them.
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
        let hasValue = parts.count > 2
        let start = parts[0].utf8.count + parts[1].utf8.count + 2
        let whole = keepsTrailingColons && hasValue ? String(Substring(text.utf8.dropFirst(start))) : nil
        value = hasValue ? whole ?? parts.dropFirst(2).joined(separator: ":") : nil
        if known == .oneOf, !(value ?? "").hasPrefix("[") || !(value ?? "").hasSuffix("]") {
            throw Problem(message: "Unable to parse `\(value ?? "")` to `Collection`.")
        }
    }

    /// Whether the operator compares with a value and there is none.
    var lacksArgument: Bool {
        switch `operator` {
        case .null, .empty, .oneOf: false
        default: value == nil
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
        if isGist, value.hasPrefix("@") { return false }
        if isGist, `operator` == .equal(ignoringCase: false), value.hasPrefix("["), value.hasSuffix("]") {
            return String(value.dropFirst().dropLast()).isSameBytes(as: actual) != isNegated
        }
        return compare(actual, value) != isNegated
    }

    private func compare(_ actual: String, _ value: String) -> Bool {
        switch `operator` {
        case .equal(let ignoringCase):
            Self.fold(actual, ignoringCase).isSameBytes(as: Self.fold(value, ignoringCase))
        case .contains(let ignoringCase):
            Array(Self.fold(actual, ignoringCase).utf8)
                .firstOffset(of: Array(Self.fold(value, ignoringCase).utf8)) != nil
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
}

/// How the values of all `filter` parameters become expressions.
///
/// From 2.42 on they are joined by commas first. If the result contains a comma, which a single filter's value may have
/// brought, it is not split but *searched* for what looks like a filter: `property:operator`, and a value that is one
/// bracketed list or ends before the next comma. So `code:eq:A,B` becomes `code:eq:A`.
enum FilterSplitting {
    static func expressions(in values: [String], era: SimulatedEra) -> [String] {
        guard era != .b else { return values }
        let joined = values.joined(separator: ",")
        guard joined.utf8.contains(UInt8(ascii: ",")) else { return joined.isEmpty ? [] : [joined] }
        return search(Array(joined.utf8))
    }

    private static func search(_ bytes: [UInt8]) -> [String] {
        var found: [String] = []
        var index = 0
        while index < bytes.count {
            if let end = match(bytes, at: index) {
                found.append(String(decoding: bytes[index..<end], as: UTF8.self))
                index = end
            } else {
                index += 1
            }
        }
        return found
    }

    /// Where a filter that starts here ends, or `nil`.
    private static func match(_ bytes: [UInt8], at start: Int) -> Int? {
        let property = run(bytes, from: start) { $0.isASCIIAlphanumeric || $0.isOne(of: ".") }
        guard property > start, property < bytes.count, bytes[property] == UInt8(ascii: ":") else { return nil }
        let letters = run(bytes, from: property + 1) { $0.isOne(of: "!$") || $0.isASCIIAlphanumeric && $0 > 0x39 }
        let operatorEnd = min(letters, property + 11)
        guard operatorEnd >= property + 3 else { return nil }
        guard operatorEnd < bytes.count, bytes[operatorEnd] == UInt8(ascii: ":") else { return operatorEnd }
        let value = operatorEnd + 1
        if value < bytes.count, bytes[value] == UInt8(ascii: "["),
            let close = bytes[value...].firstIndex(of: UInt8(ascii: "]"))
        {
            return close + 1
        }
        let end = run(bytes, from: value) { !$0.isOne(of: ",\n\r") }
        return end > value ? end : operatorEnd
    }

    private static func run(_ bytes: [UInt8], from start: Int, while isPart: (UInt8) -> Bool) -> Int {
        bytes[start...].firstIndex { !isPart($0) } ?? bytes.count
    }
}

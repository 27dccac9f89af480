/// The keys of the map form of `expect`.
enum ExpectKey: String, JobKey {
    case status, from, headers
    case contentType = "content-type"
    case body, json
    case maxDuration = "max-duration"
    case maxSize = "max-size"

    static let table = KeyTable<Self>()

    var summary: String {
        switch self {
        case .status: "A status, a class, a range or a list of them; 2xx unless given."
        case .from: "Which layer must have answered; upstream unless given."
        case .headers: "What response header fields must be like."
        case .contentType: "The media type, parameters ignored."
        case .body: "What the body's text must be like."
        case .json: "JSONPath (RFC 9535) to what the selected nodes must be like."
        case .maxDuration: "The longest time from the start of the attempt to the last byte."
        case .maxSize: "The largest body."
        }
    }

    var schema: Schema {
        switch self {
        case .status: .reference("status")
        case .from: .choice(["upstream", "dhis2", "any"])
        case .headers: .headers(.reference("text-matcher"))
        case .contentType: .pattern(#"^\s*[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+\s*(;.*)?$"#)
        case .body: .reference("text-matcher")
        case .json: .paths(.reference("matcher"))
        case .maxDuration: .reference("duration")
        case .maxSize: .reference("size")
        }
    }
}

/// The keys of a matcher.
enum MatcherKey: String, JobKey {
    case equals, not, contains
    case startsWith = "starts-with"
    case endsWith = "ends-with"
    case matches
    case oneOf = "one-of"
    case exists, type, length
    case greaterThan = "greater-than"
    case atLeast = "at-least"
    case lessThan = "less-than"
    case atMost = "at-most"
    case every, any, none, count

    static let table = KeyTable<Self>()

    static let aliases: [String: Self] = [
        "gt": .greaterThan, "gte": .atLeast, "ge": .atLeast, "min": .atLeast, "minimum": .atLeast,
        "lt": .lessThan, "lte": .atMost, "le": .atMost, "max": .atMost, "maximum": .atMost,
        "eq": .equals, "equal": .equals, "is": .equals, "regex": .matches, "pattern": .matches, "match": .matches,
        "in": .oneOf, "includes": .contains, "size": .length,
    ]

    /// Whether the condition can be asked of text, as header fields and bodies are.
    var appliesToText: Bool {
        switch self {
        case .type, .every, .any, .none, .count: false
        default: true
        }
    }

    /// Whether the condition is about all nodes that a path selects.
    var isAboutSeveral: Bool {
        switch self {
        case .every, .any, .none, .count: true
        default: false
        }
    }

    var summary: String {
        switch self {
        case .equals: "The value is this one; in JSON 200 and \"200\" differ."
        case .not: "The value does not match."
        case .contains: "A text contains this text, an array this element, an object a member of this name."
        case .startsWith: "A text starts with this one."
        case .endsWith: "A text ends with this one."
        case .matches: "A text has a part that this regular expression finds."
        case .oneOf: "The value is one of these."
        case .exists: "There is a value, or there is none."
        case .type: "The value is of this JSON type."
        case .length: "What the length of a text, an array or an object must be like."
        case .greaterThan: "The value is greater."
        case .atLeast: "The value is this one or greater."
        case .lessThan: "The value is less."
        case .atMost: "The value is this one or less."
        case .every: "Each selected node matches."
        case .any: "At least one selected node matches."
        case .none: "No selected node matches."
        case .count: "What the number of selected nodes must be like."
        }
    }

    var schema: Schema {
        switch self {
        case .equals: .anything
        case .contains: .nonEmpty
        case .not, .every, .any, .none: .reference("matcher")
        case .startsWith, .endsWith, .matches: .text
        case .oneOf: .list(of: .anything, atLeast: 1)
        case .exists: .boolean
        case .type: .choice(["null", "boolean", "number", "integer", "string", "array", "object"])
        case .length, .count: .reference("count-matcher")
        case .greaterThan, .atLeast, .lessThan, .atMost: .numberOrText
        }
    }
}

/// The keys of a check.
enum CheckKey: String, JobKey {
    case route, path, params, method, headers, body
    case bodyFile = "body-file"
    case name, tags, timeout, retry, matrix, rows, skip, only
    case allowFailure = "allow-failure"
    case expect

    static let table = KeyTable<Self>()

    static let aliases: [String: Self] = [
        "query": .params, "parameters": .params, "code": .route, "retries": .retry, "header": .headers,
        "data": .body, "payload": .body, "verb": .method, "assert": .expect, "expected": .expect,
    ]

    static func help(withMisplaced name: String) -> String? {
        guard name != "headers", name != "body", ExpectKey(rawValue: name) != nil else { return nil }
        return "\"\(name)\" belongs under \"expect\""
    }

    /// Whether `defaults` can have the key.
    var canDefault: Bool {
        switch self {
        case .route, .name, .matrix, .rows: false
        default: true
        }
    }

    var summary: String {
        switch self {
        case .route: "The route's code."
        case .path: "The sub-path behind /run/; without it /run itself is called."
        case .params: "The query; a list repeats the key."
        case .method: "The HTTP method; GET unless given."
        case .headers: "Header fields of this check."
        case .body: "The request's body: text, or a map or list that is sent as JSON."
        case .bodyFile: "A file that holds the request's body."
        case .name: "The name, unique in the file; without it method, route, path and row."
        case .tags: "Labels for --tags."
        case .timeout: "The bound on one attempt; 30s unless given."
        case .retry: "When and how often a failed attempt is repeated."
        case .matrix: "One check for each combination of the lists' items, which are names for ${NAME}."
        case .rows: "One check for each map, whose keys are names for ${NAME}."
        case .skip: "true or a reason: the check is not run and reported as skipped."
        case .only: "true: only checks marked so are run."
        case .allowFailure: "true or a reason: a failure is reported and does not fail the run."
        case .expect: "A status, a class, a range, a list of them, or a map; 2xx from the upstream unless given."
        }
    }

    var schema: Schema {
        switch self {
        case .route, .name: .plainText
        case .path: .path
        case .params: .map(of: .anyOf([.text, .list(of: .text, atLeast: 0)]))
        case .method: .choice(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        case .headers: .headers(.headerText)
        case .body: .anything
        case .bodyFile: .plainText
        case .tags: .list(of: .plainText, atLeast: 0)
        case .timeout: .reference("duration")
        case .retry: .reference("retry")
        case .matrix: .nonEmptyNamed(.list(of: .anything, atLeast: 1))
        case .rows: .list(of: .nonEmptyNamed(.anything), atLeast: 1)
        case .skip, .allowFailure: .anyOf([.boolean, .nonEmptyText])
        case .only: .boolean
        case .expect: .anyOf([.reference("status"), .reference("expect")])
        }
    }
}

/// The keys of `retry`.
enum RetryKey: String, JobKey {
    case attempts, delay, factor
    case maxDelay = "max-delay"
    case jitter, on
    case nonIdempotent = "non-idempotent"

    static let table = KeyTable<Self>()

    static let aliases: [String: Self] = [
        "count": .attempts, "times": .attempts, "retries": .attempts, "max": .attempts, "max-attempts": .attempts,
        "interval": .delay, "backoff": .factor, "statuses": .on,
    ]

    var summary: String {
        switch self {
        case .attempts: "How many attempts there are in total; 1 unless given."
        case .delay: "The delay before the second attempt; 500ms unless given."
        case .factor: "By how much each further delay grows; 2 unless given."
        case .maxDelay: "The longest delay, also for a Retry-After; 30s unless given."
        case .jitter: "By which share of itself a delay varies at random; 0.1 unless given."
        case .on:
            """
            What is worth another attempt: connect, timeout and statuses; connect, timeout, 429, 502, 503 and 504 \
            unless given.
            """
        case .nonIdempotent: "true repeats POST and PATCH too."
        }
    }

    var schema: Schema {
        switch self {
        case .attempts: .integer(1...1000)
        case .delay, .maxDelay: .reference("delay")
        case .factor: .number(atLeast: 1, atMost: nil)
        case .jitter: .number(atLeast: 0, atMost: 1)
        case .on: .list(of: .anyOf([.choice(["connect", "timeout"]), .integer(100...599)]), atLeast: 1)
        case .nonIdempotent: .boolean
        }
    }
}

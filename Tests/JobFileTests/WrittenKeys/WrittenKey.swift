import Testing

@testable import JobFile

/// A key of the job language at a place of a file, with a value that shows in the plan.
struct WrittenKey: Sendable, Hashable, CustomTestStringConvertible {
    /// The maps that can hold keys.
    enum Place: String, Sendable, CaseIterable {
        case root = "the job file"
        case vars, server, tls, check, retry, expect, matcher
        case params, headers, serverHeaders, expectHeaders, json
    }

    let place: Place
    /// The key, or the whole line before the value.
    let name: String
    /// A value that is neither the default nor wrong; for maps and lists in flow style.
    let sample: String
    /// What must stand beside it for its value to count, unless the file has these keys already.
    var companions: [String] = []
    /// What closes the value, where it stands in a list or a map of its own.
    var suffix = ""

    var testDescription: String { "\(place.rawValue) \(name)" }

    /// Whether the sample is one scalar.
    var isScalar: Bool { sample.first.map { !"[{".contains($0) } ?? true }

    /// The key's name without what else stands before the value.
    var key: String { String(name.prefix { $0 != ":" }) }

    /// Every key, and every place below a key in which an author writes names of their own.
    static let all: [WrittenKey] = [
        WrittenKey(place: .root, name: "name", sample: "a suite"),
        WrittenKey(place: .root, name: "description", sample: "what it is for"),
        WrittenKey(place: .root, name: "concurrency", sample: "3"),
        WrittenKey(place: .root, name: "route-concurrency", sample: "4"),
        WrittenKey(place: .root, name: "rate", sample: "50/s"),
        WrittenKey(place: .root, name: "deadline", sample: "5m"),
        WrittenKey(place: .root, name: "max-failures", sample: "6"),
        WrittenKey(place: .vars, name: "used", sample: "of vars"),
        WrittenKey(place: .server, name: "url", sample: "https://dhis2.example.org"),
        WrittenKey(place: .server, name: "token", sample: "d2p_token"),
        WrittenKey(place: .server, name: "token-file", sample: "token.txt"),
        WrittenKey(place: .server, name: "username", sample: "admin", companions: ["password: p"]),
        WrittenKey(place: .server, name: "password", sample: "district", companions: ["username: u"]),
        WrittenKey(place: .server, name: "password-file", sample: "password.txt", companions: ["username: u"]),
        WrittenKey(place: .serverHeaders, name: "X-Gateway", sample: "gateway key"),
        WrittenKey(place: .server, name: "proxy", sample: "http://proxy.example.org:3128"),
        WrittenKey(place: .server, name: "connect-timeout", sample: "7s"),
        WrittenKey(place: .server, name: "version", sample: "2.42.1"),
        WrittenKey(place: .server, name: "probe", sample: "false"),
        WrittenKey(place: .server, name: "address-routes-by", sample: "code"),
        WrittenKey(place: .server, name: "session", sample: "false"),
        WrittenKey(place: .server, name: "redact", sample: "[ssn]"),
        WrittenKey(place: .server, name: "redact: [", sample: "iban", suffix: "]"),
        WrittenKey(place: .tls, name: "ca", sample: "ca.pem"),
        WrittenKey(place: .tls, name: "cert", sample: "cert.pem"),
        WrittenKey(place: .tls, name: "key", sample: "key.pem", companions: ["cert: other.pem"]),
        WrittenKey(place: .tls, name: "verify", sample: "false"),
        WrittenKey(place: .check, name: "route", sample: "chap"),
        WrittenKey(place: .check, name: "path", sample: "v1/models"),
        WrittenKey(place: .params, name: "page", sample: "2"),
        WrittenKey(place: .params, name: "sort: [", sample: "age", suffix: "]"),
        WrittenKey(place: .check, name: "method", sample: "PUT"),
        WrittenKey(place: .headers, name: "X-Trace", sample: "abc"),
        WrittenKey(place: .check, name: "body", sample: "a body", companions: ["method: POST"]),
        WrittenKey(place: .check, name: "body", sample: "{a: [1]}", companions: ["method: POST"]),
        WrittenKey(place: .check, name: "body: {a: ", sample: "7", companions: ["method: POST"], suffix: "}"),
        WrittenKey(place: .check, name: "body-file", sample: "body.json", companions: ["method: POST"]),
        WrittenKey(place: .check, name: "name", sample: "a check"),
        WrittenKey(place: .check, name: "tags", sample: "[smoke]"),
        WrittenKey(place: .check, name: "tags: [", sample: "nightly", suffix: "]"),
        WrittenKey(place: .check, name: "timeout", sample: "8s"),
        WrittenKey(place: .check, name: "matrix", sample: "{m: [1, 2]}"),
        WrittenKey(place: .check, name: "matrix: {m: [", sample: "axis", suffix: "]}"),
        WrittenKey(place: .check, name: "rows", sample: "[{r: 1}]"),
        WrittenKey(place: .check, name: "rows: [{r: ", sample: "row value", suffix: "}]"),
        WrittenKey(place: .check, name: "skip", sample: "broken since May"),
        WrittenKey(place: .check, name: "only", sample: "true"),
        WrittenKey(place: .check, name: "allow-failure", sample: "known bug"),
        WrittenKey(place: .check, name: "allow-failure: {reason: ", sample: "known bug", suffix: "}"),
        WrittenKey(place: .check, name: "allow-failure: {until: ", sample: "9999-12-31", suffix: "}"),
        WrittenKey(place: .check, name: "expect", sample: "404"),
        WrittenKey(place: .check, name: "expect", sample: "[404, 5xx]"),
        WrittenKey(place: .check, name: "expect: [", sample: "403", suffix: "]"),
        WrittenKey(place: .retry, name: "attempts", sample: "3"),
        WrittenKey(place: .retry, name: "delay", sample: "2s"),
        WrittenKey(place: .retry, name: "factor", sample: "1.5"),
        WrittenKey(place: .retry, name: "max-delay", sample: "40s"),
        WrittenKey(place: .retry, name: "jitter", sample: "0.5"),
        WrittenKey(place: .retry, name: "on", sample: "[503]"),
        WrittenKey(place: .retry, name: "on: [", sample: "connect", suffix: "]"),
        WrittenKey(place: .retry, name: "non-idempotent", sample: "true"),
        WrittenKey(place: .expect, name: "status", sample: "401"),
        WrittenKey(place: .expect, name: "from", sample: "dhis2"),
        WrittenKey(place: .expectHeaders, name: "ETag", sample: "v1"),
        WrittenKey(place: .expectHeaders, name: "Content-Language", sample: "{starts-with: en}"),
        WrittenKey(place: .expect, name: "content-type", sample: "text/csv"),
        WrittenKey(place: .expect, name: "body", sample: "pong"),
        WrittenKey(place: .json, name: "$.status", sample: "UP"),
        WrittenKey(place: .json, name: "$.a: {equals: ", sample: "1", suffix: "}"),
        WrittenKey(place: .json, name: "$.b: {one-of: [", sample: "x", suffix: "]}"),
        WrittenKey(place: .expect, name: "max-duration", sample: "9s"),
        WrittenKey(place: .expect, name: "max-size", sample: "10MB"),
        WrittenKey(place: .matcher, name: "equals", sample: "d"),
        WrittenKey(place: .matcher, name: "not", sample: "e"),
        WrittenKey(place: .matcher, name: "contains", sample: "f"),
        WrittenKey(place: .matcher, name: "starts-with", sample: "g"),
        WrittenKey(place: .matcher, name: "ends-with", sample: "h"),
        WrittenKey(place: .matcher, name: "matches", sample: "i+"),
        WrittenKey(place: .matcher, name: "one-of", sample: "[j, k]"),
        WrittenKey(place: .matcher, name: "exists", sample: "true"),
        WrittenKey(place: .matcher, name: "type", sample: "string"),
        WrittenKey(place: .matcher, name: "length", sample: "5"),
        WrittenKey(place: .matcher, name: "greater-than", sample: "1"),
        WrittenKey(place: .matcher, name: "at-least", sample: "2"),
        WrittenKey(place: .matcher, name: "less-than", sample: "9"),
        WrittenKey(place: .matcher, name: "at-most", sample: "8"),
        WrittenKey(place: .matcher, name: "every", sample: "x"),
        WrittenKey(place: .matcher, name: "any", sample: "x"),
        WrittenKey(place: .matcher, name: "none", sample: "x"),
        WrittenKey(place: .matcher, name: "count", sample: "0"),
    ]
}

/// A way to write the value of a key.
enum WrittenWay: String, Sendable, CaseIterable {
    case literal, quoted, null, tilde, nothing, emptyText
    case set, setWithDefault, setWithMessage
    case unset, unsetWithDefault, unsetWithEmptyDefault, unsetWithMessage
    case empty, emptyWithDefault, emptyWithMessage, severalEmpty, textBesideEmpty
    case commandLine, variable, variableOfNull, variableOfNothing
    case ownName, ownNameFromEnvironment, ownNameUnset, ownNameWithMessage, circle
    case alias, merge, escaped
    case number, truth, list, map
}

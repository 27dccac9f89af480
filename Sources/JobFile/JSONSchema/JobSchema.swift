internal import JSONDocument
internal import Matching

/// The JSON Schema (2020-12) of the job-file language, for editors and validators.
///
/// It is made from the tables of keys by which the decoder goes, so the two cannot drift apart.
public enum JobSchema {
    /// The schema as indented JSON that ends in a line break.
    public static var text: String {
        document.text(.pretty) + "\n"
    }

    static var document: JSONValue {
        var root = object(RootKey.allCases, requiring: [.checks])
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        root["title"] = "routecheck job file"
        root["$defs"] = .object(JSONObject(definitions.map { JSONObject.Member(name: $0.0, value: $0.1) }))
        return .object(root)
    }

    private static var definitions: [(String, JSONValue)] {
        let checks = exclusive([.body, .bodyFile] as [CheckKey])
        var server = object(ServerKey.allCases)
        server["allOf"] = .array(JobReader.exclusive.map { exclusive($0) })
        var tls = object(TLSKey.allCases)
        tls["dependentRequired"] = ["key": ["cert"]]
        var check = object(CheckKey.allCases, requiring: [.route])
        check["allOf"] = [checks]
        var defaults = object(CheckKey.allCases.filter(\.canDefault))
        defaults["allOf"] = [checks]
        let textKeys = MatcherKey.allCases.filter { $0.condition.applies.contains(.text) }
        return [
            ("interpolated", ["type": "string", "pattern": #"\$\{"#]),
            ("server", .object(server)),
            ("tls", .object(tls)),
            ("check", .object(check)),
            ("defaults", .object(defaults)),
            ("retry", .object(object(RetryKey.allCases))),
            ("expect", .object(object(ExpectKey.allCases))),
            ("matcher", matcher(MatcherKey.allCases)),
            ("text-matcher", matcher(textKeys, own: "text-matcher")),
            ("count-matcher", countMatcher),
            ("status", status),
            ("duration", duration(#"^(?=.*[1-9])"#)),
            ("delay", duration(#"^(?=.)"#)),
            ("size", orInterpolated(["type": "integer", "minimum": 0], pattern(#"^[0-9]+([kKMG]B|[KMG]iB|B)?$"#))),
        ]
    }

    // MARK: Objects

    private static func object<Key: JobKey>(_ keys: [Key], requiring required: [Key] = []) -> JSONObject {
        var object: JSONObject = JSONObject([
            JSONObject.Member(name: "type", value: "object"),
            JSONObject.Member(name: "additionalProperties", value: false),
            JSONObject.Member(name: "properties", value: properties(keys) { $0.schema.json }),
        ])
        if !required.isEmpty { object["required"] = .array(required.map { .string($0.rawValue) }) }
        return object
    }

    private static func described(_ schema: JSONValue, _ summary: String) -> JSONValue {
        var members = JSONObject([JSONObject.Member(name: "description", value: .string(summary))])
        for member in schema.object ?? JSONObject() { members[member.name] = member.value }
        return .object(members)
    }

    /// Keys that cannot stand together.
    private static func exclusive<Key: JobKey>(_ keys: [Key]) -> JSONValue {
        ["not": ["required": .array(keys.map { .string($0.rawValue) })]]
    }

    // MARK: Matchers

    /// A matcher of a value or of a text.
    private static func matcher(_ keys: [MatcherKey], own: String = "matcher") -> JSONValue {
        let properties = properties(keys) { key in
            if case .matcher = key.condition.operand { ["$ref": .string("#/$defs/\(own)")] } else { key.schema.json }
        }
        let conditions: JSONValue = [
            "type": "object", "additionalProperties": false, "properties": properties, "minProperties": 1,
        ]
        return ["anyOf": [Schema.scalarOrNull, conditions]]
    }

    /// A matcher of a length or a number of nodes.
    private static var countMatcher: JSONValue {
        let whole = orInterpolated(["type": "integer", "minimum": 0])
        let keys = MatcherKey.allCases.filter { $0.condition.applies.contains(.amount) }
        let properties = properties(keys) { key in
            switch key.condition.operand {
            case .value, .nonEmptyValue, .bound: whole
            case .values: ["type": "array", "minItems": 1, "items": whole]
            case .matcher: ["$ref": "#/$defs/count-matcher"]
            case .text, .pattern, .flag, .type, .memberMatcher, .amount: key.schema.json
            }
        }
        let conditions: JSONValue = [
            "type": "object", "additionalProperties": false, "minProperties": 1, "properties": properties,
        ]
        return ["anyOf": [whole, conditions]]
    }

    private static func properties<Key: JobKey>(_ keys: [Key], schema: (Key) -> JSONValue) -> JSONValue {
        .object(
            JSONObject(
                keys.map { JSONObject.Member(name: $0.rawValue, value: described(schema($0), $0.summary)) }
            )
        )
    }

    // MARK: Scalars

    private static var status: JSONValue {
        let one = orInterpolated(
            ["type": "integer", "minimum": 100, "maximum": 599],
            pattern("^[1-5]([0-9]{2}(-[1-5][0-9]{2})?|xx|XX)$")
        )
        return ["anyOf": [one, ["type": "array", "minItems": 1, "items": one]]]
    }

    private static func duration(_ start: String) -> JSONValue {
        orInterpolated(pattern(start + "([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$"))
    }

    static func pattern(_ pattern: String) -> JSONValue {
        ["type": "string", "pattern": .string(pattern)]
    }

    /// A value of one of some kinds, or text with a `${…}` in it, of which a schema can say nothing.
    static func orInterpolated(_ schemas: JSONValue...) -> JSONValue {
        ["anyOf": .array(schemas + [["$ref": "#/$defs/interpolated"]])]
    }
}

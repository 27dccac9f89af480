internal import JSONDocument

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
        return [
            ("interpolated", ["type": "string", "pattern": #"\$\{"#]),
            ("server", .object(server)),
            ("tls", .object(tls)),
            ("check", .object(check)),
            ("defaults", .object(defaults)),
            ("retry", .object(object(RetryKey.allCases))),
            ("expect", .object(object(ExpectKey.allCases))),
            ("matcher", matcher(MatcherKey.allCases)),
            ("text-matcher", matcher(MatcherKey.allCases.filter(\.appliesToText), not: "text-matcher")),
            ("count-matcher", countMatcher),
            ("status", status),
            ("duration", duration(#"^(?=.*[1-9])"#)),
            ("delay", duration(#"^(?=.)"#)),
            ("size", orInterpolated(["type": "integer", "minimum": 0], pattern(#"^[0-9]+([kKMG]B|[KMG]iB|B)?$"#))),
        ]
    }

    // MARK: Objects

    private static func object<Key: JobKey>(_ keys: [Key], requiring required: [Key] = []) -> JSONObject {
        let properties = keys.map { key in
            JSONObject.Member(name: key.rawValue, value: described(key.schema.json, key.summary))
        }
        var object: JSONObject = JSONObject([
            JSONObject.Member(name: "type", value: "object"),
            JSONObject.Member(name: "additionalProperties", value: false),
            JSONObject.Member(name: "properties", value: .object(JSONObject(properties))),
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

    private static func matcher(_ keys: [MatcherKey], not own: String = "matcher") -> JSONValue {
        var conditions = object(keys)
        if let not = conditions["properties"]?["not"]?.object?["description"] {
            var properties = conditions["properties"]?.object ?? JSONObject()
            properties["not"] = ["description": not, "$ref": .string("#/$defs/\(own)")]
            conditions["properties"] = .object(properties)
        }
        conditions["minProperties"] = 1
        return ["anyOf": [Schema.scalarOrNull, .object(conditions)]]
    }

    private static var countMatcher: JSONValue {
        let whole = orInterpolated(["type": "integer", "minimum": 0])
        let own: JSONValue = ["$ref": "#/$defs/count-matcher"]
        let many: JSONValue = ["type": "array", "minItems": 1, "items": whole]
        let keys: [(MatcherKey, JSONValue)] = [
            (.equals, whole), (.not, own), (.oneOf, many), (.greaterThan, whole), (.atLeast, whole), (.lessThan, whole),
            (.atMost, whole),
        ]
        let properties = keys.map { key, schema in
            JSONObject.Member(name: key.rawValue, value: described(schema, key.summary))
        }
        let conditions: JSONValue = [
            "type": "object", "additionalProperties": false, "minProperties": 1,
            "properties": .object(JSONObject(properties)),
        ]
        return ["anyOf": [whole, conditions]]
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

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
        var root = object(RootKeys.section.keys)
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        root["title"] = "routecheck job file"
        root["$defs"] = .object(JSONObject(definitions.map { JSONObject.Member(name: $0.0, value: $0.1) }))
        return .object(root)
    }

    private static var definitions: [(String, JSONValue)] {
        var server = object(ServerKeys.section.keys)
        server["allOf"] = exclusions(of: ServerKeys.section)
        var tls = object(TLSKeys.section.keys)
        tls["dependentRequired"] = .object(
            JSONObject([
                JSONObject.Member(name: TLSKeys.key.name, value: [.string(TLSKeys.certificate.name)])
            ])
        )
        var allowedFailure = object(WaiverKeys.section.keys)
        allowedFailure["minProperties"] = 1
        var check = object(CheckKeys.section.keys)
        check["allOf"] = exclusions(of: CheckKeys.section)
        var defaults = object(CheckKeys.section.keys.filter { !$0.traits.contains(.ownOnly) })
        defaults["allOf"] = exclusions(of: CheckKeys.section)
        return [
            ("interpolated", ["type": "string", "pattern": #"\$\{"#]),
            ("server", .object(server)),
            ("tls", .object(tls)),
            ("check", .object(check)),
            ("defaults", .object(defaults)),
            ("allowed-failure", .object(allowedFailure)),
            ("retry", .object(object(RetryKeys.section.keys))),
            ("expect", .object(object(ExpectKeys.section.keys))),
            ("matcher", matcher(ConditionKind.all)),
            ("text-matcher", matcher(ConditionKind.all.filter { $0.applies.contains(.text) }, own: "text-matcher")),
            ("count-matcher", countMatcher),
            ("status", status),
            ("duration", duration(#"^(?=.*[1-9])"#)),
            ("delay", duration(#"^(?=.)"#)),
            ("size", orInterpolated(["type": "integer", "minimum": 0], pattern(#"^[0-9]+([kKMG]B|[KMG]iB|B)?$"#))),
        ]
    }

    // MARK: Objects

    private static func object<Draft>(_ keys: [Key<Draft>]) -> JSONObject {
        let properties = properties(keys.map { ($0.name, $0.summary, $0.schema.json) })
        var object: JSONObject = JSONObject([
            JSONObject.Member(name: "type", value: "object"),
            JSONObject.Member(name: "additionalProperties", value: false),
            JSONObject.Member(name: "properties", value: properties),
        ])
        let required = keys.filter { $0.traits.contains(.required) }
        if !required.isEmpty { object["required"] = .array(required.map { .string($0.name) }) }
        return object
    }

    private static func properties(_ rows: [(name: String, summary: String, schema: JSONValue)]) -> JSONValue {
        .object(
            JSONObject(rows.map { JSONObject.Member(name: $0.name, value: described($0.schema, $0.summary)) })
        )
    }

    private static func described(_ schema: JSONValue, _ summary: String) -> JSONValue {
        var members = JSONObject([JSONObject.Member(name: "description", value: .string(summary))])
        for member in schema.object ?? JSONObject() { members[member.name] = member.value }
        return .object(members)
    }

    /// Says which keys cannot stand together.
    private static func exclusions<Draft>(of section: Section<Draft>) -> JSONValue {
        .array(section.exclusive.map { keys in ["not": ["required": .array(keys.map { .string($0.name) })]] })
    }

    // MARK: Matchers

    /// A matcher of a value or of a text.
    private static func matcher(_ kinds: [ConditionKind], own: String = "matcher") -> JSONValue {
        let properties = conditions(kinds) { kind in
            if case .matcher = kind.operand { .reference(own) } else { ConditionKeys.schema(of: kind) }
        }
        let map: JSONValue = [
            "type": "object", "additionalProperties": false, "properties": properties, "minProperties": 1,
        ]
        return ["anyOf": [Schema.scalarOrNull, map]]
    }

    /// A matcher of a length or a number of nodes.
    private static var countMatcher: JSONValue {
        let whole = Schema.integer(0...Int.max)
        let properties = conditions(ConditionKind.all.filter { $0.applies.contains(.amount) }) { kind in
            switch kind.operand {
            case .value, .nonEmptyValue, .bound: whole
            case .values: .list(of: whole, atLeast: 1)
            case .matcher: .reference("count-matcher")
            case .text, .pattern, .flag, .type, .memberMatcher, .amount: ConditionKeys.schema(of: kind)
            }
        }
        let map: JSONValue = [
            "type": "object", "additionalProperties": false, "minProperties": 1, "properties": properties,
        ]
        return ["anyOf": [whole.json, map]]
    }

    private static func conditions(_ kinds: [ConditionKind], schema: (ConditionKind) -> Schema) -> JSONValue {
        properties(kinds.map { ($0.name, $0.summary, schema($0).json) })
    }

    // MARK: Scalars

    private static var status: JSONValue {
        let one = orInterpolated(
            [
                "type": "integer", "minimum": .number(JSONNumber(StatusText.codes.lowerBound)),
                "maximum": .number(JSONNumber(StatusText.codes.upperBound)),
            ],
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

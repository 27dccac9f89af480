internal import HTTPVocabulary
internal import JSONDocument

extension Schema {
    /// Any scalar that YAML can hold, also none.
    static let scalarOrNull: JSONValue = ["type": ["string", "number", "boolean", "null"]]

    private static let variableNames = JobSchema.pattern("^[A-Za-z_][A-Za-z0-9_.-]*$")

    /// The JSON Schema of the values.
    var json: JSONValue {
        switch self {
        case .reference(let name):
            ["$ref": .string("#/$defs/\(name)")]
        case .anything:
            [:]
        case .nonEmpty:
            ["not": ["const": ""]]
        case .notNull:
            ["not": ["type": "null"]]
        case .text:
            Self.scalarOrNull
        case .nonEmptyText:
            ["type": ["string", "number", "boolean"], "minLength": 1]
        case .plainText:
            ["type": ["string", "number", "boolean"], "minLength": 1, "pattern": .string("^\(Self.printable)*$")]
        case .reason:
            JobSchema.orInterpolated(JobSchema.pattern(#"[A-Za-z]{2}|[^\u0000-\u007f]"#))
        case .token:
            JobSchema.orInterpolated(JobSchema.pattern("^[!-~]+$"), ["type": "number"])
        case .username:
            [
                "type": ["string", "number", "boolean"], "minLength": 1,
                "pattern": #"^([^:\u0000-\u001f\u007f-\u009f]|\$\{[^}]*\})*$"#,
            ]
        case .numberOrText:
            ["type": ["string", "number"]]
        case .boolean:
            // Loaders that follow YAML 1.2 take a plain yes or no for text.
            JobSchema.orInterpolated(
                ["type": "boolean"],
                JobSchema.pattern("^([Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff])$")
            )
        case .integer(let range):
            JobSchema.orInterpolated(
                range.upperBound == Int.max
                    ? ["type": "integer", "minimum": Self.number(range.lowerBound)]
                    : [
                        "type": "integer", "minimum": Self.number(range.lowerBound),
                        "maximum": Self.number(range.upperBound),
                    ]
            )
        case .number(let range):
            JobSchema.orInterpolated(
                range.upperBound == .infinity
                    ? ["type": "number", "minimum": Self.number(Int(range.lowerBound))]
                    : [
                        "type": "number", "minimum": Self.number(Int(range.lowerBound)),
                        "maximum": Self.number(Int(range.upperBound)),
                    ]
            )
        case .pattern(let pattern):
            JobSchema.orInterpolated(JobSchema.pattern(pattern))
        case .choice(let names):
            JobSchema.orInterpolated(["enum": .array(names.map { .string($0) })])
        case .list(let item, let least):
            least > 0
                ? ["type": "array", "minItems": Self.number(least), "items": item.json]
                : ["type": "array", "items": item.json]
        case .map(let value):
            ["type": "object", "additionalProperties": value.json]
        case .named(let value):
            ["type": "object", "propertyNames": Self.variableNames, "additionalProperties": value.json]
        case .nonEmptyNamed(let value):
            [
                "type": "object", "propertyNames": Self.variableNames, "minProperties": 1,
                "additionalProperties": value.json,
            ]
        case .headers(let value):
            [
                "type": "object",
                "propertyNames": JobSchema.pattern("^(?!(\(Self.refusedFields))$)[!#$%&'*+.^_`|~0-9A-Za-z-]+$"),
                "additionalProperties": value.json,
            ]
        case .headerText:
            [
                "type": ["string", "number", "boolean", "null"],
                "pattern": .string(#"^[^\u0000-\u0008\u000a-\u001f\u007f-\u009f]*$"#),
            ]
        case .paths(let value):
            [
                "type": "object", "propertyNames": JobSchema.pattern(#"^\$"#), "minProperties": 1,
                "additionalProperties": value.json,
            ]
        case .anyOf(let schemas):
            ["anyOf": .array(schemas.map(\.json))]
        case .version:
            JobSchema.orInterpolated(
                ["type": "number", "minimum": 2, "exclusiveMaximum": 3],
                JobSchema.pattern(#"^2(\.[0-9]{1,4}){1,3}$"#)
            )
        case .path:
            JobSchema.orInterpolated(["type": ["number", "boolean"]], JobSchema.pattern(Self.pathPattern))
        }
    }

    private static let printable = #"[^\u0000-\u001f\u007f-\u009f]"#

    /// Fields that cannot be set, in any letter case, which a schema's patterns cannot ignore otherwise.
    private static var refusedFields: String {
        RefusedFields.framing.union([RefusedFields.crossOrigin]).map { $0.spelling.lowercased() }.sorted().map { name in
            name.map { $0.isLetter ? "[\($0)\($0.uppercased())]" : "\($0)" }.joined()
        }.joined(separator: "|")
    }

    /// Segments that are neither empty nor dots, without a query, a fragment, a backslash, `%` and `;`.
    private static var pathPattern: String {
        let segment = #"(?!\.{1,2}(/|$))[^/?#\\%;\u0000-\u001f\u007f-\u009f]+"#
        // DHIS2 answers these itself.
        let gist = #"(?!/?gist(\.csv|/)?$)"#
        return "^\(gist)/?(\(segment)(/\(segment))*/?)?$"
    }

    private static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }
}

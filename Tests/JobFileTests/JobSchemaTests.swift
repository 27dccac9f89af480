import FoundationEssentials
import HTTPVocabulary
import JSONDocument
import JobFile
import Testing

@Suite struct JobSchemaTests {
    private let schema: JSONValue

    init() throws {
        schema = try JSONValue(parsing: JobSchema.text)
    }

    @Test func isWhatEditorsAreGiven() throws {
        let root = #filePath.dropLast("Tests/JobFileTests/JobSchemaTests.swift".count)
        let kept = try Data(contentsOf: URL(filePath: root + "jobs/job.schema.json"))
        #expect(String(decoding: kept, as: UTF8.self) == JobSchema.text)
    }

    @Test func namesItsDialect() {
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test func definesWhatItRefersTo() {
        var references: Set<String> = []
        func visit(_ value: JSONValue) {
            if let target = value["$ref"]?.string { references.insert(target) }
            for member in value.object ?? JSONObject() { visit(member.value) }
            for item in value.array ?? [] { visit(item) }
        }
        visit(schema)
        let defined = Set((schema["$defs"]?.object ?? JSONObject()).map { "#/$defs/\($0.name)" })
        #expect(references == defined)
    }

    @Test func describesEveryKey() {
        var silent: [String] = []
        func visit(_ value: JSONValue) {
            for property in value["properties"]?.object ?? JSONObject() {
                let description = property.value["description"]?.string
                if description?.hasSuffix(".") != true { silent.append(property.name) }
            }
            for member in value.object ?? JSONObject() { visit(member.value) }
            for item in value.array ?? [] { visit(item) }
        }
        visit(schema)
        #expect(silent == [])
    }

    @Test func knowsTheKeysOfTheLanguage() {
        let keys = (schema["properties"]?.object ?? JSONObject()).map(\.name)
        #expect(
            keys == [
                "name", "description", "server", "vars", "concurrency", "route-concurrency", "rate", "deadline",
                "max-failures", "defaults", "checks",
            ]
        )
        #expect(schema["$defs"]?["check"]?["required"] == ["route"])
        #expect(schema["$defs"]?["check"]?["additionalProperties"] == false)
        #expect(schema["$defs"]?["defaults"]?["properties"]?["route"] == nil)
    }

    /// An editor is to accept what can be sent, and nothing else.
    @Test func takesTheHeaderFieldsThatCanBeSent() throws {
        let headers = try #require(schema["$defs"]?["check"]?["properties"]?["headers"])
        let namePattern = try #require(headers["propertyNames"]?["pattern"]?.string)
        let valuePattern = try #require(headers["additionalProperties"]?["pattern"]?.string)
        let name = try Regex(namePattern).matchingSemantics(.unicodeScalar)
        let value = try Regex(valuePattern).matchingSemantics(.unicodeScalar)
        for scalar in (0..<0x200).compactMap({ Unicode.Scalar($0 as UInt32) }) {
            let text = "X\(scalar)x"
            #expect((text.firstMatch(of: name) != nil) == (HTTPFieldName(text) != nil), "\(scalar.value)")
            let canSend = HTTPField(name: .accept, value: text) != nil
            #expect((text.firstMatch(of: value) != nil) == canSend, "\(scalar.value)")
        }
    }
}

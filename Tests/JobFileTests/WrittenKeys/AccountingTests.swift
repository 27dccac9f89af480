import SourceDiagnostics
import Testing
import YAMLTree

@testable import JobFile

/// The guard that holds for all keys: no value vanishes in silence.
struct AccountingTests {
    /// A key whose reader loses every value without a word, as no reader of the language should.
    private static let section = Section<[String]>([
        Key("lost", ValueType<String>(.text) { _, _, _ in nil }, "A value.", into: { $0.append($1) }),
        Key("kept", ValueType<String>(.text) { _, node, _ in node.text }, "A value.", into: { $0.append($1) }),
        Key("reported", .text, "A value.", into: { $0.append($1) }),
    ])

    private func read(_ text: String) throws -> (values: [String], context: JobContext) {
        let source = SourceText(name: "job.yaml", text: text)
        let root = try YAMLParser.parse(source, marking: UInt8(ascii: "$")).root
        var context = JobContext(source: source, decoder: JobDecoder(files: .none), keyNames: [])
        var values: [String] = []
        for entry in context.entries(of: Layered(root), "a map", Self.section) ?? [] {
            entry.key.read(entry, into: &values, in: &context)
        }
        return (values, context)
    }

    @Test func aValueThatIsLostInSilenceIsAnInternalError() throws {
        let (values, context) = try read("kept: a\nlost: b\n")
        #expect(values == ["a"])
        #expect(context.hasInternalFault)
        #expect(
            context.diagnostics.map(\.summary) == [
                "job.yaml:2:1: error: internal error: the value of \"lost\" was lost"
            ]
        )
        #expect(
            context.diagnostics.map(\.help) == ["this is an error in routecheck, not in the file; please report it"]
        )
    }

    @Test(arguments: ["reported: ''\nkept: a\n", "reported: ${UNSET}\nkept: a\n", "reported: [a]\nkept: a\n"])
    func aValueThatIsWrongIsNone(text: String) throws {
        let (values, context) = try read(text)
        #expect(values == ["a"])
        #expect(!context.hasInternalFault)
        #expect(context.diagnostics.count == 1)
    }

    @Test func aNameOfTheAuthorsOwnIsHeldToItToo() throws {
        var (_, context) = try read("kept: a\n")
        let source = SourceText(name: "job.yaml", text: "X-A: 1\nX-B: 2\n")
        let map = Layered(try YAMLParser.parse(source, marking: UInt8(ascii: "$")).root)
        let values = context.openValues(of: map, "headers") { _, key, value in
            key.text == "X-B" ? nil : value.own.text
        }
        #expect(values == ["1"])
        #expect(
            context.diagnostics.map(\.summary) == ["job.yaml:2:1: error: internal error: the value of \"X-B\" was lost"]
        )
    }
}

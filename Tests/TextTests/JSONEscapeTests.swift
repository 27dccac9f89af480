import FoundationEssentials
import Testing
import Text

/// Strings of JSON, read back by the toolchain's own reader.
@Suite struct JSONEscapeTests {
    private static let texts = [
        "", "plain", "\"quoted\" \\ back", "tab\tfeed\nreturn\r", "\u{0}\u{1}\u{1F}\u{7F}", "\u{8}\u{C}", "é漢🎉",
        "\u{2028}\u{202E}\u{FEFF}\u{FFFE}\u{FFFF}", "\u{E0041}\u{10FFFF}", "\u{200B}\u{2060}", "\r\n",
    ]

    @Test(arguments: texts)
    func readsBackWhatItWrites(text: String) throws {
        var bytes: [UInt8] = []
        JSONEscape.write(text, into: &bytes)
        #expect(try Self.read(bytes) == text)
        #expect(try Self.read(Array(JSONEscape.visible(text).utf8)) == text)
    }

    @Test func hasAnEscapeForEveryScalarOfTheFirstPlane() throws {
        let scalars = (0...0xFFFF).compactMap(Unicode.Scalar.init(_:)) + ["\u{10000}", "\u{10FFFF}"]
        let document = "\"\(scalars.map(JSONEscape.of).joined())\""
        #expect(document.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        #expect(Array(try Self.read(Array(document.utf8)).unicodeScalars) == scalars)
    }

    @Test func hidesNothing() {
        #expect(JSONEscape.visible("a\u{202E}b\u{200B}\u{1B}é") == "\"a\\u202eb\\u200b\\u001bé\"")
    }

    private static func read(_ bytes: [UInt8]) throws -> String {
        try JSONDecoder().decode([String].self, from: Data("[".utf8) + Data(bytes) + Data("]".utf8))[0]
    }
}

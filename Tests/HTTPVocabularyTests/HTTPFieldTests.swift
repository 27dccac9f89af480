import HTTPVocabulary
import TestNumbers
import Testing

struct HTTPFieldTests {
    private func arrived(_ bytes: [UInt8]) -> String {
        HTTPField(name: .accept, received: bytes.span).value
    }

    @Test(arguments: [
        "", "a", "a b", "a\tb", "a, b", "\"quoted\"", "text/csv;q=0.1, */*", "é", "日本", "\u{A0}", "\u{3000}a",
        "a\u{2028}b", "\u{FFFD}", "🙂", "e\u{301}",
    ])
    func sendsWhatAFieldCanCarry(value: String) throws {
        let field = try #require(HTTPField(name: .accept, value: value))
        #expect(field.value.unicodeScalars.elementsEqual(value.unicodeScalars))
        #expect(field.name == .accept)
    }

    @Test(arguments: [
        " ", "\t", " a", "a ", "\ta", "a\t", " a ", "a\r\nX-B: c", "a\n", "\r", "a\rb", "a\0b", "\0", "a\u{1B}[31m",
        "a\u{7F}", "\u{85}", "a\u{80}", "é\u{9F}é", "\r\n b",
    ])
    func refusesWhatItCannot(value: String) {
        #expect(HTTPField(name: .accept, value: value) == nil)
    }

    @Test(arguments: (UInt8.min...UInt8.max).map { Unicode.Scalar($0) })
    func sendsEveryCharacterButControls(scalar: Unicode.Scalar) {
        let isControl = scalar.properties.generalCategory == .control
        let isBlank = scalar == " " || scalar == "\t"
        let (inside, alone) = ("a\(scalar)b", "\(scalar)")
        #expect((HTTPField(name: .accept, value: inside) != nil) == (!isControl || isBlank))
        for text in [alone, "a\(scalar)", "\(scalar)b"] {
            #expect((HTTPField(name: .accept, value: text) != nil) == (!isControl && !isBlank))
        }
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func takesEveryByteThatArrives(byte: UInt8) {
        let isBlank = byte <= 0x20 || byte == 0x7F
        let text = byte == 0x09 ? "\t" : isBlank ? " " : byte < 0x80 ? String(Unicode.Scalar(byte)) : "\u{FFFD}"
        let outside = isBlank ? "" : text
        #expect(arrived([0x61, byte, 0x62]) == "a\(text)b")
        #expect(arrived([byte]) == outside)
        #expect(arrived([byte, 0x61]) == "\(outside)a")
        #expect(arrived([0x61, byte]) == "a\(outside)")
        let long = [UInt8](repeating: 0x61, count: 40)
        #expect(arrived(long + [byte] + long) == String(decoding: long, as: UTF8.self) + text + arrived(long))
    }

    @Test(
        arguments: [
            ([], ""), (Array("a\r\n b".utf8), "a   b"), (Array("\0\0".utf8), ""), (Array(" \t a \t ".utf8), "a"),
            (Array("a\0\0b".utf8), "a  b"), (Array("é日本🙂".utf8), "é日本🙂"), (Array("\u{85}".utf8), "\u{85}"),
            ([0xC3], "\u{FFFD}"), ([0xC3, 0x28], "\u{FFFD}("), ([0x61, 0xC0, 0x80, 0x62], "a\u{FFFD}\u{FFFD}b"),
            ([0xE9, 0x00, 0xE9], "\u{FFFD} \u{FFFD}"), ([0xF0, 0x9F, 0x99], "\u{FFFD}"),
        ] as [([UInt8], String)]
    )
    func keepsTheRestOfWhatArrives(bytes: [UInt8], value: String) {
        #expect(arrived(bytes) == value)
    }

    /// What came can be passed on.
    @Test(arguments: 0..<200)
    func canSendWhatHasArrived(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            // Often what matters, so that blanks and controls come side by side.
            Bool.random(using: &random)
                ? UInt8.random(in: 0...0x22, using: &random) : .random(in: 0...0x7F, using: &random)
        }
        let field = HTTPField(name: .accept, received: bytes.span)
        #expect(HTTPField(name: .accept, value: field.value) == field)
        #expect(field.value.utf8.count <= bytes.count)
    }

    @Test(arguments: [
        ("Accept", "a", "accept", "a", true), ("Accept", "a", "ACCEPT", "a", true),
        ("Accept", "a", "Accept", "A", false),
        ("Accept", "a", "Accepts", "a", false), ("Accept", "", "Accept", "a", false),
        ("Accept", "ab", "Accept", "a", false),
        // Canonically equivalent, but other bytes.
        ("Accept", "\u{E9}", "Accept", "e\u{301}", false),
        ("Accept", "a\u{323}\u{307}", "Accept", "a\u{307}\u{323}", false),
        ("Accept", "more than fifteen bytes é", "accept", "more than fifteen bytes é", true),
        ("Accept", "more than fifteen bytes, a", "Accept", "more than fifteen bytes, b", false),
    ])
    func comparesNamesWithoutCaseAndValuesByByte(
        name: String,
        value: String,
        otherName: String,
        otherValue: String,
        isEqual: Bool
    ) throws {
        let (name, otherName) = (try #require(HTTPFieldName(name)), try #require(HTTPFieldName(otherName)))
        let field = try #require(HTTPField(name: name, value: value))
        let other = try #require(HTTPField(name: otherName, value: otherValue))
        #expect((field == other) == isEqual)
        if isEqual { #expect(field.hashValue == other.hashValue) }
    }
}

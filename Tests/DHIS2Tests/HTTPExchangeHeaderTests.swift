import DHIS2
import HTTPVocabulary
import Testing

/// What becomes of header sections that a server should not have written.
struct HTTPExchangeHeaderTests {
    private func exchange(_ section: [UInt8]) -> HTTPExchange { HTTPExchange(statusCode: 200, headerSection: section) }

    private func lines(_ section: [UInt8]) -> [String] {
        exchange(section).headerFields.map { "\($0.name): \($0.value)" }
    }

    @Test(arguments: [
        ("X-A: 1\r\nx-a:2\nX-B:\t3 \r\n", ["X-A: 1", "x-a: 2", "X-B: 3"]),
        ("X-A:\r\nX-B: \r\n", ["X-A: ", "X-B: "]), ("X-A: b: c", ["X-A: b: c"]), ("X-A:", ["X-A: "]),
        // Blanks before the colon (RFC 9112, section 5.1).
        ("X-A : 1\r\nX-B\t \t:2\r\nX-C\r: 3\r\n", ["X-A: 1", "X-B: 2", "X-C: 3"]),
        // Control characters (RFC 9110, section 5.5) and a CR alone (RFC 9112, section 2.2).
        ("X-A: a\0b\r\nX-B: \0\r\nX-C: \u{1B}[31mred\u{7F}", ["X-A: a b", "X-B: ", "X-C: [31mred"]),
        ("X-A: a\rX-B: c\r\n", ["X-A: a X-B: c"]),
        // Folded lines (RFC 9112, section 5.2).
        ("X-A: a\r\n b\r\nX-B: c", ["X-A: a b", "X-B: c"]),
        ("X-A: a \t\r\n\t \tb\n c\r\n", ["X-A: a b c"]),
        ("X-A:\r\n a\r\n", ["X-A: a"]), ("X-A: a\r\n \r\nX-B: b", ["X-A: a", "X-B: b"]),
        ("X-A : a\r\n X-B: b\r\n", ["X-A: a X-B: b"]), ("X-A: a\r\n ", ["X-A: a"]),
        ("X-A: a\0\r\n \0b", ["X-A: a   b"]),
        // No fields.
        (" X-A: a\r\nX-B: b", ["X-B: b"]), ("no colon\r\nX-B: b\r\n", ["X-B: b"]), (": a\r\n : b\r\n", []),
        ("X A: a\r\nX-\0: b\r\nX-É: c\r\nX-A\r\n : d\r\n", []), ("", []), ("\r\n", []), (":", []), ("\n\n\n", []),
    ])
    func readsFieldsWhateverIsInThem(section: String, expected: [String]) {
        #expect(lines(Array(section.utf8)) == expected)
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func dropsNoFieldBecauseOfItsValue(byte: UInt8) throws {
        let name = try #require(HTTPFieldName("x-debug"))
        for value in [[byte], [byte, byte], [0x61, byte], [byte, 0x61], [0x61, byte, 0x62]] as [[UInt8]] {
            let exchange = exchange(Array("X-Debug:".utf8) + value + Array("\r\nX-Next: 1\r\n".utf8))
            #expect(exchange.headerFields.contains(name))
            #expect(exchange.headerFields.values(of: name).count == 1)
            #expect(exchange.header("x-debug") == exchange.headerFields[name])
            // What follows a line feed is a line of its own.
            if byte != UInt8(ascii: "\n") { #expect(exchange.headerFields.count == 2) }
        }
    }

    @Test func readsBytesThatAreNoText() {
        #expect(lines(Array("X-A: ".utf8) + [0xE9, 0x00, 0x62, 0x0A]) == ["X-A: \u{FFFD} b"])
        #expect(lines(Array("X-A: é\r\n".utf8)) == ["X-A: é"])
        #expect(lines([0x58, 0xFF] + Array(": a\r\n".utf8)) == [])
    }

    @Test(arguments: [
        ("X: 1\r\nRETRY-after : 5\r\nRetry-After: 6", "5"), ("Retry-After:\r\n 5\r\n", "5"), ("Retry-After", nil),
        ("Retry-After:", ""), ("Retry-After: 5\0", "5"), ("Retry\rAfter: 5", nil), ("Retry-Afte: 5", nil), ("", nil),
        (" Retry-After: 5", nil), ("X: 1\r\n Retry-After: 5", nil),
    ])
    func looksUpOneField(section: String, value: String?) {
        #expect(exchange(Array(section.utf8)).header("retry-after") == value)
    }

    @Test(arguments: 0..<300)
    func readsAnySectionAlikeInAllWays(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        let alphabet = Array("aA:: \t\r\n\n\r\n-\0\u{7F}é".utf8)
        let section = (0..<60).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return alphabet[Int(state >> 33) % alphabet.count]
        }
        let exchange = exchange(section)
        #expect(exchange.header("a") == exchange.headerFields.first { $0.name.spelling.lowercased() == "a" }?.value)
        for field in exchange.headerFields {
            #expect(HTTPField(name: field.name, value: field.value) == field)
        }
    }
}

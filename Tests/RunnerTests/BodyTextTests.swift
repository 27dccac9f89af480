import Checks
import DHIS2
import Testing
import Text

@testable import Runner

/// The text of bodies in the encodings that answers come in.
struct BodyTextTests {
    /// A `Content-Type` with the bytes of "état €" in the encoding that it, or a byte order mark, declares.
    private static let encodings: [(String, [UInt8])] = [
        ("text/plain", utf8("état €")),
        ("text/plain;charset=UTF-8", utf8("état €")),
        ("text/plain; charset=\"utf-8\"", utf8("état €")),
        ("text/plain;Charset=utf8", [0xEF, 0xBB, 0xBF] + utf8("état €")),
        ("text/plain; format=flowed; charset = windows-1252", [0xE9, 0x74, 0x61, 0x74, 0x20, 0x80]),
        ("text/plain;charset=ISO-8859-1", [0xE9, 0x74, 0x61, 0x74, 0x20, 0x80]),
        ("text/plain;charset=us-ascii", [0xE9, 0x74, 0x61, 0x74, 0x20, 0x80]),
        ("text/plain;charset=ISO-8859-15", [0xE9, 0x74, 0x61, 0x74, 0x20, 0xA4]),
        ("text/plain;charset=utf-16le", [0xE9, 0, 0x74, 0, 0x61, 0, 0x74, 0, 0x20, 0, 0xAC, 0x20]),
        ("text/plain;charset=UTF-16BE", [0, 0xE9, 0, 0x74, 0, 0x61, 0, 0x74, 0, 0x20, 0x20, 0xAC]),
        // Without a byte order mark the zero bytes of ASCII say which byte comes first.
        ("text/plain;charset=utf-16", [0xE9, 0, 0x74, 0, 0x61, 0, 0x74, 0, 0x20, 0, 0xAC, 0x20]),
        ("text/plain;charset=utf-16", [0, 0xE9, 0, 0x74, 0, 0x61, 0, 0x74, 0, 0x20, 0x20, 0xAC]),
        // A byte order mark wins over what is declared: DHIS2 declares UTF-8 for whatever comes without a charset.
        ("text/plain;charset=UTF-8", [0xFF, 0xFE, 0xE9, 0, 0x74, 0, 0x61, 0, 0x74, 0, 0x20, 0, 0xAC, 0x20]),
        ("text/plain;charset=UTF-8", [0xFE, 0xFF, 0, 0xE9, 0, 0x74, 0, 0x61, 0, 0x74, 0, 0x20, 0x20, 0xAC]),
        ("text/plain;charset=windows-1252", [0xEF, 0xBB, 0xBF] + utf8("état €")),
        ("text/plain;charset=utf-16be", [0xFF, 0xFE, 0xE9, 0, 0x74, 0, 0x61, 0, 0x74, 0, 0x20, 0, 0xAC, 0x20]),
        // The first charset that has a value counts.
        ("text/plain;charset=;charset=latin1;charset=UTF-8", [0xE9, 0x74, 0x61, 0x74, 0x20, 0x80]),
        ("text/plain;a=\"x;charset=utf-16\";charset=UTF-8", utf8("état €")),
    ]

    @Test(arguments: encodings)
    func decodesWhatIsDeclared(contentType: String, bytes: [UInt8]) throws {
        let body = body(bytes, contentType)
        for matcher in ["état €", "{contains: tat}", "{matches: '^é.*€$'}", "{length: 6}", "{not: {contains: X}}"] {
            let messages = try expectation("{body: \(matcher)}").mismatches(body).map(\.message)
            #expect(messages.isEmpty, "\(matcher): \(messages)")
        }
        for matcher in ["etat €", "{contains: X}", "{not: {starts-with: é}}", "{length: 7}"] {
            #expect(try !expectation("{body: \(matcher)}").mismatches(body).isEmpty, "\(matcher)")
        }
    }

    /// Bytes that are no text of their encoding, with "status UP " in ASCII among them.
    private static let undecodable: [(String, [UInt8])] = [
        ("text/plain;charset=UTF-8", utf8("status UP ") + [0xE9, 0x80]),
        ("text/plain", [0xC3] + utf8("status UP ")),
        ("text/plain;charset=shift_jis", [0x83, 0x5C] + utf8("status UP ")),
        ("text/plain;charset=x-user-defined", utf8("status UP ") + [0xFF]),
        ("text/plain;charset=cp850", utf8("status UP ") + [0x82]),
        ("text/plain;charset=utf-16le", utf8("status UP ").flatMap { [$0, 0] } + [0, 0xD8]),
        ("text/plain;charset=utf-16be", utf8("status UP ").flatMap { [0, $0] } + [0]),
    ]

    @Test(arguments: undecodable)
    func findsASCIIInWhateverBytes(contentType: String, bytes: [UInt8]) throws {
        let body = body(bytes, contentType)
        let right = [
            "{contains: status}", "{contains: ' UP '}", "{matches: 'status [A-Z]+'}", "{not: {contains: DOWN}}",
            "{not: status UP}", "{not: {matches: DOWN}}", "{not: {one-of: [UP, DOWN]}}", "{exists: true}",
        ]
        for matcher in right {
            let messages = try expectation("{body: \(matcher)}").mismatches(body).map(\.message)
            #expect(messages.isEmpty, "\(matcher): \(messages)")
        }
        for matcher in ["{contains: DOWN}", "{not: {contains: status}}", "UP", "{exists: false}"] {
            #expect(try !expectation("{body: \(matcher)}").mismatches(body).isEmpty, "\(matcher)")
        }
        for matcher in ["{contains: é}", "{length: 12}", "é", "{matches: é}", "{greater-than: a}"] {
            for matcher in [matcher, "{not: \(matcher)}"] {
                let messages = try expectation("{body: \(matcher)}").mismatches(body).map(\.message)
                #expect(messages.contains { $0.hasSuffix("does not apply to a body that cannot be decoded") })
            }
        }
    }

    /// Where not even ASCII can be told, nothing can.
    @Test(arguments: ["utf-32", "utf-7", "ibm037", "cp1047", "iso-2022-jp", "EBCDIC-CP-FR"])
    func judgesNothingInAnEncodingWithoutASCII(charset: String) throws {
        let body = body(Self.utf8("status UP"), "text/plain;charset=\(charset)")
        for matcher in ["{contains: UP}", "{not: {contains: DOWN}}", "{not: DOWN}", "{length: 9}", "{matches: U}"] {
            let messages = try expectation("{body: \(matcher)}").mismatches(body).map(\.message)
            let reason = "got 9 bytes in the charset \"\(charset.lowercased())\", which routecheck does not know: "
            #expect(messages.count == 1 && messages[0].contains(reason), "\(messages)")
        }
        #expect(try expectation("{body: {exists: true}}").mismatches(body).isEmpty)
        #expect(try expectation("{body: {exists: false}}").mismatches(self.body([], "a/b;charset=\(charset)")).isEmpty)
    }

    @Test(arguments: ["shift_jis", "gb18030", "cp932", "x-mac-roman"])
    func aBodyOfASCIIAloneIsTextInAnyEncodingThatKeepsASCII(charset: String) throws {
        let body = body(Self.utf8("plain ASCII"), "text/plain;charset=\(charset)")
        #expect(
            try expectation("{body: {equals: plain ASCII, length: 11, not: {contains: é}}}").mismatches(body).isEmpty
        )
    }

    @Test(arguments: [
        (
            "text/plain;charset=UTF-8", [0x63, 0x61, 0x66, 0xE9],
            #"body: expected to contain "ok", got 4 bytes that are not valid UTF-8 (byte 4 is E9)"#
        ),
        (
            "text/plain;charset=KOI8-R", [0x6F, 0xCB],
            #"body: expected to contain "ok", got 2 bytes in the charset "koi8-r", which routecheck does not know"#
        ),
        (
            "text/plain;charset=utf-16le", [0x6F, 0, 0x6B],
            #"body: expected to contain "ok", got 3 bytes that are not valid UTF-16, which they are declared to be"#
        ),
        ("text/plain;charset=latin1", [0x6F, 0xEA], #"body: expected to contain "ok", got "oê""#),
    ])
    func saysWhyABodyIsNoText(contentType: String, bytes: [UInt8], message: String) throws {
        let found = try expectation("{body: {contains: ok}}").mismatches(body(bytes, contentType))
        #expect(found.map(\.message) == [message])
    }

    @Test(arguments: [
        [0xEF, 0xBB, 0xBF] + Array(#"{"status":"UP"}"#.utf8),
        [0xEF, 0xBB, 0xBF] + Array("\r\n {\"status\" : \"UP\"}\n".utf8),
    ])
    func jsonMayHaveAByteOrderMark(bytes: [UInt8]) throws {
        let body = body(bytes, "application/json;charset=UTF-8")
        #expect(try expectation("{json: {$.status: UP}}").mismatches(body).isEmpty)
        #expect(try expectation("{json: {$.status: DOWN}}").mismatches(body).map(\.actual) == [#""UP""#])
    }

    @Test(arguments: [
        ([0xFF, 0xFE, 0x7B, 0, 0x7D, 0], "got 6 bytes of UTF-16LE; JSON is UTF-8 (RFC 8259, section 8.1)"),
        ([0xFE, 0xFF, 0, 0x7B, 0, 0x7D], "got 6 bytes of UTF-16BE; JSON is UTF-8 (RFC 8259, section 8.1)"),
        (
            [0xEF, 0xBB, 0xBF, 0x7B],
            #"got a body that is not JSON (line 1, column 2: Expected a name in double quotes or "}", found the end of the text)"#
        ),
        (
            [0xEF, 0xBB, 0xBF],
            "got a body that is not JSON (line 1, column 1: Expected a JSON value, found the end of the text)"
        ),
    ])
    func whatIsNotJSONStaysSo(bytes: [UInt8], end: String) throws {
        let found = try expectation("{json: {$.a: 1}}").mismatches(body(bytes, "application/json;charset=UTF-8"))
        #expect(found.map(\.message) == ["json: expected JSON, \(end)"])
    }

    @Test func aByteEncodingIsTheOneOfItsName() {
        #expect(ByteEncoding.windows1252.text(of: [0x41, 0x80, 0x99, 0xFF]) == "A€™ÿ")
        #expect(Charset.latin9Encoding.text(of: [0xA4, 0xBC, 0xBE, 0xA3]) == "€ŒŸ£")
    }

    private static func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func body(_ bytes: [UInt8], _ contentType: String) -> HTTPExchange {
        HTTPExchange(statusCode: 200, headerSection: Self.utf8("Content-Type: \(contentType)\r\n"), body: bytes)
    }
}

import HTTPVocabulary
import TestNumbers
import Testing

struct HTTPFieldNameTests {
    /// All characters of RFC 9110, section 5.6.2, written out.
    private static let tokenCharacters = Set(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars
    )

    @Test(arguments: (UInt8.min...UInt8.max).map { Unicode.Scalar($0) })
    func takesTokenCharactersAndNoOthers(scalar: Unicode.Scalar) {
        let isAllowed = Self.tokenCharacters.contains(scalar)
        let text = String(Character(scalar))
        for name in [text, "X-\(text)", "\(text)-X", "X\(text)X"] {
            #expect((HTTPFieldName(name) != nil) == isAllowed)
            #expect((HTTPMethod(rawValue: name) != nil) == isAllowed)
        }
    }

    @Test(arguments: ["", "X Y", " X", "X ", "X:", "X\r\n", "X\0", "é", "X-\u{212A}", "X\u{301}", "🙂"])
    func refusesWhatIsNoToken(name: String) {
        #expect(HTTPFieldName(name) == nil)
    }

    @Test(arguments: ["x-trace", "X-Trace", "X-TRACE", "x", "WWW-Authenticate", "!#$%&'*+-.^_`|~0"])
    func printsAsItWasWritten(spelling: String) throws {
        let name = try #require(HTTPFieldName(spelling))
        #expect(name.spelling == spelling)
        #expect("\(name)" == spelling)
        #expect(String(reflecting: name) == spelling)
        #expect("\([name])" == "[\(spelling)]")
    }

    @Test(arguments: [
        (HTTPFieldName.accept, "Accept"), (.acceptEncoding, "Accept-Encoding"), (.authorization, "Authorization"),
        (.contentType, "Content-Type"), (.cookie, "Cookie"), (.expect, "Expect"), (.setCookie, "Set-Cookie"),
        (.userAgent, "User-Agent"),
    ])
    func spellsConstantsAsTheirSpecificationsDo(name: HTTPFieldName, spelling: String) {
        #expect("\(name)" == spelling)
        #expect(HTTPFieldName(spelling) == name)
        #expect(HTTPFieldName(spelling.lowercased()) == name)
    }

    /// Whatever the length: short names are stored otherwise than long ones.
    @Test(arguments: 1...40)
    func ignoresCaseAlsoInHashing(length: Int) throws {
        var random = SeededNumbers(seed: UInt64(length))
        for _ in 0..<50 {
            let characters = Self.tokenCharacters.sorted()
            let spelling = (0..<length).map { _ in Character(characters.randomElement(using: &random) ?? "x") }
            let name = try #require(HTTPFieldName(String(spelling)))
            let other = spelling.map { Bool.random(using: &random) ? $0.uppercased() : $0.lowercased() }.joined()
            let same = try #require(HTTPFieldName(other))
            #expect(name == same)
            #expect(name.hashValue == same.hashValue)
            #expect(Set([name, same]).count == 1)
            #expect(same.spelling == other)
        }
    }

    /// Only letters have a case; other characters that lie 32 apart are different ones.
    @Test func comparesCharacterByCharacter() {
        for first in Self.tokenCharacters {
            for second in Self.tokenCharacters {
                let isSame = Character(first).lowercased() == Character(second).lowercased()
                for end in ["", "-and-more-than-fifteen-bytes"] {
                    #expect((HTTPFieldName("X\(first)\(end)") == HTTPFieldName("X\(second)\(end)")) == isSame)
                }
            }
        }
    }

    @Test(arguments: [("X", "XX"), ("X-Trace", "X-Trac"), ("X-Trace", "X_Trace"), ("abcdefgh", "abcdefgh-")])
    func tellsNamesApart(first: String, second: String) throws {
        #expect(HTTPFieldName(first) != HTTPFieldName(second))
    }
}

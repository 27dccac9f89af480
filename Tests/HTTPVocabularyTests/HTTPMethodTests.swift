import HTTPVocabulary
import Testing

struct HTTPMethodTests {
    @Test(arguments: [
        (HTTPMethod.get, "GET", true), (.head, "HEAD", true), (.post, "POST", false), (.put, "PUT", true),
        (.delete, "DELETE", true), (.options, "OPTIONS", true), (.trace, "TRACE", true), (.patch, "PATCH", false),
    ])
    func knowsTheNameOfAConstantAndWhetherItMayBeRepeated(method: HTTPMethod, name: String, isIdempotent: Bool) {
        #expect(method.rawValue == name)
        #expect(HTTPMethod(rawValue: name) == method)
        #expect(method.isIdempotent == isIdempotent)
    }

    @Test(arguments: ["get", "Get", "GETS", "GE"])
    func heedsCase(name: String) throws {
        let method = try #require(HTTPMethod(rawValue: name))
        #expect(method != .get)
        #expect(method.rawValue == name)
        #expect(!method.isIdempotent)
    }

    @Test(arguments: ["", " ", "GET ", " GET", "G T", "GET\r\n", "GET\0", "GÉT", "GET/", "GET:"])
    func refusesWhatIsNoToken(name: String) {
        #expect(HTTPMethod(rawValue: name) == nil)
    }
}

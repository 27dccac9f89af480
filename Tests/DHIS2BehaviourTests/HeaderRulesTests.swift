import HTTPVocabulary
import Testing

@testable import DHIS2Behaviour

@Suite struct HeaderRulesTests {
    private static let passed = [
        "Accept", "Accept-Encoding", "Accept-Language", "X-Requested-With", "User-Agent", "Cache-Control", "If-Match",
        "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "X-Forwarded-For", "X-Forwarded-Host",
        "X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded",
    ]

    private func rules(_ version: String) throws -> HeaderRules {
        HeaderRules(of: RouteBehaviour(try #require(ServerVersion(version))))
    }

    @Test(arguments: ["2.40.0", "2.41.9.1", "2.42.0", "2.43.1", "2.44-SNAPSHOT"])
    func passesAFewFieldsOfRequestsOn(version: String) throws {
        let rules = try rules(version)
        for text in Self.passed {
            let name = try #require(HTTPFieldName(text))
            #expect(rules.fate(ofRequest: name) == .passed, "\(text)")
        }
        for text in [
            "Authorization", "Cookie", "Range", "Traceparent", "X-Trace", "Origin", "Referer", "Content-Length",
        ] {
            let name = try #require(HTTPFieldName(text))
            #expect(rules.fate(ofRequest: name) == .dropped, "\(text)")
        }
        #expect(rules.fate(ofRequest: HTTPFieldName(constant: "X-Forwarded-User")) == .replaced)
        #expect(rules.fate(ofRequest: HTTPFieldName(constant: "x-FORWARDED-host")) == .passed)
    }

    @Test(arguments: [
        ("2.40.8", HeaderRules.Fate.dropped), ("2.40.9", .passed), ("2.41.4", .dropped), ("2.41.5", .passed),
        ("2.42.1", .dropped), ("2.42.2", .passed), ("2.43.0", .passed), ("2.44-SNAPSHOT", .passed),
    ])
    func passesContentTypeOnSinceThen(version: String, fate: HeaderRules.Fate) throws {
        #expect(try rules(version).fate(ofRequest: .contentType) == fate)
    }

    @Test(arguments: ["2.40.0", "2.41.9.1", "2.42.0", "2.43.1", "2.44-SNAPSHOT"])
    func passesAFewFieldsOfAnswersOn(version: String) throws {
        let rules = try rules(version)
        for text in [
            "Content-Encoding", "Content-Language", "Content-Length", "Content-Type", "Expires", "Cache-Control",
            "Last-Modified", "ETag",
        ] {
            let name = try #require(HTTPFieldName(text))
            #expect(rules.fate(ofAnswer: name) == .passed, "\(text)")
        }
        for text in ["Location", "Retry-After", "WWW-Authenticate", "Server", "X-Trace", "Link", "Vary"] {
            let name = try #require(HTTPFieldName(text))
            #expect(rules.fate(ofAnswer: name) == .dropped, "\(text)")
        }
        for text in ["Set-Cookie", "X-Content-Type-Options", "Content-Security-Policy", "X-Frame-Options"] {
            let name = try #require(HTTPFieldName(text))
            #expect(rules.fate(ofAnswer: name) == .replaced, "\(text)")
        }
    }

    @Test(arguments: [
        ("2.41.9.1", HeaderRules.Fate.replaced), ("2.42.0", .dropped), ("2.43.1", .dropped),
        ("2.44-SNAPSHOT", .dropped),
    ])
    func dropsWhatDescribesAPackedBodyThatItUnpacks(version: String, fate: HeaderRules.Fate) throws {
        let rules = try rules(version)
        for (text, fate) in [("Content-Encoding", .dropped), ("Content-Length", fate)] {
            let name = try #require(HTTPFieldName(text))
            #expect(rules.fate(ofAnswer: name, isPacked: true) == fate)
            #expect(rules.fate(ofAnswer: name) == .passed)
        }
        #expect(rules.fate(ofAnswer: .contentType, isPacked: true) == .passed)
    }

    /// What messages say of the lists is what the lists hold.
    @Test func theTextsNameTheLists() throws {
        func names(_ text: String) -> [String] {
            text.replacing(" and ", with: ", ").split(separator: ", ").map(String.init)
        }
        for text in names(HeaderRules.forwardedText) {
            let isGroup = text.hasSuffix("-*")
            let members = isGroup ? Self.passed.filter { $0.hasPrefix(text.dropLast()) } : [text]
            #expect(!members.isEmpty)
            for member in members {
                #expect(HeaderRules.newest.fate(ofRequest: try #require(HTTPFieldName(member))) == .passed, "\(member)")
            }
        }
        for text in names(HeaderRules.returnedText) {
            #expect(HeaderRules.newest.fate(ofAnswer: try #require(HTTPFieldName(text))) == .passed, "\(text)")
        }
        #expect(names(HeaderRules.returnedText).count == 8)
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", "empties a POST with this Content-Type"),
        ("Application/X-WWW-Form-Urlencoded; charset=utf-8", "empties a POST with this Content-Type"),
        ("multipart/form-data; boundary=x", "sends each file of a multipart POST twice"),
        ("application/json", nil), ("text/plain", nil), ("", nil),
    ])
    func harmsForms(contentType: String, harm: String?) {
        #expect(HeaderRules.harm(ofPosting: contentType) == harm)
    }
}

@Suite struct ErrorFormatTests {
    @Test(arguments: [
        ("application/json", true), ("*/*", true), ("application/*", true), ("text/csv, */*;q=0.1", true),
        ("text/csv , Application/JSON ;q=0.1", true), ("text/csv", false), ("application/xml", false),
        ("application/jsonx", false), ("application/fhir+json", true), ("text/csv, Application/Geo+JSON;q=0.1", true),
        ("image/x+json", false), ("application/xhtml+xml", false), ("", false),
    ])
    func isWrittenWhereJSONIsAccepted(accept: String, isAccepted: Bool) {
        #expect(ErrorFormat.isAccepted(by: accept) == isAccepted)
    }

    @Test func theClientsOwnAcceptTakesIt() {
        #expect(ErrorFormat.isAccepted(by: ErrorFormat.accept.description))
    }

    @Test(arguments: [
        ("a.xml", ".xml"), ("a/b.csv", ".csv"), ("a.PNG", ".png"), (".pdf", ".pdf"), ("a.xml/b", nil), ("axml", nil),
        ("a.json", nil), ("a.html", nil), ("a.svg", nil), ("a.xml.zip", nil), ("", nil), ("xml", nil), ("é.xm", nil),
        ("a.xls", ".xls"), ("a/b.XLSX", ".xlsx"), ("a.geojson", ".geojson"), ("a.GeoJson", ".geojson"),
        ("a.jsonp", ".jsonp"),
        ("a.js", nil), ("a.css", nil), ("a.gz", nil), ("a.zip", nil), ("a.txt", nil), ("a.jpg", nil), ("a.yaml", nil),
        ("a.md", nil), ("a.doc", nil), ("a.docx", nil), ("a.xml.gz", nil), ("a.geojson/", nil), ("a.xlsxx", nil),
        ("a.", nil), ("a.b.csv", ".csv"), ("geojson", nil), ("日本.geojson", ".geojson"), ("x.topojson", nil),
    ])
    func isBrokenBySomeEndings(path: String, ending: String?) {
        #expect(ErrorFormat.brokenEnding(of: path) == ending)
    }
}

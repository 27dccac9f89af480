import FoundationEssentials
import HTTPVocabulary
import Synchronization
import TestFuzzing
import Testing

@testable import DHIS2

/// Whatever a server answers, the client makes something of it, or says why it cannot.
struct ClientFuzzTests {
    /// A server that gives the same answer to everything that a test does not leave to a sound server.
    private final class Stubborn: HTTPTransport {
        let answer: HTTPExchange
        let path: String
        private let sound = FakeDHIS2(routes: [.chap, .numbered(1)])
        private let time = Mutex(Duration.zero)

        init(_ answer: HTTPExchange, to path: String) {
            self.answer = answer
            self.path = path
        }

        func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
            let answers = request.url.contains(path)
            return answers ? answer : try await sound.send(request)
        }

        func client(keepsSession: Bool) throws(DHIS2Error) -> DHIS2Client {
            try DHIS2Client(
                baseURL: FakeDHIS2.base,
                credentials: .personalAccessToken("d2p_secret"),
                transport: self,
                configuration: .init(keepsSession: keepsSession),
                retryTools: RetryTools(
                    elapsed: { self.time.withLock { $0 } },
                    date: { Date(timeIntervalSince1970: 1_795_809_600) },
                    sleep: { delay in self.time.withLock { $0 += delay } },
                    random: { 0.5 }
                )
            )
        }
    }

    /// An answer as it would be on the wire; what is no status is 200, and a body may begin anywhere.
    private static func exchange(_ bytes: [UInt8]) -> HTTPExchange {
        let line = bytes.prefix { $0 != 0x0A }
        let words = line.split(separator: 0x20, maxSplits: 2)
        let status = words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) ?? 200 : 200
        let rest = Array(bytes.dropFirst(line.count + 1))
        let end = rest.indices.first { rest[$0...].starts(with: "\r\n\r\n".utf8) } ?? rest.count
        return HTTPExchange(
            statusCode: (100...999).contains(status) ? status : 200,
            reasonPhrase: words.count > 2 ? String(decoding: words[2], as: UTF8.self) : nil,
            headerSection: Array(rest.prefix(end + 2)),
            body: Array(rest.dropFirst(end + 4))
        )
    }

    private static let marks =
        "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: frame-ancestors 'self';\r\nContent-Type: application/json\r\n"

    private static let answers = [
        "HTTP/1.1 200 \r\n\(marks)\r\n{\"version\":\"2.43.1\",\"revision\":\"abc\",\"contextPath\":\"https://a/b\",\"serverDate\":\"2026\"}",
        "HTTP/1.1 200 \r\n\(marks)Set-Cookie: JSESSIONID=ABC; Path=/; Max-Age=3600; Expires=Thu, 26 Nov 2026 20:00:00 GMT\r\n\r\n"
            + "{\"version\":\"2.41.9.1-SNAPSHOT\"}",
        "HTTP/1.1 200 \r\n\(marks)\r\n{\"pager\":{\"page\":1,\"total\":3,\"pageSize\":2,\"pageCount\":2},\"routes\":"
            + "[{\"id\":\"chapchapch1\",\"code\":\"chap\",\"name\":\"x\",\"disabled\":false,\"responseTimeoutSeconds\":5,"
            + "\"url\":\"https://a/**\",\"auth\":{\"type\":\"http-basic\"}},{\"id\":\"abcdefghij1\",\"code\":null}]}",
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 120\r\nDate: Thu, 26 Nov 2026 20:00:00 GMT\r\nServer: nginx\r\n"
            + "Content-Length: 12\r\nContent-Type: text/html; charset=x\r\n\r\n<html><title>503 &#x41;&amp;</title>",
        "HTTP/1.1 429 \r\nRetry-After: Thu, 26 Nov 2026 20:00:10 GMT\r\nAge: 10\r\nX-Cache: HIT, MISS\r\nVia: 1.1 a\r\n\r\n{}",
        "HTTP/1.1 302 \r\nLocation: https://dhis.example.org:443/dhis/dhis-web-login/?x=1#y\r\n\(marks)\r\n",
        "HTTP/1.1 401 \r\nWWW-Authenticate: Basic realm=\"DHIS2\"\r\n\(marks)\r\n"
            + "{\"httpStatus\":\"Unauthorized\",\"httpStatusCode\":401,\"status\":\"ERROR\",\"message\":\"Bad credentials\",\"errorCode\":\"E1005\"}",
        "HTTP/1.1 200 \r\n\(marks)Cache-Status: a; hit; ttl=30, b; fwd=miss\r\n\r\n[1,2]{\"httpStatus\":\"x\",\"httpStatusCode\":500,"
            + "\"status\":\"ERROR\",\"message\":\"Connection prematurely closed\"}",
        "HTTP/1.1 404 \r\nContent-Type: text/html;charset=utf-8\r\nContent-Language: en\r\n\r\n<!doctype html><html><head><title>"
            + "HTTP Status 404 – Not Found</title></head><body><h1>x</h1><p><b>Message</b> y</p></body></html>",
        "HTTP/1.1 407 \r\nProxy-Authenticate: Basic\r\nContent-Range: bytes 0-1/2\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello",
    ]

    private static let words = [
        "Retry-After: ", "Date: ", "Age: ", "Content-Length: ", "Max-Age=", "Expires=", "Set-Cookie: ", "Location: ",
        "\"total\":",
        "\"pageCount\":", "\"pageSize\":", "\"page\":", "\"routes\":[", "\"version\":\"", "\"responseTimeoutSeconds\":",
        "2.42.", "v",
        "-SNAPSHOT", "GMT", "Thursday, 26-Nov-26 ", "24:60:61", "&#", "&#x", ";", "\r\n ", "ttl=",
    ]

    private static let codes = ["chap", "code-1", "none", "a,b"]

    @Test
    func readsAnyAnswer() async {
        let paths = ["/system/info", "/routes?", "/run", "/"]
        var number = 0
        let fuzzer = Fuzzer("client-answers", samples: Self.answers, words: Self.words, inputs: 300)
        let outcome = await fuzzer.run { bytes in
            number += 1
            let server = Stubborn(Self.exchange(bytes), to: paths[number % paths.count])
            guard let client = try? server.client(keepsSession: number % 2 == 0) else { return }
            await Self.use(client)
        }
        #expect(!outcome.isTooSlow, "\(String(decoding: outcome.slowest, as: UTF8.self))")
    }

    /// Asks for all that a run asks for, whatever fails.
    private static func use(_ client: DHIS2Client) async {
        if case .failed(let problem) = await client.preflight() { #expect(!problem.message.isEmpty) }
        do throws(DHIS2Error) {
            let page = try await client.routes.listAll(page: 2, pageSize: 2)
            for row in page.unreadable { #expect(!row.description.isEmpty) }
        } catch {
            #expect(!error.message.isEmpty)
        }
        _ = try? await client.routes.resolve(codes: codes)
        do throws(RouteError) {
            let response = try await client.routes.run(code: "chap", path: "a/b")
            #expect(!client.origin(of: response).sentence.isEmpty)
            _ = response.exchange.headerFields
        } catch {
            #expect(!client.origin(of: error).sentence.isEmpty)
        }
        await client.close()
    }

    private static let values = [
        "120", "Thu, 26 Nov 2026 20:00:00 GMT", "Thursday, 26-Nov-26 20:00:00 GMT", "Thu Nov 26 20:00:00 2026",
        "2.43.1", "v2.41.9.1-SNAPSHOT", "42", "2.44-SNAPSHOT",
        "JSESSIONID=A; Max-Age=10; Expires=Wed, 31 Dec 1969 23:59:60 GMT",
        "a=b; expires=1-1-70 0:0:0", "https://dhis.example.org:443/dhis/login?x#y", "http://[::1]:65535/",
        "&lt;&#65;&#x10FFFF;&#99999999999;", "text/html; charset=\"utf-8\"; q=1",
        "a; hit; ttl=99999999999, b; fwd=stale",
    ]

    /// What headers and texts hold, each value by all that reads any.
    @Test
    func readsAnyValue() async {
        let now = Date(timeIntervalSince1970: 1_795_809_600)
        let fuzzer = Fuzzer("client-values", samples: Self.values, words: Self.words, inputs: 1_000)
        let outcome = await fuzzer.run { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if let seconds = RetryAfter.seconds(text, at: now) { #expect(seconds >= 0) }
            _ = HTTPDate.parseExpiry(text)
            _ = Cookie(setBy: text, at: now)?.isOver(at: now)
            if let version = ServerVersion(text) { _ = (version < ServerVersion(minor: 42), RouteEra(version)) }
            _ = HTMLPage.unescaped(text)
            for name in ["Age", "X-Cache", "Cache-Status", "Content-Type", "Retry-After", "Content-Length", "Location"]
            {
                let section = Array("\(name): ".utf8) + bytes + Array("\r\n".utf8)
                let exchange = HTTPExchange(statusCode: 200, headerSection: section)
                _ = (HeaderFacts(exchange), exchange.headerFields, exchange.headerLines)
            }
            _ = try? BaseURL(text)
        }
        #expect(!outcome.isTooSlow, "\(String(decoding: outcome.slowest, as: UTF8.self))")
    }
}

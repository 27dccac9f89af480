import TestFuzzing
import Testing

@testable import DHIS2Simulator

/// Whatever a client sends, and whatever a configuration says, the simulator answers or refuses.
struct SimulatorFuzzTests {
    /// Bytes that arrive in pieces.
    private final class Pieces: ByteSource {
        private var rest: ArraySlice<UInt8>
        private let size: Int

        init(_ bytes: [UInt8], size: Int) {
            rest = bytes[...]
            self.size = max(size, 1)
        }

        func receive(into buffer: UnsafeMutableRawBufferPointer) -> Int {
            let part = rest.prefix(min(size, buffer.count))
            buffer.copyBytes(from: part)
            rest = rest.dropFirst(part.count)
            return part.count
        }
    }

    private static let head = "Host: h\r\nAuthorization: ApiToken \(SimulatorConfiguration.standardToken)\r\n"

    private static let targets = [
        "/api/system/info", "/api/me?fields=id,username,authorities", "/api/41/system/ping",
        "/api/routes?page=1&pageSize=50&fields=id,code,name&order=name:asc",
        "/api/routes?filter=code:in:[ping,echo]&paging=false&fields=*",
        "/api/routes.json?filter=name:ilike:a&pageSize=2",
        "/api/routes/ping/run", "/api/routes/echo/run/a%20b/c;x=1?q=1&q=%C3%A9+x", "/api/routes/PingRoute01",
        "/api/routes/redirect/run?to=//evil", "/dhis-web-login/", "/api/routes/slow/run/../x", "http://h:80/api/routes",
    ]

    private static let requests =
        targets.map { "GET \($0) HTTP/1.1\r\n\(head)\r\n" } + [
            "POST /api/routes/echo/run HTTP/1.1\r\n\(head)Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
            "POST /api/routes/echo/run HTTP/1.1\r\n\(head)Transfer-Encoding: chunked\r\n\r\n"
                + "5;x=1\r\nhello\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n",
            "PUT /api/routes/echo/run HTTP/1.1\r\n\(head)Content-Type: multipart/form-data; boundary=b\r\n"
                + "Content-Length: 67\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue of it\r\n--b--\r\n",
            "GET /api/routes HTTP/1.0\r\nConnection: keep-alive\r\nAuthorization: Basic YWRtaW46ZGlzdHJpY3Q=\r\n\r\n",
            "HEAD /api/routes/echo/run HTTP/1.1\r\n\(head)Accept: text/html;q=0.5, application/*;q=1e400\r\n"
                + "Range: bytes=0-9223372036854775807\r\nExpect: 100-continue\r\nCookie: JSESSIONID=00\r\n\r\n",
        ]

    private static let words = [
        "page=", "pageSize=", "&paging=true", "filter=code:eq:", ":!in:[", "order=", "fields=", "Content-Length: ",
        "Transfer-Encoding: chunked\r\n", "Range: bytes=", "If-Modified-Since: ", "Cookie: JSESSIONID=",
        "X-Forwarded-For: ",
        "0\r\n\r\n", "ffffffff\r\n", "HTTP/1.0", "/api/routes/", "/run/", "?", ";", "%25", "%FF",
    ]

    private static let states = SimulatedEra.allCases.map { era in
        var configuration = SimulatorConfiguration.standard(era)
        configuration.logLimit = 10
        return SimulatorState(configuration)
    }

    /// Reads all requests of one connection, and makes the bytes of every answer.
    private static func serve(_ bytes: [UInt8], by state: inout SimulatorState, pieces: Int) {
        let reader = RequestReader(Pieces(bytes, size: pieces))
        do throws(RequestProblem) {
            while let head = try reader.head(), let body = try reader.body(head.framing) {
                let request = SimulatedRequest(head, body: body, connection: 1)
                let manner = SimulatedReply.Manner(
                    omitsBody: head.method == "HEAD",
                    closes: !head.keepsAlive,
                    takesChunks: head.takesChunks
                )
                answer(request, manner, by: &state)
                guard head.keepsAlive else { return }
            }
        } catch {
            #expect((400..<600).contains(error.status))
        }
    }

    private static func answer(
        _ request: SimulatedRequest,
        _ manner: SimulatedReply.Manner,
        by state: inout SimulatorState
    ) {
        let decision = state.take(request)
        let answer = decision.answer(of: decision.instance, to: request, manner)
        _ = answer.steps(hasExpired: state.takeExpiry(of: decision.session))
    }

    @Test
    func readsAndAnswersAnyBytes() async {
        var states = Self.states
        var number = 0
        let outcome = await Fuzzer("simulator-requests", samples: Self.requests, words: Self.words).run { bytes in
            number += 1
            Self.serve(bytes, by: &states[number % states.count], pieces: number % 7 == 0 ? 1 + number % 97 : .max)
        }
        #expect(!outcome.isTooSlow, "\(outcome.slowest)")
    }

    /// The request line alone, since most mutations of whole requests are refused before anything is looked up.
    @Test
    func answersAnyTarget() async {
        var states = Self.states
        var number = 0
        let outcome = await Fuzzer("simulator-targets", samples: Self.targets, words: Self.words).run { target in
            number += 1
            let line = Array("GET ".utf8) + target + Array(" HTTP/1.1\r\n\(Self.head)\r\n".utf8)
            Self.serve(line, by: &states[number % states.count], pieces: .max)
        }
        #expect(!outcome.isTooSlow, "\(outcome.slowest)")
    }

    private static let configurations = [
        "{}", #"{"version":"2.41.7","log-limit":5,"max-sessions-per-user":3,"context-path":"/dhis","transport":"nio"}"#,
        #"{"era":"e","proxy":{"read-timeout-ms":60000,"body-limit":1048576,"error-page":"x"},"hides-marker":true}"#,
        """
        {"users":[{"username":"u","password":"p","authorities":["A"],"obstacle":"locked"}],
        "tokens":[{"token":"d2p_x","username":"u","methods":["GET"]},{"token":"y","username":"u","state":"expired"}]}
        """,
        """
        {"routes":[{"code":"ping","uid":"PingRoute01","url":"https://a/b/**","response-timeout-seconds":5,"disabled":false,
        "headers":{"X":"y"},"auth":{"type":"http-basic","username":"u","password":"p"},"public":"rw------",
        "upstream":{"status":200,"type":"text/plain","body":"ok","delay-ms":10,"compressed":true,"chunked":true}}]}
        """,
        """
        {"routes":[{"code":"a","upstream":{"paths":{"x/*":{"json":{"a":[1,2.5,1e3,null,"é"]}},"y":{"base64":"AAEC"}}}},
        {"code":"b","upstream":{"fails":"broke-off","body":"abc","announced-length":100,"ending":"resets"}},
        {"code":"c","upstream":{"redirect":"https://c:8080/d?e#f","status":307,"then":{"echo":true}}},
        {"code":"d","upstream":{"fails":"timeout","after-ms":100}}]}
        """,
        """
        {"faults":[{"fault":"drip","bytes":1,"every-ms":100,"after":1,"times":2},{"fault":"delay","ms":86400000},
        {"fault":"status","status":503,"headers":{"Retry-After":"1"},"body":"x","path":"/api/routes/*"},
        {"fault":"too-many-requests","retry-after":"5","method":"GET"},{"fault":"truncated-body","route":"ping"}]}
        """,
    ]

    @Test
    func readsAnyConfigurationAndServesByIt() async {
        var number = 0
        let words = [
            "\"after\":", "\"times\":", "\"bytes\":", "\"ms\":", "\"announced-length\":", "\"status\":",
            "\"body-limit\":",
        ]
        let fuzzer = Fuzzer("simulator-configurations", samples: Self.configurations, words: words, inputs: 300)
        let outcome = await fuzzer.run { bytes in
            guard let configuration = try? SimulatorConfiguration(json: bytes) else { return }
            number += 1
            // Faults of a gigabyte are what they say.
            guard !configuration.faults.contains(where: \.fault.isHuge) else { return }
            var state = SimulatorState(configuration)
            let codes = configuration.routes.compactMap(\.code).prefix(20)
            for target in ["/api/system/info", "/api/routes?pageSize=2"] + codes.map({ "/api/routes/\($0)/run/x/y" }) {
                let token = configuration.tokens.first?.token ?? ""
                var headers: HeaderList = ["Host": "h", "Authorization": "ApiToken \(token)"]
                if number % 2 == 0 { headers.add("Accept", "text/html") }
                let request = SimulatedRequest(
                    method: number % 3 == 0 ? "HEAD" : "GET",
                    target: configuration.contextPath + target,
                    headers: headers,
                    body: []
                )
                Self.answer(request, SimulatedReply.Manner(omitsBody: request.method == "HEAD"), by: &state)
            }
        }
        #expect(!outcome.isTooSlow, "\(String(decoding: outcome.slowest, as: UTF8.self))")
    }
}

extension SimulatedFault {
    fileprivate var isHuge: Bool {
        switch self {
        case .hugeHeader(let bytes), .gzipBomb(let bytes): bytes > 1 << 20
        default: false
        }
    }
}

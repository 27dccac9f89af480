import Checks
import DHIS2
import FoundationEssentials
import HTTPVocabulary
import Runner
import SourceDiagnostics
import Synchronization

/// A DHIS2 in memory: answers system/info and the route list by itself, and runs as the test says.
final class FakeServer: HTTPTransport {
    private let codes: [String]
    private let marksItsList: Bool
    private let onLookup: @Sendable () -> HTTPExchange?
    private let answer: @Sendable (TransportRequest, Int) async throws(TransportError) -> HTTPExchange
    private let runs = Mutex<[TransportRequest]>([])
    private let load = Mutex((now: 0, most: 0))
    private let requests = Atomic(0)

    /// Creates a server.
    ///
    /// - Parameters:
    ///   - codes: The codes of its routes.
    ///   - marksItsList: Whether the list of routes carries DHIS2's marks.
    ///   - onLookup: Answers when a single code is looked up; `nil` lets the list do so.
    ///   - answer: Answers a run; the number counts runs from 0.
    init(
        codes: [String] = ["a", "b", "c"],
        marksItsList: Bool = true,
        onLookup: @escaping @Sendable () -> HTTPExchange? = { nil },
        answer: @escaping @Sendable (TransportRequest, Int) async throws(TransportError) -> HTTPExchange
    ) {
        self.codes = codes
        self.marksItsList = marksItsList
        self.onLookup = onLookup
        self.answer = answer
    }

    /// A server whose routes all answer the same.
    convenience init(codes: [String] = ["a", "b", "c"], always exchange: HTTPExchange) {
        self.init(codes: codes) { _, _ in exchange }
    }

    /// The requests to `/run`, in the order in which they came.
    var runRequests: [TransportRequest] { runs.withLock { $0 } }

    /// How many requests of any kind came.
    var requestCount: Int { requests.load(ordering: .relaxed) }

    /// The largest number of runs that were in flight at once.
    var mostInFlight: Int { load.withLock { $0.most } }

    func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
        requests.wrappingAdd(1, ordering: .relaxed)
        if request.url.contains("/api/system/info") { return .dhis2(200, #"{"version":"2.42.4"}"#) }
        if request.url.contains("code:eq:"), let answer = onLookup() { return answer }
        if !request.url.contains("/run") {
            guard marksItsList else { return HTTPExchange(statusCode: 200, body: Array(list.utf8)) }
            return .dhis2(200, list)
        }
        let number = runs.withLock { runs in
            runs.append(request)
            return runs.count - 1
        }
        load.withLock { load in
            load.now += 1
            load.most = max(load.most, load.now)
        }
        defer { load.withLock { $0.now -= 1 } }
        return try await answer(request, number)
    }

    private var list: String {
        let routes = codes.enumerated().map { index, code in
            let url = "https://\(code).example/**"
            return #"{"id":"RouteUid\#(100 + index)","code":"\#(code)","name":"\#(code)","url":"\#(url)"}"#
        }
        let pager = #"{"page":1,"total":\#(codes.count),"pageSize":500,"pageCount":1}"#
        return #"{"pager":\#(pager),"routes":[\#(routes.joined(separator: ","))]}"#
    }

    /// A client of this server.
    func client() throws -> DHIS2Client {
        try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: self,
            configuration: .init(lookupRetries: 0)
        )
    }
}

extension HTTPExchange {
    /// An answer with the marks that DHIS2 puts on everything that passes it.
    static func dhis2(_ status: Int, _ body: String = "", headers: String = "") -> HTTPExchange {
        let marks = "Content-Security-Policy: frame-ancestors 'self'\r\nX-Content-Type-Options: nosniff\r\n"
        return HTTPExchange(
            statusCode: status,
            headerSection: Array((marks + "Content-Type: application/json\r\n" + headers).utf8),
            body: Array(body.utf8)
        )
    }
}

/// A job with one check for each route, in order.
func job(_ routes: [String], change: (inout Job) -> Void = { _ in }) -> Job {
    let checks = routes.enumerated().map { index, route in
        Check(name: "check \(index)", route: route, position: SourcePosition(line: index + 1, column: 1))
    }
    var job = Job(
        name: "job",
        file: "job.yaml",
        server: ServerSettings(url: "https://dhis2.example", credentials: .token("d2p_test")),
        checks: checks
    )
    change(&job)
    return job
}

/// A clock that only sleeping moves: each sleep ends at once and takes exactly as long as it was told.
func sleepingClock(_ slept: SleptTime = SleptTime()) -> RunClock {
    RunClock(
        elapsed: { slept.total },
        date: { .init(timeIntervalSince1970: 1_795_478_400) },
        sleep: { slept.add($0) }
    )
}

/// How long a test's clock has slept.
final class SleptTime: Sendable {
    private let sleeps = Mutex<[Duration]>([])

    var all: [Duration] { sleeps.withLock { $0 } }
    var total: Duration { all.reduce(.zero, +) }

    func add(_ duration: Duration) {
        sleeps.withLock { $0.append(duration) }
    }
}

import DHIS2
import HTTPVocabulary
import Synchronization

/// A DHIS2 in memory, of era D: it lists routes by page and filter, runs them, and keeps a log.
///
/// Its answers can be overridden for single paths, and its lists held back at a gate.
final class FakeDHIS2: HTTPTransport {
    struct State {
        var routes: [Route] = []
        /// Routes that run, but that the list does not show.
        var unlisted: Set<String> = []
        var version = "2.43.0"
        var overrides: [String: Result<HTTPExchange, TransportError>] = [:]
        var listFailures = 0
        /// Whether the filter `code:eq:` finds a code, which each version has its own mind about.
        var findsByFilter: @Sendable (_ code: String) -> Bool = { _ in true }
        var pager: (@Sendable (_ page: Int, _ total: Int, _ size: Int) -> String)?
        var log: [TransportRequest] = []
    }

    /// What the list of routes is asked for.
    static let routeFields =
        "id,code,name,url,disabled,responseTimeoutSeconds,auth,description,headers,authorities,created,lastUpdated,sharing"

    static let base = "https://dhis.example.org/dhis"

    let state: Mutex<State>
    let listGate: Gate?

    init(routes: [Route] = [], listGate: Gate? = nil) {
        state = Mutex(State(routes: routes))
        self.listGate = listGate
    }

    var log: [TransportRequest] { state.withLock { $0.log } }

    /// The logged URLs after `/api/`.
    var paths: [String] { log.map { String($0.url.dropFirst(Self.base.count + "/api/".count)) } }

    var listPaths: [String] { paths.filter { $0.hasPrefix("routes?") } }
    var runPaths: [String] { paths.filter { $0.contains("/run") } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    func client(
        _ configuration: DHIS2Client.Configuration = DHIS2Client.Configuration()
    ) throws(DHIS2Error) -> DHIS2Client {
        try DHIS2Client(
            baseURL: Self.base,
            credentials: .personalAccessToken("d2p_secret"),
            transport: self,
            configuration: configuration,
            retryTools: RetryTools(elapsed: { .zero }, sleep: { _ in }, random: { 0.5 })
        )
    }

    func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
        let path = String(request.url.dropFirst(Self.base.count + "/api/".count))
        state.withLock { $0.log.append(request) }
        if path.hasPrefix("routes?") { await listGate?.pass() }
        return try state.withLock { Self.outcome(of: path, &$0) }.get()
    }

    private static func outcome(of path: String, _ state: inout State) -> Result<HTTPExchange, TransportError> {
        do throws(TransportError) {
            return .success(try answer(to: path, &state))
        } catch {
            return .failure(error)
        }
    }

    private static func answer(to path: String, _ state: inout State) throws(TransportError) -> HTTPExchange {
        if let override = state.overrides[path] { return try override.get() }
        if path == "system/info" {
            return .marked(200, json: #"{"version":"\#(state.version)","revision":"abc1234","contextPath":"\#(base)"}"#)
        }
        if path.hasPrefix("routes?") {
            if state.listFailures > 0 {
                state.listFailures -= 1
                return .marked(500, message: "Something broke")
            }
            return list(Query(path), state)
        }
        let reference = path.dropFirst("routes/".count).prefix { $0 != "/" }
        let decoded = Query.decoded(String(reference))
        guard
            state.unlisted.contains(decoded)
                || state.routes.contains(where: { route in
                    !route.disabled
                        && [route.id, route.code].contains { $0?.utf8.elementsEqual(decoded.utf8) ?? false }
                })
        else { return .marked(404, message: "Route not found: '\(decoded)'", errorCode: "E1005") }
        return .marked(200, json: #"{"answered":"\#(path)"}"#)
    }

    private static func list(_ query: Query, _ state: State) -> HTTPExchange {
        var routes = state.routes
        if let filter = query["filter"] {
            if filter.hasPrefix("code:eq:") {
                let wanted = String(filter.dropFirst("code:eq:".count))
                routes = routes.filter { $0.code == wanted && state.findsByFilter(wanted) }
            } else {
                let codes = filter.dropFirst("code:in:[".count).dropLast().split(separator: ",").map(String.init)
                routes = routes.filter { $0.code.map(codes.contains) ?? false }
            }
        }
        let page = query["page"].flatMap { Int($0) } ?? 1
        let size = query["pageSize"].flatMap { Int($0) } ?? 50
        let rows = routes.dropFirst((page - 1) * size).prefix(size).map { route in
            let code = route.code.map { #""code":"\#($0)","# } ?? ""
            let url = route.url.map { #""url":"\#($0)","# } ?? ""
            let auth = route.authenticationType.map { #""auth":{"type":"\#($0)"},"# } ?? ""
            return
                #"{"id":"\#(route.id)",\#(code)\#(url)\#(auth)"name":"\#(route.name)","disabled":\#(route.disabled)}"#
        }
        let pages = (routes.count + size - 1) / size
        let pager =
            state.pager?(page, routes.count, size)
            ?? #"{"page":\#(min(page, pages)),"total":\#(routes.count),"pageSize":\#(size),"pageCount":\#(pages)}"#
        return .marked(200, json: #"{"pager":\#(pager),"routes":[\#(rows.joined(separator: ","))]}"#)
    }
}

/// The query of a URL, decoded once.
struct Query {
    private let values: [String: String]

    init(_ url: String) {
        var values: [String: String] = [:]
        for item in url.drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
            let name = item.prefix { $0 != "=" }
            values[Self.decoded(String(name))] = Self.decoded(String(item.dropFirst(name.count + 1)))
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[name] }

    static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Route {
    static func numbered(_ number: Int, disabled: Bool = false) -> Route {
        let digits = String(number)
        let id = "r" + String(repeating: "0", count: 10 - digits.count) + digits
        return Route(id: id, code: "code-\(number)", name: "Route \(number)", disabled: disabled)
    }

    static let chap = Route(id: "chapchapch1", code: "chap", name: "CHAP", url: "https://chap.example.org/api/**")
}

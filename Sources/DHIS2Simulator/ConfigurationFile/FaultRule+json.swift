/// The names of faults in a configuration file, each with the keys it takes.
package enum FaultKind: String, CaseIterable, Sendable {
    case close
    case resetBeforeHeaders = "reset-before-headers"
    case resetInHeaders = "reset-in-headers"
    case resetInBody = "reset-in-body"
    case hang
    case hangInBody = "hang-in-body"
    /// Takes `bytes` (1) and `every-ms` (100).
    case drip
    /// Takes `ms` (1000).
    case delay
    case truncatedBody = "truncated-body"
    case badChunk = "bad-chunk"
    case garbageStatusLine = "garbage-status-line"
    /// Takes `bytes` (1 MiB).
    case hugeHeader = "huge-header"
    case endlessHeaders = "endless-headers"
    case endlessBody = "endless-body"
    /// Takes `bytes` (1 GiB).
    case gzipBomb = "gzip-bomb"
    case badGzip = "bad-gzip"
    /// Takes `status` (500), `headers` and `body`.
    case status
    /// Takes `retry-after` (1).
    case tooManyRequests = "too-many-requests"
    /// Takes `status` (500), `headers` and `body`.
    case statusInFront = "status-in-front"
    /// Takes `status` (503).
    case proxyPage = "proxy-page"
    /// Takes `status` (404).
    case containerPage = "container-page"
    case loginRedirect = "login-redirect"
    case loginPage = "login-page"
    case captivePortal = "captive-portal"
    case deleteRoute = "delete-route"
    /// Takes `to`, which must be there.
    case renameRoute = "rename-route"
    case disableRoute = "disable-route"
    case expireTokens = "expire-tokens"
    /// Takes `ms` (1000).
    case restart

    fileprivate var keys: [String] {
        switch self {
        case .drip: ["bytes", "every-ms"]
        case .delay, .restart: ["ms"]
        case .hugeHeader, .gzipBomb: ["bytes"]
        case .status, .statusInFront: ["status", "headers", "body"]
        case .tooManyRequests: ["retry-after"]
        case .proxyPage, .containerPage: ["status"]
        case .renameRoute: ["to"]
        case .close, .resetBeforeHeaders, .resetInHeaders, .resetInBody, .hang, .hangInBody,
            .truncatedBody, .badChunk, .garbageStatusLine, .endlessHeaders, .endlessBody, .badGzip, .loginRedirect,
            .loginPage, .captivePortal, .deleteRoute, .disableRoute, .expireTokens:
            []
        }
    }

    fileprivate var needsRoute: Bool { [.deleteRoute, .renameRoute, .disableRoute].contains(self) }
}

extension FaultRule {
    init(_ tree: JSONText, path: String) throws(SimulatorConfigurationError) {
        let kind = try Self.kind(tree, path: path)
        let map = try ConfigurationMap(tree, path: path, keys: Self.keys + kind.keys)
        if kind.needsRoute && !map.has("route") {
            throw map.problem("\(kind.rawValue) needs the key \"route\"")
        }
        let method = try map.string("method")
        if let method, method.isEmpty || method.utf8.contains(where: { !(0x41...0x5A).contains($0) }) {
            throw map.problem("method", "\"\(method)\" is no method; methods are in capitals, such as GET")
        }
        self.init(
            method: method,
            path: try map.string("path"),
            route: try map.string("route"),
            after: try map.integer("after", in: 0...(.max)) ?? 0,
            times: try map.integer("times", in: 1...(.max)),
            fault: try Self.fault(kind, map)
        )
    }

    private static let keys = ["fault", "method", "path", "route", "after", "times"]

    /// The kind is read first, because it decides which other keys are known.
    private static func kind(_ tree: JSONText, path: String) throws(SimulatorConfigurationError) -> FaultKind {
        let all = Set(FaultKind.allCases.flatMap(\.keys))
        return try ConfigurationMap(tree, path: path, keys: keys + all).requiredChoice("fault", of: FaultKind.self)
    }

    private static func fault(
        _ kind: FaultKind,
        _ map: ConfigurationMap
    ) throws(SimulatorConfigurationError) -> SimulatedFault {
        switch kind {
        case .close: .closeWithoutAnswer
        case .resetBeforeHeaders: .resetBeforeHeaders
        case .resetInHeaders: .resetInHeaders
        case .resetInBody: .resetInBody
        case .hang: .hang
        case .hangInBody: .hangInBody
        case .truncatedBody: .truncatedBody
        case .badChunk: .badChunk
        case .garbageStatusLine: .garbageStatusLine
        case .endlessHeaders: .endlessHeaders
        case .endlessBody: .endlessBody
        case .badGzip: .badGzip
        case .loginRedirect: .loginRedirect
        case .loginPage: .loginPage
        case .captivePortal: .captivePortal
        case .deleteRoute: .deleteRoute
        case .disableRoute: .disableRoute
        case .expireTokens: .expireTokens
        case .drip:
            .drip(
                bytes: try map.integer("bytes", in: 1...(.max)) ?? 1,
                every: try map.milliseconds("every-ms") ?? .milliseconds(100)
            )
        case .delay: .delay(try map.milliseconds("ms") ?? .seconds(1))
        case .hugeHeader: .hugeHeader(bytes: try map.integer("bytes", in: 1...(1 << 30)) ?? 1 << 20)
        case .gzipBomb: .gzipBomb(bytes: try map.integer("bytes", in: 1...(1 << 34)) ?? 1 << 30)
        case .status, .statusInFront: try status(kind, map)
        case .tooManyRequests: .tooManyRequests(retryAfter: try map.string("retry-after") ?? "1")
        case .proxyPage: .proxyPage(status: try map.integer("status", in: 200...599) ?? 503)
        case .containerPage: .containerPage(status: try map.integer("status", in: 200...599) ?? 404)
        case .renameRoute: .renameRoute(to: try map.requiredString("to"))
        case .restart: .restart(downFor: try map.milliseconds("ms") ?? .seconds(1))
        }
    }

    private static func status(
        _ kind: FaultKind,
        _ map: ConfigurationMap
    ) throws(SimulatorConfigurationError) -> SimulatedFault {
        let status = try map.integer("status", in: 200...599) ?? 500
        let headers = try map.headers("headers") ?? [:]
        let body = try map.string("body") ?? ""
        return kind == .status
            ? .status(status, headers: headers, body: body) : .statusInFront(status, headers: headers, body: body)
    }
}

import CurlHTTP
import DHIS2
import HTTPVocabulary
import Testing

/// An answer with a body of known length.
func ok(_ body: String, headers: String = "") -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
}

/// Runs a body with a transport and shuts it down.
///
/// Proxies of the environment stay out of tests.
func withTransport<Result>(
    _ change: (inout CurlOptions) -> Void = { _ in },
    _ body: (CurlTransport) async throws -> Result
) async throws -> Result {
    var options = CurlOptions()
    options.proxy = .none
    change(&options)
    let transport = try CurlTransport(options: options)
    defer { transport.shutdown() }
    return try await body(transport)
}

/// Sends one request to a server that answers with a script's bytes.
func exchange(
    _ request: (_ base: String) -> TransportRequest = { TransportRequest(url: $0 + "/") },
    options: (inout CurlOptions) -> Void = { _ in },
    with script: @escaping @Sendable (Connection) -> Void
) async throws -> HTTPExchange {
    try await LoopbackServer(script).serving { server in
        try await withTransport(options) { try await $0.send(request("http://\(server.authority)")) }
    }
}

/// The error of one request to a server that answers with a script's bytes, its message with HOST for the authority.
func failure(
    _ request: (_ base: String) -> TransportRequest = { TransportRequest(url: $0 + "/secret?token=secret") },
    options: (inout CurlOptions) -> Void = { _ in },
    with script: @escaping @Sendable (Connection) -> Void
) async throws -> TransportError {
    try await LoopbackServer(script).serving { server in
        try await withTransport(options) { transport in
            var error = try await failure(of: transport, request("http://\(server.authority)"))
            error.message = error.message.replacing(server.authority, with: "HOST")
            return error
        }
    }
}

/// The error that a request ends with.
func failure(of transport: CurlTransport, _ request: TransportRequest) async throws -> TransportError {
    try #require(
        await #expect(throws: TransportError.self) { _ = try await transport.send(request) }
    )
}

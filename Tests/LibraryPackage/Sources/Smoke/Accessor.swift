import CurlHTTP
import DHIS2

/// Runs one route with the client alone, and names who answered.
func answerOfRoute(_ code: String, path: String, at url: String, token: String) async throws -> String {
    let client = try DHIS2Client(
        baseURL: url,
        credentials: .personalAccessToken(token),
        transport: CurlTransport()
    )
    let response = try await client.routes.run(code: code, path: path)
    let origin = client.origin(of: response)
    await client.close()
    return "\(response.exchange.statusCode) from \(origin.layer.rawValue): \(origin.sentence)"
}

/// What the lookup of a route that does not exist throws, as a user sees it.
func lookupError(ofRoute code: String, at url: String, token: String) async throws -> String {
    let client = try DHIS2Client(
        baseURL: url,
        credentials: .personalAccessToken(token),
        transport: CurlTransport()
    )
    do {
        _ = try await client.routes.run(code: code)
        await client.close()
        return "it answered"
    } catch {
        await client.close()
        return "\(error)"
    }
}

/// Who is to blame for an answer that a test made up; nothing is sent.
func originOfMadeUpAnswer(_ client: DHIS2Client) -> ResponseOrigin {
    let page = HTTPExchange(
        statusCode: 200,
        headerSection: Array("Content-Type: text/html\r\n".utf8),
        body: Array("<html><title>DHIS 2 - Login</title></html>".utf8)
    )
    return client.origin(of: RouteResponse(page, code: "chap", path: "health"))
}

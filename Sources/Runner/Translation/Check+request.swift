public import Checks
import DHIS2
import HTTPVocabulary
import Text

extension RoutesAccessor {
    /// How much is kept of a body that nothing is expected of: enough for whatever DHIS2 says of itself.
    private static let unreadBody = 256 * 1024

    /// Sends the request of a check.
    func run(_ check: Check) async throws(RouteError) -> RouteResponse {
        try await run(
            code: check.route,
            path: check.path,
            params: check.queryParameters,
            headers: check.headerFieldsWithContentType,
            method: check.method,
            body: check.body?.bytes,
            timeout: check.timeout,
            keptBody: check.expectation.readsBody ? .max : Self.unreadBody
        )
    }
}

extension Check {
    /// The query parameters as the client takes them.
    var queryParameters: QueryParameters {
        QueryParameters(parameters.map { QueryParameters.Item(name: $0.name, value: $0.value) })
    }

    /// The check's header fields, with the body's media type unless they name one.
    var headerFieldsWithContentType: HTTPFields {
        guard let body, !headerFields.contains(.contentType) else { return headerFields }
        var fields = headerFields
        fields.append(body.contentType.field)
        return fields
    }
}

/// The request that a check would send, as far as it is known without asking the server.
public struct RequestPreview: Sendable, Hashable {
    /// The request line; the route stands in it by its code, in braces, because its uid is not known yet.
    public var request: String
    /// The header fields of the check, as `Name: value`; those of the client are not among them.
    public var headers: [String]
    /// The size of the body in bytes, if there is one.
    public var bodySize: Int?
    /// Why the request could not be sent as it is, if so.
    public var problem: String?

    /// Previews the request of a check against a server.
    public init(of check: Check, to server: ServerSettings) {
        let version = server.version.flatMap(ServerVersion.init)
        let base = "\(check.method.rawValue) \(server.url)/api/routes/{\(check.route)}/run"
        headers = check.headerFieldsWithContentType.map { "\($0.name): \($0.value)" }
        bodySize = check.body?.bytes.count
        do throws(RequestEncodingError) {
            let path = try SubPathEncoder.encode(check.path, for: version)
            let query = try QueryEncoder.encode(check.queryParameters, for: version)
            request = base + (path.isEmpty ? "" : "/\(path)") + (query.isEmpty ? "" : "?\(query)")
        } catch {
            request = base
            problem = error.message
        }
    }
}

extension RunPlan {
    /// The requests that a run of the plan would send, line by line; secrets stand in them as they are, and so do
    /// line breaks in names and values.
    package var requestPreviews: [String] {
        var lines: [String] = []
        for entry in entries where entry.skipReason == nil {
            let check = job.checks[entry.check]
            let preview = RequestPreview(of: check, to: job.server)
            lines += ["# \(check.name)", preview.request] + preview.headers.map { "  \($0)" }
            if let size = preview.bodySize { lines.append("  (\(size.counting("byte")) of body)") }
            if let problem = preview.problem { lines.append("  ! \(problem)") }
        }
        return lines
    }
}

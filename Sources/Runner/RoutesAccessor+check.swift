import Checks
import DHIS2
import HTTPVocabulary

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

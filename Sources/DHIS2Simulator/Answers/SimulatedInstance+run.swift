import FoundationEssentials

extension SimulatedInstance {
    private static let runMethods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]

    /// `/api/routes/{uid or code}/run[/**]`, in the order in which DHIS2 decides.
    ///
    /// - Parameter subPath: What followed `/run/`, decoded once; `nil` when no slash followed `/run`.
    func runRoute(
        _ reference: String,
        subPath: String?,
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) -> SimulatedReply {
        if request.method == "OPTIONS" { return Self.options(Self.runMethods) }
        guard Self.runMethods.contains(request.method) else { return methodNotAllowed(request) }
        // Spring takes the body apart before DHIS2 looks at the route.
        let body: ForwardedBody
        do throws(ForwardedBody.Problem) {
            body = try ForwardedBody(of: request, era: era)
        } catch {
            return self.error(Envelope(500, error.message), to: request)
        }
        // Step 2: sharing plays no part, and a disabled route does not exist.
        guard let (route, number) = route(reference), !route.disabled else {
            let message = era == .b ? "Route \(reference) not found" : "Route not found: '\(reference)'"
            return error(.notFound(message), to: request)
        }
        // Step 3.
        guard route.isRunnable(by: user) else {
            let message = era == .b ? "User not authorized" : "User not authorized to execute route"
            return error(.forbidden(message), to: request)
        }
        // Step 4: the list came with 2.42.
        if !route.isAllowListed && era != .b {
            return era == .d
                ? SimulatedReply(status: 503) : error(.badGateway("An unexpected error occurred"), to: request)
        }
        switch upstreamRequest(route, number: number, subPath: subPath, request, user, body) {
        case .success(let upstreamRequest): return call(route, upstreamRequest, for: request)
        case .failure(let refusal): return error(refusal.envelope, to: request)
        }
    }

    private struct Refusal: Error {
        let envelope: Envelope
    }

    /// Steps 5 to 9.
    private func upstreamRequest(
        _ route: SimulatedRoute,
        number: Int,
        subPath: String?,
        _ request: SimulatedRequest,
        _ user: SimulatedUser,
        _ body: ForwardedBody
    ) -> Result<UpstreamRequest, Refusal> {
        var query: RunQuery
        if era == .e, let problem = TomcatParameters.problem(in: request.rawQuery ?? "") {
            return .failure(Refusal(envelope: Envelope(409, problem, exception: "java.lang.IllegalStateException")))
        }
        do throws(JavaURLDecoder.Failure) {
            query = try RunQuery(decoding: request.rawQuery)
        } catch {
            return .failure(Refusal(envelope: Envelope(400, error.message)))
        }
        if case .queryParameters = route.auth, era != .e, request.rawQuery != nil {
            // They are added to a map of parameters that cannot be changed once it is the client's.
            let envelope =
                era == .b
                ? Envelope(500, nil, exception: "java.lang.UnsupportedOperationException") : Self.authenticationFailed
            return .failure(Refusal(envelope: envelope))
        }
        var headers = forwardedHeaders(of: request, route, user)
        if let type = body.contentType { headers.replace("Content-Type", with: type) }
        guard apply(route.auth, headers: &headers, query: &query) else {
            return .failure(Refusal(envelope: Self.authenticationFailed))
        }
        if subPath != nil && !route.isWildcard {
            let message = "Route '\(number)' does not allow sub-paths"
            return .failure(Refusal(envelope: era == .b ? .badRequest(message) : .badGateway(message)))
        }
        do throws(UpstreamAddress.Problem) {
            let address = try UpstreamAddress(era: era, baseURL: route.baseURL, subPath: subPath ?? "", query: query)
            return .success(
                UpstreamRequest(
                    method: request.method,
                    url: address.url,
                    path: address.path,
                    subPath: subPath ?? "",
                    rawQuery: address.rawQuery,
                    headers: headers,
                    body: body.bytes
                )
            )
        } catch {
            return .failure(Refusal(envelope: Envelope(error.status, error.message)))
        }
    }

    private static let authenticationFailed = Envelope.badGateway("An error occurred during authentication")

    /// Section 3.4: the request headers that reach the upstream.
    private func forwardedHeaders(
        of request: SimulatedRequest,
        _ route: SimulatedRoute,
        _ user: SimulatedUser
    ) -> HeaderList {
        var headers = HeaderList(request.headers.fields.filter { ForwardedHeaders.isForwarded($0.name) })
        headers.add(route.headers)
        headers.add("X-Forwarded-User", user.username)
        // Spring's older client names a type for every body, and sends an empty one with GET.
        if era == .b && !headers.contains("Content-Type") { headers.add("Content-Type", "application/octet-stream") }
        return headers
    }

    /// Adds the route's credentials; `false` when they could not be had.
    private func apply(
        _ auth: SimulatedRouteAuth?,
        headers: inout HeaderList,
        query: inout RunQuery
    ) -> Bool {
        switch auth {
        case nil:
            break
        case .basic(let username, let password):
            let credentials = Data("\(username):\(password)".utf8).base64EncodedString()
            headers.add("Authorization", "Basic \(credentials)")
        case .token(let token):
            headers.add("Authorization", "ApiToken \(token)")
        case .headers(let added):
            headers.add(added)
        case .queryParameters(let added):
            for field in added.fields { query.add(field.name, field.value) }
        case .clientCredentials(let token?, _, _):
            headers.add("Authorization", "Bearer \(token)")
        case .clientCredentials(nil, _, _):
            // This kind came with 2.42; an older server has no such route.
            return era == .b
        }
        return true
    }
}

/// Which headers the route layer lets through, both ways.
enum ForwardedHeaders {
    private static let request = [
        "accept", "accept-encoding", "accept-language", "x-requested-with", "user-agent", "cache-control",
        "content-type", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
        "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-forwarded-prefix",
        "forwarded",
    ]

    private static let response = [
        "content-encoding", "content-language", "content-length", "content-type", "expires", "cache-control",
        "last-modified", "etag",
    ]

    static func isForwarded(_ name: String) -> Bool { request.contains { $0.isSameFieldName(as: name) } }

    static func isReturned(_ name: String) -> Bool { response.contains { $0.isSameFieldName(as: name) } }
}

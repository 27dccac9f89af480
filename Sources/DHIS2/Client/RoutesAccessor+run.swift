public import DHIS2Behaviour
public import HTTPVocabulary
import Text

extension RoutesAccessor {
    /// Runs a route: sends a request to `/api/routes/{uid}/run[/path]` and returns the answer whatever its status.
    ///
    /// The code's uid is looked up at the first use. When DHIS2 says that it has no route with a uid that was known
    /// from before, the code is looked up again once; if that brings another uid, the request is repeated (it never
    /// reached the target). A route that the list does not show is addressed by its code, because a user may be
    /// allowed to run it but not to read it.
    ///
    /// - Parameters:
    ///   - code: The route's code, compared byte for byte.
    ///   - path: The sub-path as plain text; one leading `/` is dropped; see ``DHIS2Behaviour/SubPathEncoder``.
    ///   - params: The query as the target is to get it; see ``DHIS2Behaviour/QueryEncoding``.
    ///   - headers: Header fields that replace the client's of the same name. DHIS2 forwards few of them.
    ///   - useCache: Whether a uid that is known already will do; otherwise the code is looked up anew.
    ///   - method: The method.
    ///   - body: The body.
    ///   - timeout: The bound on the request instead of the configuration's; lookups keep the latter.
    ///   - keptBody: The most bytes of the answer's body that are kept; the rest is read and counted.
    /// - Throws: ``RouteError`` when there is no such route, its lookup failed, the request cannot be sent as it was
    ///   given or this route cannot be run with parameters, no answer came, or the task was cancelled.
    public func run(
        code: String,
        path: String = "",
        params: QueryParameters = [:],
        headers: HTTPFields = [:],
        useCache: Bool = true,
        method: HTTPMethod = .get,
        body: [UInt8]? = nil,
        timeout: Duration? = nil,
        keptBody: Int = .max
    ) async throws(RouteError) -> RouteResponse {
        var run = Run(
            path: path,
            method: method,
            headers: connection.headers(with: headers),
            body: body,
            timeout: timeout,
            keptBody: keptBody
        )
        if !path.isEmpty || !params.isEmpty {
            let version = try await version(for: path, params, of: code)
            // What cannot be sent to any route is refused before a route is looked up.
            run.suffix = try suffix(code: code, path: path, params: params, version: version, routeURL: "")
            if QueryEncoder.dependsOnPlaceholders(params, for: version) { run.open = (params, version) }
        }
        if useCache, let known = cache.target(for: code) {
            let response = try await send(run, to: known)
            guard OwnAnswer.saysRouteNotFound(response) else { return response }
            return try await recover(run, from: response, of: known)
        }
        let found = try await lookUp(code, anew: !useCache)
        let response = try await send(run, to: found)
        guard OwnAnswer.saysRouteNotFound(response) else { return response }
        if case .listed = found.standing { return response }
        return try await recover(run, from: response, of: found)
    }

    /// What all attempts of one run have in common.
    private struct Run {
        var path: String
        /// What follows `/run` in the URL; for a route without placeholders in its URL where that matters.
        var suffix = ""
        /// The parameters whose encoding depends on the route's URL, and the version they are encoded for.
        var open: (params: QueryParameters, version: ServerVersion?)?
        var method: HTTPMethod
        var headers: HTTPFields
        var body: [UInt8]?
        var timeout: Duration?
        var keptBody: Int
    }

    /// The version that a path and parameters are written for, asked for only where that matters.
    private func version(
        for path: String,
        _ params: QueryParameters,
        of code: String
    ) async throws(RouteError) -> ServerVersion? {
        guard !SubPathRules.isPlain(path) || !QueryEncoder.isPlain(params) else { return nil }
        do {
            return try await connection.version()
        } catch {
            throw RouteError.versionUnknown(code, error)
        }
    }

    private func suffix(
        code: String,
        path: String,
        params: QueryParameters,
        version: ServerVersion?,
        routeURL: String?
    ) throws(RouteError) -> String {
        do {
            let path = try SubPathEncoder.encode(path, for: version)
            var suffix = path.isEmpty ? "" : "/" + path
            if !params.isEmpty { suffix += try "?" + QueryEncoder.encode(params, for: version, routeURL: routeURL) }
            return suffix
        } catch {
            throw RouteError(.unsendable, message: error.message, routeCode: code)
        }
    }

    private func send(_ run: Run, to target: RouteTarget) async throws(RouteError) -> RouteResponse {
        guard let runURL = target.runURL else {
            throw RouteError.unaddressable(target.code, suggestion: suggestion(for: target.code))
        }
        if target.route?.authenticationType == Route.queryAuthentication, run.suffix.contains("?"),
            let version = connection.knownVersion, RouteBehaviour(version).refusesQueryBesideItsOwn
        {
            throw RouteError.queryRefused(target.code, by: version)
        }
        var suffix = run.suffix
        if let (params, version) = run.open {
            suffix = try self.suffix(
                code: target.code,
                path: run.path,
                params: params,
                version: version,
                routeURL: target.route?.url
            )
        }
        let url = suffix.isEmpty ? runURL : runURL + suffix
        let request = TransportRequest(
            method: run.method,
            url: url,
            headerFields: run.headers,
            body: run.body,
            timeout: run.timeout ?? connection.patience(for: target.route),
            keptBody: run.keptBody
        )
        do {
            let answer = try await connection.send(request, as: .run(target, path: run.path))
            return RouteResponse(
                exchange: answer.exchange,
                url: url,
                method: run.method,
                path: run.path,
                isInSession: answer.isInSession,
                wasRepeated: answer.wasRepeated,
                requestFields: run.headers,
                target: target
            )
        } catch {
            throw RouteError.noAnswer(target.code, error, url: url)
        }
    }

    /// Deals with DHIS2's own "Route not found": the uid is stale, or the route is disabled or missing.
    private func recover(
        _ run: Run,
        from response: RouteResponse,
        of target: RouteTarget
    ) async throws(RouteError) -> RouteResponse {
        switch target.standing {
        // Addressed by code, DHIS2 has looked it up itself.
        case .unlisted:
            throw RouteError.noSuchRoute(target.code, suggestion: suggestion(for: target.code), response: response)
        // A disabled route is not found either; it is there, and another look would say the same.
        case .listed(let route) where route.disabled:
            return response
        case .listed, .assumed:
            break
        }
        let renewed = try await lookUp(target.code, besides: target)
        var answer = response
        if renewed.runURL != target.runURL {
            do {
                try await connection.pace()
            } catch {
                throw RouteError.noAnswer(target.code, error, url: renewed.runURL ?? "")
            }
            answer = try await send(run, to: renewed)
        } else {
            answer.target = renewed
        }
        answer.wasLookedUpAgain = true
        if case .unlisted = renewed.standing, OwnAnswer.saysRouteNotFound(answer) {
            throw RouteError.noSuchRoute(target.code, suggestion: suggestion(for: target.code), response: answer)
        }
        return answer
    }

    private func suggestion(for code: String) -> String? {
        closestMatch(to: code, among: cache.listedCodes.lazy.filter { $0 != code })
    }

    private func lookUp(_ code: String, anew: Bool) async throws(RouteError) -> RouteTarget {
        if anew {
            let lookup = cache.renew(code)
            start(lookup, of: code)
            return try await wait(for: lookup, of: code)
        }
        if connection.configuration.addressRoutesBy == .code {
            let target = target(code, .assumed)
            if target.runURL != nil {
                cache.store(target)
                return target
            }
        }
        return try await lookUp(code, besides: nil)
    }

    private func lookUp(_ code: String, besides stale: RouteTarget?) async throws(RouteError) -> RouteTarget {
        switch cache.step(for: code, besides: stale) {
        case .use(let target): return target
        case .wait(let lookup): return try await wait(for: lookup, of: code)
        case .start(let lookup):
            start(lookup, of: code)
            return try await wait(for: lookup, of: code)
        }
    }

    private func start(_ lookup: RouteCache.Lookup, of code: String) {
        lookup.start {
            let outcome: RouteCache.Lookup.Outcome
            do throws(DHIS2Error) {
                let route = try await self.list.route(code: code)
                outcome = .success(self.target(code, route.map { .listed($0) } ?? .unlisted))
            } catch {
                outcome = .failure(.lookupFailed(code, error))
            }
            self.cache.settle(code, lookup, outcome)
            return outcome
        }
    }

    private func wait(for lookup: RouteCache.Lookup, of code: String) async throws(RouteError) -> RouteTarget {
        guard let outcome = await lookup.outcome() else { throw RouteError.cancelled(code) }
        return try outcome.get()
    }
}

import Text

/// Runs the routes of a DHIS2 server by their codes, and lists them.
///
/// A code is looked up once and its uid kept for the accessor's life. Any number of concurrent first uses share one
/// lookup; a lookup that fails is not kept; what an invalidation overtakes is not kept either.
public final class RoutesAccessor: Sendable {
    let connection: DHIS2Connection
    let list: RouteList
    let cache = RouteCache()

    init(connection: DHIS2Connection) {
        self.connection = connection
        list = RouteList(connection: connection)
    }

    /// One page of the routes that the credentials may read; one past the end has no rows.
    ///
    /// - Parameters:
    ///   - page: The page, from 1.
    ///   - pageSize: How many routes it holds, 1…1000: 2.44 gives no more, and 0 or less is answered by each version in its
    ///     own way, from no rows to a 500.
    /// - Throws: ``DHIS2Error`` when the list cannot be read, or, before anything is sent, with
    ///   ``DHIS2Error/Code/invalidPage``.
    public func listAll(page: Int = 1, pageSize: Int = 50) async throws(DHIS2Error) -> RoutePage {
        try await listAll(page: page, pageSize: pageSize, repeats: true)
    }

    /// As ``listAll(page:pageSize:)``; a failure that may pass within a moment is tried again only if that is asked for.
    package func listAll(page: Int = 1, pageSize: Int, repeats: Bool) async throws(DHIS2Error) -> RoutePage {
        guard (1...RouteList.largestPage).contains(pageSize) else {
            throw DHIS2Error(
                .invalidPage,
                message: "A page of the list of routes holds 1 to \(RouteList.largestPage) routes, not \(pageSize)."
            )
        }
        // DHIS2 counts rows in 32 bits.
        guard page >= 1, page <= Int(Int32.max) / pageSize else {
            throw DHIS2Error(
                .invalidPage,
                message: page < 1
                    ? "The pages of the list of routes are counted from 1, so there is no page \(page)."
                    : "Page \(page) of the list of routes, at \(pageSize.counting("route")) each, is beyond what DHIS2 can count."
            )
        }
        return try await RouteList(connection: connection, repeats: repeats).page(page, size: pageSize)
    }

    /// Forgets the uid of a code, or of all codes.
    ///
    /// A lookup that is under way still serves those who wait for it, but what it finds is not kept.
    public func invalidateCache(code: String? = nil) {
        cache.invalidate(code)
    }

    /// Looks up many codes at once, in as few requests as the server allows, and keeps what it finds.
    ///
    /// The list is read in pages of 500; when filtering for the codes that are still open takes fewer requests than
    /// the pages that are left, it is filtered. Codes are compared byte for byte. A code that the list does not show
    /// is not an error: runs address it by code.
    ///
    /// - Throws: ``DHIS2Error`` when the list cannot be read.
    public func resolve(codes: [String]) async throws(DHIS2Error) -> RouteResolution {
        try await resolve(codes: codes, repeats: true)
    }

    /// As ``resolve(codes:)``; a failure that may pass within a moment is tried again only if that is asked for.
    package func resolve(codes: [String], repeats: Bool) async throws(DHIS2Error) -> RouteResolution {
        guard !codes.isEmpty else { return RouteResolution() }
        let epoch = cache.epoch
        let walk = try await RouteList(connection: connection, repeats: repeats).walk(wanted: codes)
        let targets =
            walk.found.map { target($0.key.text, .listed($0.value)) } + walk.missing.map { target($0, .unlisted) }
        cache.store(targets, since: epoch, listedCodes: walk.seen)
        return RouteResolution(
            found: Dictionary(walk.found.map { ($0.key.text, $0.value) }) { first, _ in first },
            missing: walk.missing,
            requestCount: walk.requestCount,
            unreadable: walk.unreadable
        )
    }

    /// The route of a code as the list showed it last, where it has been looked up.
    package func knownRoute(code: String) -> Route? { cache.target(for: code)?.route }

    func target(_ code: String, _ standing: RouteTarget.Standing) -> RouteTarget {
        RouteTarget(
            code: code,
            standing: standing,
            addressing: connection.configuration.addressRoutesBy,
            apiURL: connection.apiURL
        )
    }
}

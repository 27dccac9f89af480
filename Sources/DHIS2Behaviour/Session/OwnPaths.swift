/// Paths under DHIS2's context path that DHIS2 itself uses, as they stand in a browser's address line.
package enum OwnPaths {
    /// The context path in front of what DHIS2 itself uses; `nil` where nothing of a path is known to be DHIS2's.
    ///
    /// Web apps are under `/dhis-web-NAME` up to 2.42 and under `/apps` later, those that somebody has installed under
    /// `/api/apps`; the API is under `/api`. It is not certain where a path goes on behind `/api` or `/apps`, under which
    /// others may have put their DHIS2.
    ///
    /// - Parameter path: A path that begins with a slash and does not end with one, or is empty.
    package static func contextPath(inFrontIn path: String) -> (path: String, isCertain: Bool)? {
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let login = LoginPages.contextPath(ofLogin: path)
        // A DHIS2 may be installed under /apps, but hardly under the name of one of its apps.
        let certain =
            segments.firstIndex { $0.hasPrefix("dhis-web-") } ?? (segments.last == "api" ? segments.indices.last : nil)
        guard let place = certain ?? segments.firstIndex(where: { $0 == "api" || $0 == "apps" }) else {
            return login.map { ($0, true) }
        }
        return (segments[..<place].map { "/\($0)" }.joined(), certain != nil || login != nil)
    }
}

/// Paths under DHIS2's context path that DHIS2 itself uses, as they stand in a browser's address line.
package enum OwnPaths {
    /// Whether a path shows for certain where DHIS2 begins in it: at one of its web apps, at the API, or at a page to log in.
    ///
    /// Others may have put it under a path that begins with `/api` or `/apps`.
    package static func isCertain(_ path: String) -> Bool {
        let segments = path.split(separator: "/")
        return segments.last == "api" || segments.contains { $0.hasPrefix("dhis-web-") }
            || LoginPages.contextPath(ofLogin: path) != nil
    }

    /// The context path in front of what DHIS2 itself uses; `nil` where nothing of a path is known to be DHIS2's.
    ///
    /// Web apps are under `/dhis-web-NAME` up to 2.42 and under `/apps` later, those that somebody has installed under
    /// `/api/apps`; the API is under `/api`.
    ///
    /// - Parameter path: A path that begins with a slash and does not end with one, or is empty.
    package static func contextPath(inFrontIn path: String) -> String? {
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        // A DHIS2 may be installed under /apps, but hardly under the name of one of its apps.
        let place =
            segments.firstIndex { $0.hasPrefix("dhis-web-") }
            ?? (segments.last == "api" ? segments.indices.last : nil)
            ?? segments.firstIndex { $0 == "api" || $0 == "apps" }
        guard let place else { return LoginPages.contextPath(ofLogin: path) }
        return segments[..<place].map { "/\($0)" }.joined()
    }
}

/// One page of DHIS2's list of routes.
public struct RoutePage: Sendable, Hashable, Decodable {
    /// The routes that the credentials may read, by name.
    public var routes: [Route]
    /// Where in the list the page stands; `nil` when the server did not say.
    public var pager: Pager?

    /// Creates a page.
    public init(routes: [Route], pager: Pager? = nil) {
        self.routes = routes
        self.pager = pager
    }

    /// Where in a list a page stands.
    ///
    /// A page past the end has no rows, yet DHIS2 from 2.42 on gives the last page's number for it.
    public struct Pager: Sendable, Hashable, Decodable {
        /// The page's number, from 1.
        public var page: Int?
        /// How many pages there are; 0 for an empty list.
        public var pageCount: Int?
        /// How many routes there are.
        public var total: Int?
        /// How many routes a page holds.
        public var pageSize: Int?

        /// Creates a pager; what is left out is unknown.
        public init(page: Int? = nil, pageCount: Int? = nil, total: Int? = nil, pageSize: Int? = nil) {
            self.page = page
            self.pageCount = pageCount
            self.total = total
            self.pageSize = pageSize
        }
    }
}

import DHIS2Behaviour

/// Asks DHIS2's list of routes.
struct RouteList: Sendable {
    let connection: DHIS2Connection
    /// Whether what may pass within a moment is tried again.
    var repeats = true

    /// The most rows that every version gives: 2.44 cuts a larger page to this.
    static let largestPage = 1_000

    func page(_ page: Int, size: Int, filter: String? = nil) async throws(DHIS2Error) -> RoutePage {
        do {
            return try await self.page(page, size: size, filter: filter, fields: Route.fields)
        } catch  where error.statusCode == 400 || error.statusCode == 409 {
            // A version that will not show all fields must not cost the list.
            return try await self.page(page, size: size, filter: filter, fields: Route.essentialFields)
        }
    }

    private func page(
        _ page: Int,
        size: Int,
        filter: String?,
        fields: String
    ) async throws(DHIS2Error) -> RoutePage {
        var query: QueryParameters = ["fields": fields]
        if let filter { query.append("filter", filter) }
        query.append("page", String(page))
        query.append("pageSize", String(size))
        return try await connection.get("routes", query: query, as: RoutePage.self, repeats: repeats)
    }

    /// The one readable route with a code.
    func route(code: String) async throws(DHIS2Error) -> Route? {
        guard RouteCodeRules.isSafeToFilter(code) else { return try await walk(wanted: [code]).found.first?.value }
        // Byte for byte: the database's collation, or a filter that was cut, may bring another route.
        let page = try await page(1, size: 50, filter: "code:eq:" + code)
        return page.routes.first { $0.code.map(ExactText.init) == ExactText(code) }
    }

    /// Some routes with codes that are safe in a list, in one request.
    func routes(codes: [String]) async throws(DHIS2Error) -> RoutePage {
        try await page(1, size: max(50, codes.count), filter: "code:in:[" + codes.joined(separator: ",") + "]")
    }

    /// What a walk through the list brought.
    struct Walk {
        var found: [ExactText: Route] = [:]
        /// The codes that were not found, in the order given.
        var missing: [String] = []
        /// The codes of all routes that were seen.
        var seen: [String] = []
        var requestCount = 0
        /// The rows that cannot be read, each once.
        private(set) var unreadable: [UnreadableRow] = []
        private var noted: Set<UnreadableRow> = []

        mutating func note(_ rows: [UnreadableRow]) {
            for row in rows where noted.insert(row).inserted { unreadable.append(row) }
        }
    }

    static let walkPageSize = 500

    /// Looks for codes in as few requests as it takes: page by page, or by filter as soon as that needs fewer.
    ///
    /// Pagers are not trusted: the walk counts pages itself, and ends at a page that brings nothing new.
    func walk(wanted: [String]) async throws(DHIS2Error) -> Walk {
        var walk = Walk()
        var open = Set(wanted.map(ExactText.init))
        var ids: Set<ExactText> = []
        var rowCount = 0
        var page = 1
        while !open.isEmpty, page <= Self.maximumPages {
            let answer = try await self.page(page, size: Self.walkPageSize)
            walk.requestCount += 1
            let countBefore = ids.count + walk.unreadable.count
            walk.note(answer.unreadable)
            for route in answer.routes {
                ids.insert(ExactText(route.id))
                guard let code = route.code else { continue }
                walk.seen.append(code)
                if let code = open.remove(ExactText(code)) { walk.found[code] = route }
            }
            rowCount += answer.routes.count + answer.unreadable.count
            let remaining = Self.remainingPages(after: page, rowCount: rowCount, pager: answer.pager)
            guard ids.count + walk.unreadable.count > countBefore, remaining > 0, !open.isEmpty else { break }
            let chunks = Self.filterChunks(open.map(\.text).sorted())
            if let chunks, chunks.count < remaining {
                try await filter(chunks, into: &walk, open: &open)
                break
            }
            page += 1
        }
        walk.missing = wanted.filter { open.remove(ExactText($0)) != nil }
        return walk
    }

    private func filter(
        _ chunks: [[String]],
        into walk: inout Walk,
        open: inout Set<ExactText>
    ) async throws(DHIS2Error) {
        for chunk in chunks {
            let page = try await routes(codes: chunk)
            walk.requestCount += 1
            walk.note(page.unreadable)
            for route in page.routes {
                if let code = route.code.flatMap({ open.remove(ExactText($0)) }) { walk.found[code] = route }
            }
        }
    }

    /// Codes in groups that each fit one `code:in:[…]`; `nil` when one of them is not safe there.
    private static func filterChunks(_ codes: [String]) -> [[String]]? {
        var chunks: [[String]] = []
        var length = maximumFilterLength
        for code in codes {
            guard RouteCodeRules.isSafeInList(code) else { return nil }
            if length + code.utf8.count + 1 > maximumFilterLength || chunks.last?.count == largestPage {
                chunks.append([])
                length = 0
            }
            chunks[chunks.count - 1].append(code)
            length += code.utf8.count + 1
        }
        return chunks
    }

    private static func remainingPages(after page: Int, rowCount: Int, pager: RoutePage.Pager?) -> Int {
        guard let pager else { return 0 }
        // More than these the walk never takes, and a server may name any number.
        let total = min(max(pager.total ?? 0, 0), maximumPages * walkPageSize)
        let pageCount = min(max(pager.pageCount ?? 0, 0), maximumPages)
        return max((total - rowCount + walkPageSize - 1) / walkPageSize, pageCount - page, 0)
    }

    /// 500,000 routes: more than a server has, less than forever.
    private static let maximumPages = 1_000

    /// Well under the 8 KiB that Tomcat and nginx accept for a request line.
    private static let maximumFilterLength = 4_000
}

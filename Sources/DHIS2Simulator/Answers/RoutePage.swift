/// One page of the list of routes, and the pager that goes with it.
struct RoutePage {
    let rows: [SimulatedRoute]
    let page: Int
    let pageSize: Int
    let total: Int

    /// - Parameter page: The page asked for, from 1; a smaller number counts as 1.
    init(of routes: [SimulatedRoute], page: Int, pageSize: Int, era: SimulatedEra) {
        let size = max(pageSize, 1)
        let last = max((routes.count + size - 1) / size, 1)
        let wanted = max(page, 1)
        self.pageSize = size
        self.page = min(wanted, last)
        total = routes.count
        // From 2.42 on a page past the end is empty, though the pager names the last one (inferred).
        let shown = era == .b ? self.page : wanted
        rows = shown > last ? [] : Array(routes.dropFirst((shown - 1) * size).prefix(size))
    }

    var pageCount: Int { (total + pageSize - 1) / pageSize }

    /// - Parameters:
    ///   - base: The absolute address of the list.
    ///   - otherParameters: The rest of the query as it was sent.
    func pager(base: String, otherParameters: [String]) -> JSONText {
        var members: [(String, JSONText)] = [
            ("page", .number(page)), ("total", .number(total)), ("pageSize", .number(pageSize)),
            ("pageCount", .number(pageCount)),
        ]
        func link(_ number: Int) -> JSONText {
            var parameters = ["page=\(number)"]
            if pageSize != 50 { parameters.append("pageSize=\(pageSize)") }
            return .string(base + "?" + (parameters + otherParameters).joined(separator: "&"))
        }
        if page < pageCount { members.append(("nextPage", link(page + 1))) }
        if page > 1 { members.append(("prevPage", link(page - 1))) }
        return .object(members)
    }
}

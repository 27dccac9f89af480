/// One page of the list of routes, and the pager that goes with it.
struct RoutePage {
    let rows: [SimulatedRoute]
    let page: Int
    let pageSize: Int
    let total: Int

    /// - Parameters:
    ///   - page: The page asked for, from 1; a smaller number counts as 1.
    ///   - pageSize: Not negative; with 0 there are no rows, though the pager says 1.
    init(of routes: [SimulatedRoute], page: Int, pageSize: Int) {
        let size = max(pageSize, 1)
        let last = max(Self.count(of: routes.count, by: size), 1)
        let wanted = max(page, 1)
        self.pageSize = size
        self.page = min(wanted, last)
        total = routes.count
        // A page past the end is empty, though the pager names the last one.
        let isShown = wanted <= last && pageSize > 0
        rows = isShown ? Array(routes.dropFirst((wanted - 1) * size).prefix(size)) : []
    }

    var pageCount: Int { Self.count(of: total, by: pageSize) }

    /// How many pages of a size hold so many rows; no size is too large.
    private static func count(of rows: Int, by size: Int) -> Int { rows / size + (rows % size == 0 ? 0 : 1) }

    /// - Parameters:
    ///   - base: The absolute address of the list.
    ///   - otherParameters: The rest of the query.
    func pager(base: String, _ otherParameters: [String]) -> JSONText {
        var members: [(String, JSONText)] = [
            ("page", .number(page)), ("total", .number(total)), ("pageSize", .number(pageSize)),
        ]
        func link(_ number: Int) -> JSONText {
            var parameters = number > 1 ? ["page=\(number)"] : []
            if pageSize != 50 { parameters.append("pageSize=\(pageSize)") }
            let query = (parameters + otherParameters).joined(separator: "&")
            return .string(query.isEmpty ? base : base + "?" + query)
        }
        if page < pageCount { members.append(("nextPage", link(page + 1))) }
        if page > 1 { members.append(("prevPage", link(page - 1))) }
        members.append(("pageCount", .number(pageCount)))
        return .object(members)
    }
}

/// The names that a `fields` parameter asks for at the top level; names nobody knows vanish silently.
struct FieldSelection {
    private var names: Set<String> = []
    private var excluded: Set<String> = []
    private var all = false

    init(_ text: String) {
        for item in Self.topLevelItems(of: text) {
            let name = item.prefix { $0 != "[" && $0 != "~" && $0 != ":" }
            switch item {
            case "*", ":all", ":owner", ":persisted": all = true
            case ":identifiable":
                names.formUnion(["id", "name", "code", "created", "lastUpdated", "href", "displayName"])
            case ":nameable": names.formUnion(["id", "name", "code", "created", "lastUpdated", "displayName"])
            case _ where item.hasPrefix("!"): excluded.insert(String(item.dropFirst()))
            default: names.insert(String(name))
            }
        }
    }

    func contains(_ name: String) -> Bool { (all || names.contains(name)) && !excluded.contains(name) }

    /// Splits at commas outside of brackets.
    private static func topLevelItems(of text: String) -> [String] {
        var items: [String] = []
        var current = ""
        var depth = 0
        for character in text {
            switch character {
            case "," where depth == 0:
                items.append(current)
                current = ""
                continue
            case "[", "(": depth += 1
            case "]", ")": depth -= 1
            default: break
            }
            current.append(character)
        }
        return (items + [current]).filter { !$0.isEmpty }
    }
}

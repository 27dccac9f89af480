internal import YAMLTree

/// What `${…}` stood for while something was read, for identities of checks that are not made of secrets.
struct ReferenceTrace {
    /// A variable and the text that it stood for.
    struct Reference: Hashable {
        let name: String
        let value: String
    }

    private var found: [Reference] = []
    /// What each of the file's `vars` was made from, as it is filled in only once.
    private var sources: [String: [Reference]] = [:]
    private var isOpen = false
    /// The names of what is found while somebody watches, whatever is taken down beside that.
    private var watched: [String]?

    /// Begins to watch for names.
    ///
    /// - Returns: What has been found for who else is watching, to be given back at the end.
    mutating func beginWatching() -> [String]? {
        defer { watched = [] }
        return watched
    }

    /// The names that have been found since the beginning; who else is watching gets them too.
    mutating func endWatching(goingOnWith outer: [String]?) -> [String] {
        let found = watched ?? []
        watched = outer.map { $0 + found }
        return found
    }

    /// Begins to take down what is found.
    mutating func begin() {
        isOpen = true
        found = []
    }

    /// What has been found since the beginning, each once.
    mutating func end() -> [Reference] {
        isOpen = false
        var seen: Set<Reference> = []
        let references = found.filter { seen.insert($0).inserted }
        found = []
        return references
    }

    /// Takes down a variable that has been found.
    ///
    /// - Parameter makers: Where a row has it, the names of what its value is made from; asked for only by who watches.
    mutating func add(_ name: String, _ value: Resolved, ofRowMadeFrom makers: @autoclosure () -> [String]?) {
        if watched != nil {
            watched?.append(contentsOf: makers() ?? [name] + (sources[name] ?? []).map(\.name))
        }
        guard isOpen else { return }
        if let text = value.text { found.append(Reference(name: name, value: text)) }
        if let sources = sources[name] { found += sources }
    }

    /// Takes down what stood in for a variable.
    mutating func add(_ name: String, fallback: String) {
        if isOpen { found.append(Reference(name: name, value: fallback)) }
    }

    /// Fills in one of the file's `vars`, and keeps what it is made from.
    ///
    /// - Returns: What was being taken down, to be gone on with by ``resume(_:after:)``.
    mutating func suspend() -> (isOpen: Bool, found: [Reference]) {
        defer { begin() }
        return (isOpen, found)
    }

    /// Goes on with what was taken down before one of the file's `vars` was filled in.
    mutating func resume(_ outer: (isOpen: Bool, found: [Reference]), after variable: String) {
        if !found.isEmpty { sources[variable] = end() }
        (isOpen, found) = outer
    }
}

extension Resolved {
    /// The text of a scalar; `nil` for a list or a map, whose parts are read one by one.
    var text: String? {
        switch self {
        case .text(let text): text
        case .node(let node): node.kind == .scalar ? node.text : nil
        }
    }
}

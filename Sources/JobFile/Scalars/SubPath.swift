internal import DHIS2Behaviour

/// The sub-path of a check, after `/run/`.
enum SubPath {
    /// Says in a clause what is wrong with a path.
    struct Refusal: Error, Equatable {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    /// The path without its leading slash.
    ///
    /// What DHIS2 refuses in whatever form is refused here, so that no reading of a path leaves `/run/`; a trailing slash
    /// is too.
    static func parse(_ text: String) throws(Refusal) -> String {
        let path = SubPathRules.relative(text)
        guard !path.isEmpty else { return path }
        let sorts = SubPathRules.sorts(in: path)
        guard !sorts.contains(.control) else { throw Refusal("must not hold control characters") }
        guard !sorts.contains(.end) else {
            throw Refusal("must not hold \"?\" or \"#\"; the query goes into params")
        }
        guard !sorts.contains(.backslash) else { throw Refusal("must not hold a backslash") }
        guard !sorts.contains(.disguise) else {
            throw Refusal("must not hold \"%\" or \";\", which DHIS2 refuses; write it as plain text")
        }
        switch SubPathRules.segmentFault(in: path) {
        case .dots: throw Refusal("must not have \".\" or \"..\" segments")
        case nil where !path.hasSuffix("/"): return path
        case .empty, nil: throw Refusal("must not have empty segments")
        }
    }
}

/// The segments of a path, one after the other, the slash between two of them dropped.
struct PathSegments {
    /// What has not been taken; `nil` after the last segment, and empty where that is.
    private(set) var rest: Substring?

    /// - Parameter path: A path that begins with a slash.
    init(_ path: Substring) {
        rest = path.dropFirst()
    }

    /// Takes the next segment; `nil` when there is none.
    mutating func next() -> Substring? {
        guard let rest else { return nil }
        guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            self.rest = nil
            return rest
        }
        self.rest = rest[rest.utf8.index(after: slash)...]
        return rest[..<slash]
    }
}

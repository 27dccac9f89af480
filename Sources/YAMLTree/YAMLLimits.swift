/// How large a YAML file may be, so that a small hostile one cannot become a large tree.
package struct YAMLLimits: Sendable {
    /// The most bytes of the file.
    package var fileSize = 32 * 1024 * 1024
    /// The most maps and lists inside one another, aliases expanded.
    package var nesting = 64
    /// The most nodes after alias expansion.
    ///
    /// A key counts together with its value.
    package var nodes = 1_000_000

    package init() {}
}

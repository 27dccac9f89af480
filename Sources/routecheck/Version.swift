/// This build's version, as reports and `--version` show it.
enum Version {
    static let current = "0.1.0"
    /// The day of the version, for the manual page.
    static let date = "November 29, 2026"
}

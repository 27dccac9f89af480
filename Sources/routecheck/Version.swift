/// This build's version, as reports and `--version` show it.
enum Version {
    static let current = "0.1.0"
}

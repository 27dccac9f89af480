/// This build's version.
public enum Version {
    /// The version, as reports, `--version` and the `User-Agent` field show it.
    public static let current = "0.1.0"
    /// The day of the version, for the manual page.
    package static let date = "November 29, 2026"
}

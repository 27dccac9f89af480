// RouteChecks is the door of the library. Whoever imports it has all that a program with jobs of its own needs: the
// client, the job language, the conditions on answers, the runner and the reports. What it adds itself is `JobRun`,
// which turns jobs into a report, and the clients that a run needs. The modules behind it can be imported alone, where
// less is wanted.
@_exported public import Checks
@_exported public import CurlHTTP
@_exported public import DHIS2
@_exported public import DHIS2Behaviour
@_exported public import HTTPVocabulary
@_exported public import JSONDocument
@_exported public import JobFile
@_exported public import LinearRegex
@_exported public import Matching
@_exported public import Redaction
@_exported public import Reports
@_exported public import Runner
@_exported public import SourceDiagnostics

/// This build's version.
public enum Version {
    /// The version, as reports, `--version` and the `User-Agent` field show it.
    public static let current = "0.1.0"
    /// The day of the version, for the manual page.
    package static let date = "November 29, 2026"
}

// Whoever imports RouteChecks has all that a program with jobs of its own needs: the client, the job language, the
// conditions on answers, the runner and the reports.
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

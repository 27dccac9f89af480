import Checks
public import Redaction
import SourceDiagnostics

/// JUnit XML as the CI systems read it.
///
/// The document is valid against the schema of Jenkins' xunit plugin and, suite by suite, against the one of Maven
/// Surefire 3.0.2. A check that failed and may is shown as skipped, with its whole story: the readers know no outcome
/// between a failure, which fails their pipeline, and that. A run that has not passed although no test case says so has
/// one more suite, in which the run itself is a test case with an error.
public struct JUnitRenderer: ReportRenderer {
    /// Whether suites carry `file`, and test cases `file` and `line`: GitLab reads them, the strict schemas forbid them.
    public var includesFileAttributes: Bool

    /// XML.
    public var syntax: ReportSyntax { .xml }

    /// Creates a renderer that keeps to the schemas unless file attributes are asked for.
    public init(includesFileAttributes: Bool = false) {
        self.includesFileAttributes = includesFileAttributes
    }

    /// Writes the run as one `testsuites` element with one suite for each job file.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var buffer = ReportBuffer()
        let counts = report.counts
        let shortcoming = report.shortcoming(besides: counts)
        buffer.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"routecheck\"")
        buffer.append(counts: counts, failedRuns: shortcoming == nil ? 0 : 1)
        buffer.append(" time=\"")
        buffer.appendMilliseconds(report.duration)
        buffer.append("\">\n")
        var names = JUnitNames()
        for suite in report.suites {
            let className = JUnitNames.className(forFile: suite.file)
            names.begin(className: className, count: suite.results.count)
            writeHead(of: suite, in: report, to: &buffer)
            // By place, as results are costly to copy.
            for place in suite.results.indices {
                let name = names.unique(suite.results[place].name)
                write(suite.results[place], in: suite, className: className, name: name, to: &buffer)
                try buffer.drain(into: &sink)
            }
            buffer.append(" </testsuite>\n")
        }
        if let shortcoming { write(shortcoming, of: report, &names, to: &buffer) }
        buffer.append("</testsuites>\n")
        try buffer.flush(into: &sink)
    }

    private func writeHead(of suite: SuiteReport, in report: RunReport, to buffer: inout ReportBuffer) {
        let counts = suite.counts
        buffer.append(" <testsuite")
        buffer.append(attribute: " name=\"", suite.name)
        if includesFileAttributes { buffer.append(attribute: " file=\"", suite.file) }
        buffer.append(counts: counts)
        buffer.append(" skipped=\"")
        buffer.append(counts.skipped + counts.allowed)
        buffer.append("\" time=\"")
        buffer.appendMilliseconds(suite.duration)
        buffer.append("\" timestamp=\"")
        buffer.appendTimestamp(suite.startedAt)
        buffer.append("\">\n  <properties>\n")
        for property in JUnitProperty.properties(of: suite, in: report) {
            buffer.append(attribute: "   <property name=\"", property.name)
            buffer.append(attribute: " value=\"", property.value)
            buffer.append("/>\n")
        }
        buffer.append("  </properties>\n")
    }

    private func write(
        _ result: CheckResult,
        in suite: SuiteReport,
        className: String,
        name: String,
        to buffer: inout ReportBuffer
    ) {
        buffer.append(attribute: "  <testcase name=\"", name)
        buffer.append(attribute: " classname=\"", className)
        if includesFileAttributes {
            buffer.append(attribute: " file=\"", suite.file)
            buffer.append(" line=\"")
            buffer.append(result.position.line)
            buffer.append("\"")
        }
        buffer.append(" time=\"")
        buffer.appendMilliseconds(result.duration)
        if result.standing == .passed {
            buffer.append("\"/>\n")
            return
        }
        buffer.append("\">\n")
        JUnitOutcomeWriter(result: result, file: suite.file).write(to: &buffer)
        buffer.append("  </testcase>\n")
    }

    /// Writes a suite in which the run itself is the only test case.
    private func write(
        _ shortcoming: RunReport.Shortcoming,
        of report: RunReport,
        _ names: inout JUnitNames,
        to buffer: inout ReportBuffer
    ) {
        let name = RunReport.Shortcoming.suiteName
        names.begin(className: name, count: 1)
        buffer.append(attribute: " <testsuite name=\"", name)
        buffer.append(counts: OutcomeCounts(), failedRuns: 1)
        buffer.append(" skipped=\"0\" time=\"")
        buffer.appendMilliseconds(report.duration)
        buffer.append("\" timestamp=\"")
        buffer.appendTimestamp(report.startedAt)
        buffer.append(attribute: "\">\n  <testcase name=\"", names.unique(RunReport.Shortcoming.testName))
        buffer.append(attribute: " classname=\"", name)
        buffer.append(" time=\"")
        buffer.appendMilliseconds(report.duration)
        buffer.append(attribute: "\">\n   <error message=\"", shortcoming.sentence)
        buffer.append(attribute: " type=\"", FaultType.name(ofRun: shortcoming.code))
        buffer.append(">")
        buffer.append(shortcoming.sentence, as: .xmlText)
        buffer.append("</error>\n  </testcase>\n </testsuite>\n")
    }
}

extension ReportBuffer {
    /// Appends an attribute, given up to its opening quote.
    mutating func append(attribute start: StaticString, _ value: String) {
        append(start)
        append(value, as: .xmlAttribute)
        append(byte: UInt8(ascii: "\""))
    }

    /// Appends the counts of checks, and of runs that are test cases with an error.
    fileprivate mutating func append(counts: OutcomeCounts, failedRuns: Int = 0) {
        append(" tests=\"")
        append(counts.total + failedRuns)
        append("\" failures=\"")
        append(counts.failingAnswers)
        append("\" errors=\"")
        append(counts.failingErrors + counts.notRun + failedRuns)
        append("\"")
    }
}

extension ReportFormat {
    /// What ``JUnitRenderer`` writes.
    public static let junit = Self(
        "junit",
        fileExtension: "xml",
        "JUnit XML"
    ) { JUnitRenderer(includesFileAttributes: $0.includesFileAttributes) }
}

/// One name and value among a suite's properties.
struct JUnitProperty: Equatable {
    var name: String
    var value: String

    /// What a person wants to know about a suite that its test cases do not say.
    static func properties(of suite: SuiteReport, in report: RunReport) -> [Self] {
        var properties = [
            Self(name: "routecheck.version", value: report.toolVersion),
            Self(name: "routecheck.file", value: suite.file),
            Self(name: "routecheck.ending", value: report.ending.name),
            Self(name: "dhis2.url", value: suite.serverURL),
        ]
        func add(_ name: String, _ value: String?) {
            if let value { properties.append(Self(name: name, value: value)) }
        }
        add("dhis2.version", suite.serverVersion)
        add("dhis2.fault", suite.serverFault.map { "\($0.layer.rawValue): \($0.message)" })
        for warning in suite.warnings { add("routecheck.warning", warning) }
        add("routecheck.description", suite.description)
        add("routecheck.shard", report.shard?.description)
        add("routecheck.seed", report.seed.map { "\($0)" })
        add("routecheck.repeats", report.repeats > 1 ? "\(report.repeats)" : nil)
        return properties
    }
}

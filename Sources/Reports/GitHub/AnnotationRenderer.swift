import Checks
public import Redaction
import SourceDiagnostics
import Text

/// GitHub's workflow commands that annotate the job file's lines.
///
/// GitHub shows ten errors, ten warnings and ten notices of a step. So the first annotations are those of different
/// causes, servers that are down before all, and a notice says how many more there are.
public struct AnnotationRenderer: ReportRenderer {
    /// How many annotations of one level GitHub shows for a step.
    public static let limit = 10

    /// Text.
    public var syntax: ReportSyntax { .text }

    private let path: @Sendable (String) -> String?

    /// Creates a renderer.
    ///
    /// - Parameter path: How GitHub knows a job file: relative to the repository, if it is in there; `nil` for what is no
    ///   file. By default the repository is where the job files' paths begin.
    public init(path: @escaping @Sendable (_ file: String) -> String? = withoutDot) {
        self.path = path
    }

    /// A path without the dot in front that GitHub does not want.
    public static let withoutDot: @Sendable (String) -> String? = {
        $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0
    }

    /// Writes at most ten errors, ten warnings, and a notice if there are more; nothing if all is well.
    ///
    /// A run that has not passed although no line of a job file is to blame is an error without a file.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var buffer = ReportBuffer()
        let ranking = AnnotationRanking(report)
        for fault in ranking.serverFaults {
            write("error", fault.suite, line: nil, title: "\(fault.suite.name): \(fault.headline)", [], to: &buffer)
        }
        for entry in ranking.errors { write("error", entry, to: &buffer) }
        if ranking.serverFaults.isEmpty, ranking.errors.isEmpty, let shortcoming = report.shortcoming {
            buffer.append("::error title=routecheck::")
            buffer.append(shortcoming.sentence.bounded(to: 4_000), as: .annotationMessage)
            buffer.append("\n")
        }
        for entry in ranking.warnings { write("warning", entry, to: &buffer) }
        if let rest = ranking.rest {
            buffer.append("::notice title=routecheck::")
            buffer.append(rest, as: .annotationMessage)
            buffer.append("\n")
        }
        try buffer.flush(into: &sink)
    }

    private func write(_ level: StaticString, _ entry: AnnotationRanking.Entry, to buffer: inout ReportBuffer) {
        let result = entry.result
        guard let attempt = result.attempts.last(where: { $0.outcome != .passed }) else {
            write(level, entry.suite, line: result.position, title: result.name, [result.reason ?? ""], to: &buffer)
            return
        }
        let story = FailureStory(attempt, of: result, file: entry.suite.file)
        var lines = [story.headline] + story.details
        if let request = story.request { lines.append(request) }
        if result.isFlaky { lines.insert("passed at attempt \(result.attempts.count)", at: 0) }
        if result.standing == .allowedFailure, let waiver = result.allowFailure {
            lines.append("allowed to fail" + (waiver.reason.map { ": \($0)" } ?? ""))
        }
        write(level, entry.suite, line: result.position, title: result.name, lines, to: &buffer)
    }

    private func write(
        _ level: StaticString,
        _ suite: SuiteReport,
        line position: SourcePosition?,
        title: String,
        _ lines: [String],
        to buffer: inout ReportBuffer
    ) {
        buffer.append("::")
        buffer.append(level)
        buffer.append(" ")
        let file = path(suite.file)
        if let file {
            buffer.append("file=")
            buffer.append(file, as: .annotationProperty)
            if let position {
                buffer.append(",line=")
                buffer.append(position.line)
                buffer.append(",col=")
                buffer.append(position.column)
            }
            buffer.append(",")
        }
        buffer.append("title=")
        buffer.append(title.bounded(to: 200), as: .annotationProperty)
        buffer.append("::")
        // Without a message there is no annotation.
        let message = lines.isEmpty ? title : lines.joined(separator: "\n")
        buffer.append(message.bounded(to: 4_000), as: .annotationMessage)
        // Where GitHub cannot show the place, it is said.
        if file == nil {
            buffer.append("\nat \(suite.file)\(position.map { ":\($0.line)" } ?? "")", as: .annotationMessage)
        }
        buffer.append("\n")
    }
}

/// Which results are worth one of the few annotations that are shown.
struct AnnotationRanking {
    struct Entry {
        var suite: SuiteReport
        var result: CheckResult
    }

    struct ServerFault {
        var suite: SuiteReport
        var headline: String
    }

    /// Servers that were unusable, at most ten.
    private(set) var serverFaults: [ServerFault] = []
    /// Results that fail the run; together with the servers at most ten.
    private(set) var errors: [Entry] = []
    /// Results that are flaky or allowed to fail, at most ten.
    private(set) var warnings: [Entry] = []
    /// What is said about those left out; `nil` if none is.
    private(set) var rest: String?

    init(_ report: RunReport) {
        let limit = AnnotationRenderer.limit
        let faults = report.suites.compactMap { suite in
            suite.serverFault.map { ServerFault(suite: suite, headline: "\($0.layer.rawValue): \($0.message)") }
        }
        serverFaults = Array(faults.prefix(limit))
        var failing = Selection(limit: limit - serverFaults.count)
        var doubtful = Selection(limit: limit)
        for suite in report.suites {
            for result in suite.results where result.isFailure || result.isFlaky {
                let entry = Entry(suite: suite, result: result)
                if result.failsRun { failing.add(entry) } else { doubtful.add(entry) }
            }
        }
        errors = failing.chosen
        warnings = doubtful.chosen
        let hidden = [
            Self.phrase(failing.count - errors.count + faults.count - serverFaults.count, "failure"),
            Self.phrase(doubtful.count - warnings.count, "warning"),
        ].compactMap(\.self)
        guard !hidden.isEmpty else { return }
        rest = "\(hidden.joined(separator: " and ")) more; the reports have them all."
    }

    private static func phrase(_ count: Int, _ noun: String) -> String? {
        count > 0 ? count.counting(noun) : nil
    }

    /// The first result of each cause, then others, each in the job file's order.
    private struct Selection {
        let limit: Int
        var count = 0
        private var causes: Set<[String]> = []
        private var first: [Entry] = []
        private var others: [Entry] = []

        init(limit: Int) {
            self.limit = limit
        }

        var chosen: [Entry] { Array((first + others).prefix(limit)) }

        mutating func add(_ entry: Entry) {
            count += 1
            let fault = entry.result.attempts.last { $0.outcome != .passed }?.fault
            let cause = [entry.result.route, fault?.layer.rawValue ?? "", fault?.code ?? ""]
            if first.count < limit, causes.insert(cause).inserted {
                first.append(entry)
            } else if others.count < limit {
                others.append(entry)
            }
        }
    }
}

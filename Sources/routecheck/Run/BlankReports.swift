import Checks
import FoundationEssentials
import Redaction
import Reports
import RouteChecks
import Runner

/// What the reports say as long as there is no run to tell of, so that nobody who publishes them takes those of an
/// earlier run for this one's.
///
/// Each report that is a regular file is replaced: by one that says that the run has not come to its end, until that is
/// replaced in turn, or by one that says that there was no run. What is written as things happen, or goes to a reader, says
/// so by itself; and a file that the command reads stays as it is until a whole report replaces it.
struct BlankReports {
    private let settings: ReportSettings
    /// The files that stay as they are.
    private let kept: Set<[UInt8]>

    /// Prepares the reports that some settings ask for.
    ///
    /// - Parameter named: The files that job files name.
    init(_ settings: ReportSettings, besides named: [String] = []) {
        self.settings = settings
        kept = Set(settings.inputs.compactMap(FileIdentity.ofInput) + named.compactMap(FileIdentity.of))
    }

    /// The report of a run without results.
    ///
    /// - Parameters:
    ///   - ending: How the run ended.
    ///   - plans: What was to run, as far as it is known.
    static func report(_ ending: RunEnding, of plans: [RunPlan] = []) -> RunReport {
        let now = Date()
        var report = RunReport(
            toolVersion: Version.current,
            startedAt: now,
            duration: .zero,
            ending: ending,
            suites: plans.map { $0.blankReport(startedAt: now) }
        )
        report.shard = plans.first?.shard
        report.seed = plans.first?.seed
        report.repeats = plans.first?.repeats ?? 1
        return report
    }

    /// Writes a report without results to every place that takes one, and tries the other places.
    ///
    /// - Returns: What keeps reports from being written, as far as can be told now.
    func write(_ report: RedactedReport, by redactor: Redactor) -> [SystemError] {
        write(report, by: redactor) { _, _ in true }
    }

    /// Says in every report that nothing ran, since what the command reads is invalid.
    ///
    /// - Parameter isAllKnown: Whether all that the command reads is known. An invalid job file may name files that nobody
    ///   has got to know; then only what begins as a report of its format does is replaced. Anything else is no report that
    ///   could be taken for this run's.
    func writeInvalid(isAllKnown: Bool) {
        let redactor = Redactor(secrets: [])
        let report = redactor.redact(Self.report(.invalidInput))
        let problems = write(report, by: redactor) { isAllKnown || Self.isReplaceable($0, by: $1) }
        Self.warn(of: problems)
    }

    /// Says on standard error what keeps reports from being written.
    static func warn(of problems: [SystemError]) {
        for problem in problems {
            Terminal(.standardError).write("warning: the report cannot be written: \(problem)\n")
        }
    }

    private func write(
        _ report: RedactedReport,
        by redactor: Redactor,
        where isReplaceable: (_ target: String, _ bytes: [UInt8]) -> Bool
    ) -> [SystemError] {
        settings.files.filter { !$0.format.isStream }.compactMap { format, path in
            guard let target = target(of: path) else { return ReportFile.problem(with: path) }
            var sink = MemorySink()
            redactor.render(report, with: format.renderer(settings.options()), into: &sink)
            guard isReplaceable(target, sink.bytes) else { return nil }
            return Self.write(sink.bytes, to: target, name: path)
        }
    }

    /// The regular file that a path leads to, if it may be written to now.
    private func target(of path: String) -> String? {
        guard case .file(let target)? = try? ReportPlace(of: path) else { return nil }
        return FileIdentity.of(target).map(kept.contains) == true ? nil : target
    }

    private static func write(_ bytes: [UInt8], to target: String, name: String) -> SystemError? {
        do throws(SystemError) {
            let file = try ReportFile(target, name: name)
            try file.write(bytes)
            try file.commit()
            return nil
        } catch {
            // A disk that is full has room for little in the place of much.
            try? ReportFile.overwrite(target, with: bytes, name: name)
            return error
        }
    }

    /// Whether a file is not there, is empty, or begins as other bytes do.
    private static func isReplaceable(_ target: String, by bytes: [UInt8]) -> Bool {
        guard let beginning = try? FileReader.beginning(of: target, count: beginningLength) else { return true }
        return bytes.starts(with: beginning)
    }

    /// How many bytes at the beginning show what a document is, whatever its verdict.
    private static let beginningLength = 4
}

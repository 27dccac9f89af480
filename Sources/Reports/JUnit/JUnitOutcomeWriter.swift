import Checks
import SourceDiagnostics

/// Writes what is inside a test case that is more than a plain pass.
///
/// The order of the elements is the one of the Surefire schema: failure, rerunFailure, flakyFailure, skipped, error,
/// rerunError, system-out. The verdict is the last attempt's; each earlier attempt is one `rerunFailure` or
/// `rerunError`, or one `flakyFailure` if the check finally passed.
struct JUnitOutcomeWriter {
    let result: CheckResult
    let file: String

    func write(to buffer: inout ReportBuffer) {
        let earlier = result.attempts.dropLast()
        switch result.standing {
        case .passed, .flaky:
            for attempt in earlier { write(rerun: attempt, element: "flakyFailure", to: &buffer) }
        case .skipped:
            writeSkipped(to: &buffer)
        case .notRun:
            // A run that was cut off has not shown that its checks are fine, and a skipped test case looks fine.
            writeUnexplained("error", result.reason ?? "The check was not run.", type: "run.NotRun", to: &buffer)
        case .allowedFailure:
            writeAllowed(to: &buffer)
            writeEvidence(to: &buffer)
        case .failed:
            writeVerdict("failure", to: &buffer)
            writeReruns(earlier, to: &buffer)
            writeEvidence(to: &buffer)
        case .error:
            for attempt in earlier where attempt.outcome == .failed {
                write(rerun: attempt, element: "rerunFailure", to: &buffer)
            }
            writeVerdict("error", to: &buffer)
            for attempt in earlier where attempt.outcome != .failed {
                write(rerun: attempt, element: "rerunError", to: &buffer)
            }
            writeEvidence(to: &buffer)
        }
    }

    private func writeReruns(_ attempts: ArraySlice<Attempt>, to buffer: inout ReportBuffer) {
        for attempt in attempts where attempt.outcome == .failed {
            write(rerun: attempt, element: "rerunFailure", to: &buffer)
        }
        for attempt in attempts where attempt.outcome != .failed {
            write(rerun: attempt, element: "rerunError", to: &buffer)
        }
    }

    private func writeVerdict(_ element: StaticString, to buffer: inout ReportBuffer) {
        guard let last = result.attempts.last else {
            let reason = result.reason ?? "The check ended without an attempt."
            writeUnexplained(element, reason, type: "dhis2.NoAttempt", to: &buffer)
            return
        }
        let story = FailureStory(last, of: result, file: file)
        open(element, message: story.headline, type: FaultType.name(of: last), to: &buffer)
        write(story, to: &buffer)
        close(element, to: &buffer)
    }

    /// Writes a verdict that no attempt explains.
    private func writeUnexplained(
        _ element: StaticString,
        _ reason: String,
        type: String,
        to buffer: inout ReportBuffer
    ) {
        open(element, message: reason, type: type, to: &buffer)
        buffer.append(reason, as: .xmlText)
        buffer.append("\n")
        buffer.append(" at \(file):\(result.position.line)", as: .xmlText)
        close(element, to: &buffer)
    }

    private func writeSkipped(to buffer: inout ReportBuffer) {
        buffer.append(attribute: "   <skipped message=\"", result.reason ?? "skipped")
        buffer.append("/>\n")
    }

    private func writeAllowed(to buffer: inout ReportBuffer) {
        let story = result.attempts.last.map { FailureStory($0, of: result, file: file) }
        let headline = story?.headline ?? result.reason ?? "The check ended without an attempt."
        let because = result.allowFailure?.reason.map { " (\($0))" } ?? ""
        buffer.append(attribute: "   <skipped message=\"", "allowed to fail\(because): \(headline)")
        buffer.append(">")
        if let story { write(story, to: &buffer) }
        close("skipped", to: &buffer)
    }

    private func write(rerun attempt: Attempt, element: StaticString, to buffer: inout ReportBuffer) {
        let story = FailureStory(attempt, of: result, file: file)
        let message = "attempt \(attempt.number): \(story.headline)"
        open(element, message: message, type: FaultType.name(of: attempt), to: &buffer)
        buffer.append("\n    <stackTrace>")
        write(story, to: &buffer)
        buffer.append("</stackTrace>\n   ")
        close(element, to: &buffer)
    }

    private func write(_ story: FailureStory, to buffer: inout ReportBuffer) {
        buffer.append(story.headline, as: .xmlText)
        for line in story.body {
            buffer.append("\n")
            buffer.append(line, as: .xmlText)
        }
    }

    private func writeEvidence(to buffer: inout ReportBuffer) {
        let shown = result.attempts.compactMap { attempt in attempt.evidence.map { (attempt.number, $0) } }
        guard !shown.isEmpty else { return }
        buffer.append("   <system-out>")
        for (number, evidence) in shown {
            if result.attempts.count > 1 { buffer.append("attempt \(number)\n", as: .xmlText) }
            for line in FailureStory.evidence(evidence) {
                buffer.append(line, as: .xmlText)
                buffer.append("\n")
            }
        }
        buffer.append("</system-out>\n")
    }

    private func open(_ element: StaticString, message: String, type: String, to buffer: inout ReportBuffer) {
        buffer.append("   <")
        buffer.append(element)
        buffer.append(attribute: " message=\"", message)
        buffer.append(attribute: " type=\"", type)
        buffer.append(">")
    }

    private func close(_ element: StaticString, to buffer: inout ReportBuffer) {
        buffer.append("</")
        buffer.append(element)
        buffer.append(">\n")
    }
}

/// The dotted type of a failure, such as `dhis2.StatusMismatch`.
///
/// It is dotted because GitLab casts single words such as `symbol` or `array` to something else.
enum FaultType {
    /// An attempt whose answer was not as expected is named after the first expectation that did not hold, any other
    /// one after its fault's code.
    static func name(of attempt: Attempt) -> String {
        if attempt.outcome == .failed, let mismatch = attempt.mismatches.first {
            return name(of: mismatch.kind)
        }
        guard let fault = attempt.fault else { return "dhis2.NoAnswer" }
        return "dhis2." + pascalCase(fault.code)
    }

    /// The type of what keeps a run from having passed, such as `run.Deadline`.
    static func name(ofRun code: String) -> String { "run." + pascalCase(code) }

    private static func name(of kind: Mismatch.Kind) -> String {
        switch kind {
        case .status: "dhis2.StatusMismatch"
        case .from: "dhis2.OriginMismatch"
        case .header: "dhis2.HeaderMismatch"
        case .contentType: "dhis2.ContentTypeMismatch"
        case .body: "dhis2.BodyMismatch"
        case .json: "dhis2.JSONMismatch"
        case .maximumDuration: "dhis2.TooSlow"
        case .maximumSize: "dhis2.TooLarge"
        }
    }

    /// `RouteDisabled` for `route-disabled`.
    private static func pascalCase(_ code: String) -> String {
        code.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

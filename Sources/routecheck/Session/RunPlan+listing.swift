import Checks
import Redaction
import Reports
import Runner
import SourceDiagnostics

extension PlanListing {
    /// The listing of a plan.
    init(_ plan: RunPlan, by redactor: Redactor) {
        self.init(
            file: redactor.redact(plan.job.file),
            rows: plan.entries.map { entry in
                Row(
                    check: redactor.redact(plan.job.checks[entry.check]),
                    skipReason: entry.skipReason.map { redactor.redact($0) }
                )
            }
        )
    }
}

extension RunPlan {
    /// The line that says how many checks `only: true` hides, if it hides some.
    func onlyHint(by redactor: Redactor) -> RedactedText? {
        guard let only = job.checks.first(where: \.only) else { return nil }
        let hidden = Set(entries.filter { $0.skipReason == RunPlan.hiddenByOnly }.map(\.check)).count
        guard hidden > 0 else { return nil }
        let checks = hidden == 1 ? "1 check" : "\(hidden) checks"
        return redactor.redact("note: \(job.file):\(only.position.line): \"only: true\" hides \(checks)")
    }

    /// The requests that a run of the plan would send, as text.
    func requestPreviews(by redactor: Redactor) -> RedactedText {
        var text = ""
        for entry in entries where entry.skipReason == nil {
            let check = job.checks[entry.check]
            let preview = RequestPreview(of: check, to: job.server)
            text += "# \(check.name)\n\(preview.request)\n"
            for header in preview.headers { text += "  \(header)\n" }
            if let size = preview.bodySize { text += "  (\(size) bytes of body)\n" }
            if let problem = preview.problem { text += "  ! \(problem)\n" }
        }
        return redactor.redact(text)
    }
}

import Checks
import Reports
import Runner
import SourceDiagnostics

extension PlanListing {
    /// The listing of a plan.
    init(_ plan: RunPlan) {
        self.init(
            file: plan.job.file,
            rows: plan.entries.map { Row(check: plan.job.checks[$0.check], skipReason: $0.skipReason) }
        )
    }
}

extension RunPlan {
    /// The line that says how many checks `only: true` hides, if it hides some.
    var onlyHint: String? {
        guard let only = job.checks.first(where: \.only) else { return nil }
        let hidden = Set(entries.filter { $0.skipReason == RunPlan.hiddenByOnly }.map(\.check)).count
        guard hidden > 0 else { return nil }
        let checks = hidden == 1 ? "1 check" : "\(hidden) checks"
        return "note: \(job.file):\(only.position.line): \"only: true\" hides \(checks)"
    }

    /// The requests that a run of the plan would send, as text.
    var requestPreviews: String {
        var text = ""
        for entry in entries where entry.skipReason == nil {
            let check = job.checks[entry.check]
            let preview = RequestPreview(of: check, to: job.server)
            text += "# \(check.name)\n\(preview.request)\n"
            for header in preview.headers { text += "  \(header)\n" }
            if let size = preview.bodySize { text += "  (\(size) bytes of body)\n" }
            if let problem = preview.problem { text += "  ! \(problem)\n" }
        }
        return text
    }
}

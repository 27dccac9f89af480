import Checks
import Reports
import Runner

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

import Checks
import SourceDiagnostics
import Testing

@testable import Runner

struct RunPlanTests {
    private func job(_ routes: [String], _ change: (inout [Check]) -> Void = { _ in }) -> Job {
        var checks = routes.enumerated().map { index, route in
            Check(name: "check \(index)", route: route, position: SourcePosition(line: index + 1, column: 1))
        }
        change(&checks)
        return Job(name: "job", file: "job.yaml", server: ServerSettings(url: "https://dhis2.example"), checks: checks)
    }

    @Test func keepsTheJobFilesOrder() {
        let plan = RunPlan(job(["c", "a", "b"]))
        #expect(plan.entries.map(\.check) == [0, 1, 2])
        #expect(plan.entries.allSatisfy { $0.skipReason == nil })
    }

    @Test func namesEachRouteThatIsCalledOnce() {
        let plan = RunPlan(job(["b", "a", "b", "skipped"]) { $0[3].skip = Waiver(reason: "not ready") })
        #expect(plan.routeCodes == ["b", "a"])
    }

    @Test func skipsWithTheAuthorsReason() {
        let plan = RunPlan(
            job(["a", "b"]) {
                $0[0].skip = Waiver(reason: "not ready")
                $0[1].skip = Waiver()
            }
        )
        #expect(plan.entries.map(\.skipReason) == ["not ready", "the job file says skip"])
        #expect(plan.isEmpty)
    }

    @Test func skipsWhatIsNotMarkedOnlyOnceSomethingIs() {
        let plan = RunPlan(job(["a", "b", "c"]) { $0[1].only = true })
        #expect(
            plan.entries.map(\.skipReason) == ["other checks are marked only", nil, "other checks are marked only"]
        )
        #expect(!plan.isEmpty)
    }

    @Test func leavesOutWhatIsNotSelected() {
        let plan = RunPlan(job(["a", "b", "c"])) { $0.route != "b" }
        #expect(plan.entries.map(\.check) == [0, 2])
        #expect(RunPlan(job(["a"]), selecting: { _ in false }).isEmpty)
    }
}

import Arguments
import Checks
import Redaction
import RouteChecks
import Runner

/// `routecheck run`.
struct RunCommand: JobReadingCommand {
    var jobs = JobOptions()
    var selection = SelectionOptions()
    var plan = PlanOptions()
    var execution = ExecutionOptions()
    var reports = ReportOptions()
    var output = OutputOptions()
    var patience: Duration?
    var isDryRun = false

    static let command = command("run", "Run the checks in job files and report the results.") {
        CommandTable(
            Self(),
            operands: [JobOptions.operand.at(\.jobs)],
            options: [
                JobOptions.group.at(\.jobs),
                SelectionOptions.group.at(\.selection),
                PlanOptions.group.at(\.plan),
                ExecutionOptions.group.at(\.execution),
                OptionGroup(
                    "Before the run",
                    [
                        .value(
                            "wait-ready",
                            .duration,
                            """
                            Wait up to this long (e.g. 3m) for DHIS2 to start. Rejected credentials stop the wait \
                            immediately.
                            """
                        ) { $0.patience = $1 },
                        .flag("dry-run", "Print the requests that would be sent, and send none.") {
                            $0.isDryRun = true
                        },
                    ]
                ),
                ReportOptions.group.at(\.reports),
                OutputOptions.group.at(\.output),
            ]
        ) { $0 }
    }

    func check() throws(UsageProblem) {
        try jobs.check()
        try plan.check()
        try reports.check(besides: jobs.paths, replaceable: [plan.lastFailed])
        try output.check()
    }

    func run() async throws {
        let names = NamedFiles()
        let run: Run?
        do {
            run = try prepared(noting: names)
        } catch {
            if !isDryRun, Self.isOfInput(error) { leaveInvalidReports(besides: names) }
            throw error
        }
        do {
            try await run?.status().throwIfFailure()
        } catch let error as UnusableJob {
            leaveInvalidReports(besides: names)
            throw error
        }
    }

    /// Whether an error that comes before the run is about what the command reads, be it files or the variables that say
    /// which shard is meant, and not that there is nothing to run.
    private static func isOfInput(_ error: any Error) -> Bool {
        (error as? CommandFailure).map { $0.status != .nothingToRun } ?? (error is UsageProblem)
    }

    private func leaveInvalidReports(besides names: NamedFiles) {
        BlankReports(blankSettings, besides: names.paths).writeInvalid(isAllKnown: false)
    }

    /// The settings of the reports where there is no run.
    private var blankSettings: ReportSettings {
        reports.settingsWithoutBaseline(reading: inputs)
    }

    /// What the command reads beside the report to compare with.
    private var inputs: [String] { jobs.paths + [plan.lastFailed].compactMap(\.self) }

    /// The run; `nil` if there is none to be, and rightly so.
    private func prepared(noting names: NamedFiles) throws -> Run? {
        var jobs = try jobs.load(reports: reports.writtenPaths, noting: names, warnings: execution.warnings)
            .map { execution.applied(to: $0) }
        let redactor = plan.lastFailed != nil || reports.identifiesChecks ? Redactor(secretsOf: jobs) : nil
        if let redactor { redactor.identify(&jobs) }
        let (plans, hasNoFailures) = try plans(of: jobs)
        if hasNoFailures {
            leaveEmptyReports(of: plans)
            return nil
        }
        if isDryRun { try preview(plans) }
        guard plans.contains(where: { !$0.isEmpty }) else {
            leaveEmptyReports(of: plans)
            throw selection.emptiness(of: plans, lastFailed: plan.lastFailed)
        }
        return isDryRun ? nil : Run(plans: plans, settings: try settings(), redactor: redactor)
    }

    /// Lets the reports say that nothing was checked.
    private func leaveEmptyReports(of plans: [RunPlan]) {
        guard !isDryRun else { return }
        let redactor = Redactor(secretsOf: plans.map(\.job))
        var report = BlankReports.report(.completed, of: plans)
        // Checks that are skipped are no result of a run that there was not.
        for (place, plan) in plans.enumerated() where plan.isEmpty {
            report.suites[place].plan?.planned = 0
            report.suites[place].plan?.total = 0
        }
        BlankReports.warn(of: BlankReports(blankSettings).write(redactor.redact(report), by: redactor))
    }

    /// What is run of the jobs, and whether there is nothing because only what failed the last time was to run, and
    /// nothing had.
    private func plans(of jobs: [Job]) throws -> (plans: [RunPlan], hasNoFailures: Bool) {
        let environment = ProcessEnvironment.variables
        guard let lastFailed = plan.lastFailed,
            let failures = try plan.failures(of: jobs, refusesFlaky: execution.failsOnFlaky)
        else {
            return (try plan.applied(to: selection.plans(for: jobs), environment: environment), false)
        }
        let standardError = Terminal(.standardError)
        let whole = selection.plans(for: jobs)
        let parts = try plan.divided(whole, environment: environment)
        // A shard may be without checks, which is as good a night.
        let isWithoutChecks = parts.allSatisfy(\.entries.isEmpty) && !whole.allSatisfy(\.entries.isEmpty)
        let hasNone = isWithoutChecks || failures.areNone(of: parts)
        if isWithoutChecks {
            standardError.write("note: this shard has no check, so there is nothing to run again\n")
        } else if hasNone {
            // The best night there can be must not fail a pipeline.
            let consequence: Message =
                reports.isEmpty || isDryRun ? " and no report to write" : ", and the reports are empty"
            standardError.write(
                "note: nothing failed in \(own: lastFailed), so there is nothing to run again\(consequence)\n"
            )
        } else {
            let remarks = failures.remarks(on: jobs)
            if !remarks.isEmpty {
                let redactor = Redactor(secretsOf: jobs)
                for remark in remarks { standardError.write("note: \(redactor.redact(remark))\n") }
            }
        }
        var plans = selection.plans(for: jobs, lastFailed: lastFailed) { failures.contains($1, of: $0) }
        for place in plans.indices { plans[place].selection.nothingFailed = hasNone }
        return (try plan.applied(to: plans, environment: environment), hasNone)
    }

    /// Prints the requests that would be sent.
    private func preview(_ plans: [RunPlan]) throws {
        let redactor = Redactor(secretsOf: plans.map(\.job))
        let standardError = Terminal(.standardError)
        standardError.warn(ofSecretsTooShortFor: redactor)
        if plans.contains(where: { $0.job.server.version == nil }) {
            standardError.write(
                """
                note: the requests are written for DHIS2 2.42.4 and later, since no server.version says otherwise; \
                a run asks the server\n
                """
            )
        }
        for plan in plans {
            let lines = plan.requestPreviews.map { "\(redactor.redact($0))\n" as Message }
            try Terminal(.standardOutput).writeResult(Message(lines, joinedBy: ""))
        }
    }

    private func settings() throws -> RunSettings {
        let reports = try reports.settings(reading: inputs)
        return RunSettings(
            bounds: execution.bounds,
            bodyMemory: execution.bodyMemory,
            failsOnFlaky: execution.failsOnFlaky,
            patience: patience,
            reports: reports,
            console: output.settings(besides: reports)
        )
    }
}

public import Checks
import DHIS2
import HTTPVocabulary

extension CheckRunner {
    /// Why a server cannot be used, so that there is nothing to explain.
    public struct ServerUnusable: Error, CustomStringConvertible {
        /// Who is at fault.
        public let fault: Fault

        /// Who is at fault and why, in one line.
        public var description: String { "\(fault.layer.rawValue): \(fault.message)" }
    }

    /// Runs one check of a plan once, after the same look at the server as a run takes, and keeps all it saw.
    ///
    /// - Parameters:
    ///   - check: The check's place in the job.
    ///   - plan: A plan that holds the check.
    ///   - control: Cuts it off; what comes of it then says nothing.
    /// - Throws: ``ServerUnusable`` when the check cannot be run at all.
    public func explanation(
        ofCheck check: Int,
        in plan: RunPlan,
        control: RunControl = RunControl()
    ) async throws(ServerUnusable) -> Explanation {
        let work = Task { await result(ofCheck: check, in: plan) }
        let watch = Task {
            await control.waitForEnd(untilCancelled: true)
            if control.ending?.cancels == true { work.cancel() }
        }
        let outcome = await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
        watch.cancel()
        return try outcome.get()
    }

    private func result(ofCheck check: Int, in plan: RunPlan) async -> Result<Explanation, ServerUnusable> {
        let limiter = RateLimiter(of: plan.job, for: client, on: clock)
        let server = await ServerExamination(of: client, for: plan)
        if let fault = server.fault { return .failure(ServerUnusable(fault: fault)) }
        // What cuts the sleep short cuts the check too.
        try? await limiter?.wait(on: clock)
        var explanation = await explanation(of: plan.job.checks[check], index: check, on: plan.job.server)
        explanation.warnings = server.warnings
        return .success(explanation)
    }

    private func explanation(of check: Check, index: Int, on server: ServerSettings) async -> Explanation {
        let observed = await ObservedAttempt.trying(check, number: 1, with: client, on: clock, keepsDetails: true)
        var result = CheckResult(of: check, index: index, outcome: observed.attempt.outcome)
        result.attempts = [observed.attempt]
        result.start = observed.attempt.start
        result.duration = observed.attempt.duration
        let evidence = observed.evidence
        let hasAnswer = observed.attempt.status != nil
        return Explanation(
            result: result,
            request: evidence?.request ?? RequestPreview(of: check, to: server).request,
            requestHeaders: client.headerFields(adding: check.headerFieldsWithContentType)
                .map { "\($0.name): \($0.value)" },
            requestBodySize: check.body?.bytes.count,
            responseHeaders: hasAnswer ? evidence?.headers : nil,
            bodyExcerpt: evidence?.bodyExcerpt,
            isExcerptCut: evidence?.isExcerptCut ?? false,
            origin: Fault(observed.origin),
            expectations: observed.expectations,
            route: client.routes.knownRoute(code: check.route)?.facts ?? []
        )
    }
}

extension Route {
    /// What helps a person who looks into a check of the route, a fact a line.
    fileprivate var facts: [String] {
        var facts: [String] = []
        if !name.isEmpty { facts.append(name) }
        if let description, !description.isEmpty { facts.append(description) }
        if let targetHost { facts.append("target \(targetHost)") }
        if let responseTimeoutSeconds { facts.append("time limit \(responseTimeoutSeconds) s") }
        if let authenticationType { facts.append("authentication \(authenticationType)") }
        if let headerNames, !headerNames.isEmpty {
            facts.append("header fields \(headerNames.joined(separator: ", "))")
        }
        if let authorities, !authorities.isEmpty { facts.append("authorities \(authorities.joined(separator: ", "))") }
        if let lastUpdated { facts.append("last updated \(lastUpdated) (the server's time)") }
        if disabled { facts.append("disabled") }
        return facts
    }
}

public import Checks
import DHIS2
import HTTPTypes

extension CheckRunner {
    /// Why a server cannot be used, so that there is nothing to explain.
    public struct ServerUnusable: Error {
        /// Who is at fault.
        public let fault: Fault
    }

    /// Runs one check of a plan once, after the same look at the server as a run takes, and keeps all it saw.
    ///
    /// - Parameters:
    ///   - check: The check's place in the job.
    ///   - plan: A plan that holds the check.
    /// - Throws: ``ServerUnusable`` when the check cannot be run at all.
    public func explanation(ofCheck check: Int, in plan: RunPlan) async throws(ServerUnusable) -> Explanation {
        let server = await ServerExamination(of: client, for: plan)
        if let fault = server.fault { throw ServerUnusable(fault: fault) }
        return await explanation(of: plan.job.checks[check], index: check)
    }

    private func explanation(of check: Check, index: Int) async -> Explanation {
        let start = clock.elapsed()
        var result = CheckResult(of: check, index: index, outcome: .notRun)
        result.start = start
        let headers = client.headerFields(adding: check.headerFieldsWithContentType).map { "\($0.name): \($0.value)" }
        var explanation: Explanation
        do throws(RouteError) {
            let response = try await client.routes.run(check)
            let end = clock.elapsed()
            let trial = Trial(response, to: check, number: 1, start: start, end: end, client: client)
            let origin = client.origin(of: response, timeout: check.timeout)
            let evidence = Evidence(of: response, from: origin)
            result.attempts = [trial.attempt]
            explanation = Explanation(
                result: result,
                request: evidence.request,
                requestHeaders: headers,
                responseHeaders: evidence.headers,
                bodyExcerpt: evidence.bodyExcerpt,
                origin: Fault(origin),
                verdicts: check.expectation.verdicts(on: response.exchange, from: origin, after: end - start)
            )
            explanation.isExcerptCut = evidence.isExcerptCut
        } catch {
            let end = clock.elapsed()
            let trial = Trial(error, to: check, number: 1, start: start, end: end, client: client)
            result.attempts = [trial.attempt]
            let origin = client.origin(of: error, timeout: check.timeout)
            let evidence = error.response.map { Evidence(of: $0, from: origin) }
            explanation = Explanation(
                result: result,
                request: evidence?.request
                    ?? "\(check.method) \(check.route)\(check.path.isEmpty ? "" : "/\(check.path)")",
                requestHeaders: headers,
                responseHeaders: evidence?.headers,
                bodyExcerpt: evidence?.bodyExcerpt,
                origin: Fault(origin)
            )
            explanation.isExcerptCut = evidence?.isExcerptCut ?? false
        }
        explanation.result.outcome = explanation.result.attempts[0].outcome
        explanation.result.duration = clock.elapsed() - start
        explanation.requestBodySize = check.body?.bytes.count
        return explanation
    }
}

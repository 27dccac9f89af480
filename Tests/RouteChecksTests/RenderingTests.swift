import DHIS2Simulator
import RouteChecks
import Testing

/// From a report to bytes in one call.
struct RenderingTests {
    @Test(arguments: ReportFormat.all.map(\.name))
    func hidesWhatTheJobsKeepSecret(_ name: String) async throws {
        let format = try #require(ReportFormat(named: name))
        let secret = "correct-horse-battery"
        try await DHIS2Simulator.with { simulator in
            var check = Check(name: "echo is a teapot", route: "echo", path: "pot")
            let field = HTTPField(name: try #require(HTTPFieldName("X-Api-Key")), value: secret)
            check.headerFields.set(try #require(field))
            check.parameters = [QueryParameter(name: "q", value: secret)]
            check.expectation.status = StatusSet([.code(418)])
            let job = JobRunTests.job(simulator, check)
            let report = try await JobRun(job).report()
            #expect(report.suites[0].results[0].attempts[0].evidence?.request.contains(secret) == true)
            let bytes = report.rendered(as: format, hidingSecretsOf: [job])
            #expect(!String(decoding: bytes, as: UTF8.self).contains(secret))
            // What is read back says who the checks are.
            if format.isReadBack { #expect(String(decoding: bytes, as: UTF8.self).contains(#""fingerprint":""#)) }
            let redactor = Redactor(secretsOf: job)
            #expect(bytes == format.renderer().bytes(for: redactor.redact(report)))
        }
    }
}

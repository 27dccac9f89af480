import Checks
import DHIS2
import Runner
import Testing

/// What is kept of an answer for whoever looks into a failure.
struct EvidenceTests {
    private static let png = [UInt8]([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49])

    @Test(arguments: [
        (Array("all is text\n".utf8), "all is text\n"),
        (Array("a form feed \u{C} and a \u{1B}[31m".utf8), "a form feed \u{C} and a \u{1B}[31m"),
        (Array("\u{0}".utf8), "\u{0}"), (png, "13 bytes of binary data"), ([], nil),
    ])
    func showsWhatIsText(body: [UInt8], excerpt: String?) async throws {
        var exchange = HTTPExchange.dhis2(500)
        exchange.body = body
        exchange.bodySize = body.count
        let runner = CheckRunner(client: try FakeServer(always: exchange).client())
        let report = await runner.run(RunPlan(job(["a"])), control: RunControl())
        let evidence = try #require(report.results[0].attempts[0].evidence)
        #expect(evidence.bodyExcerpt == excerpt)
        #expect(!evidence.isExcerptCut)
    }

    @Test func showsAFoldedFieldAsOneLine() async throws {
        var exchange = HTTPExchange.dhis2(500)
        exchange.headerSection = Array("no colon\r\nSet-Cookie : a;\r\n  b\r\n\tc\nX-A: 1 \r\n\r\nX-B:".utf8)
        let runner = CheckRunner(client: try FakeServer(always: exchange).client())
        let report = await runner.run(RunPlan(job(["a"])), control: RunControl())
        let evidence = try #require(report.results[0].attempts[0].evidence)
        #expect(evidence.headers == ["no colon", "Set-Cookie : a; b c", "X-A: 1 ", "X-B:"])
    }
}

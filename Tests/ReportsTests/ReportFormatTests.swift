import Checks
import FoundationEssentials
import Reports
import Testing

/// The list of formats, and what repeats it for people.
struct ReportFormatTests {
    @Test func formatsCanBeToldApart() {
        #expect(ReportFormat.all.count >= 8)
        #expect(Set(ReportFormat.all.map(\.name)).count == ReportFormat.all.count)
        #expect(Set(ReportFormat.all.map(\.fileExtension)).count == ReportFormat.all.count)
        for format in ReportFormat.all {
            #expect(format.name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
            #expect(!format.summary.isEmpty && !format.summary.hasSuffix("."))
            #expect(ReportFormat(named: format.name)?.fileExtension == format.fileExtension)
        }
        #expect(ReportFormat(named: "JUnit") == nil)
    }

    @Test(arguments: ReportFormat.all.filter(\.isReadBack).map(\.name))
    func isReadBackAsItSays(name: String) throws {
        let format = try #require(ReportFormat(named: name))
        let read = try RunReport(reading: format.renderer().bytes(for: GoldenRun.report))
        #expect(JSONRenderer().bytes(for: read) == JSONRenderer().bytes(for: GoldenRun.report))
    }

    @Test(arguments: ReportFormat.all.map(\.name))
    func isReadBackOnlyIfItSaysSo(name: String) throws {
        let format = try #require(ReportFormat(named: name))
        let bytes = format.renderer().bytes(for: GoldenRun.report)
        let isReadable = (try? RunReport(reading: bytes)) != nil
        #expect(isReadable == format.isReadBack)
    }

    @Test func takesWhatItIsToShow() {
        var options = ReportFormat.Options()
        options.includesFileAttributes = true
        options.comparison = RunComparison(baseline: GoldenRun.baseline, current: GoldenRun.report)
        let changed = ReportFormat.all.filter {
            $0.renderer(options).bytes(for: GoldenRun.report) != $0.renderer().bytes(for: GoldenRun.report)
        }
        #expect(changed.map(\.name) == ["junit", "html", "markdown"])
    }

    /// The README's table of formats has a row for each, in the same order.
    @Test func theREADMEListsEveryFormat() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
        let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
        let rows = ReportFormat.all.map { "| `\($0.name)` | `.\($0.fileExtension)` | \($0.summary) |\n" }
        #expect(text.contains("| format | file | what it is |\n| --- | --- | --- |\n\(rows.joined())\n"))
    }
}

import Checks
import FoundationEssentials
import Redaction
import Reports
import Testing

/// Text from servers stays text in every format, whatever it would like to be.
struct HostileTextTests {
    @Test(arguments: RenderedFormat.all)
    func writesNoControlOrOverrideAsItIs(format: RenderedFormat) {
        let controls = (0...0x9F).filter { !(0x20..<0x7F).contains($0) }.compactMap(Unicode.Scalar.init)
        let others: [Unicode.Scalar] = [
            "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{200F}", "\u{61C}", "\u{2028}", "\u{FEFF}", "\u{FFFE}",
            "\u{FFFF}", "\u{E0041}",
        ]
        let planted = String(String.UnicodeScalarView(controls + others))
        let text = String(decoding: format.renderer.bytes(for: PlantedRun.report("a\(planted)b")), as: UTF8.self)
        let found = Set(text.unicodeScalars).intersection(controls + others).subtracting(["\n", "\t"])
        #expect(found.isEmpty)
    }

    @Test(arguments: RenderedFormat.all)
    func startsNoCommandOfACISystem(format: RenderedFormat) {
        let hostile = "x\n::error::a\r\n  ::set-output name=a::b\n##[error]c\n##vso[task.complete]d\n##teamcity[e]"
        let text = String(decoding: format.renderer.bytes(for: PlantedRun.report(hostile)), as: UTF8.self)
        let own = ["::error file=", "::warning file=", "::notice title=routecheck::"]
        for line in text.utf8.split(separator: 0x0A).map({ String(Substring($0)) }) {
            let start = line.drop { $0 == " " || $0 == "\t" }
            #expect(!start.hasPrefix("::") || own.contains { start.hasPrefix($0) }, "\(line)")
            #expect(!line.contains("##["))
            #expect(!line.contains("##vso["))
            #expect(!line.contains("##teamcity["))
        }
    }

    /// Buildkite folds the log at such lines, whose readers would not find what comes after.
    @Test(arguments: RenderedFormat.all, ["---", "+++", "~~~", "^^^"])
    func startsNoGroupOfBuildkite(format: RenderedFormat, mark: String) {
        for hostile in ["\(mark) a", "x\n\(mark) a\r\n\(mark)\n\(mark) \n\(mark)-\n -\(mark) b"] {
            let text = String(decoding: format.renderer.bytes(for: PlantedRun.report(hostile)), as: UTF8.self)
            for line in text.utf8.split(separator: 0x0A).map({ String(Substring($0)) }) {
                let isHeader = line == mark || line.hasPrefix(mark + " ")
                #expect(!isHeader, "\(line)")
            }
        }
    }

    @Test(arguments: RenderedFormat.all.filter { $0.renderer.syntax == .xml })
    func opensNoElement(format: RenderedFormat) {
        let text = String(
            decoding: format.renderer.bytes(for: PlantedRun.report("<img src=x onerror=a> ]]> </pre></script>")),
            as: UTF8.self
        )
        #expect(!text.contains("<img"))
        #expect(!text.contains("]]>"))
        #expect(!text.contains("</pre></script>"))
    }

    @Test(arguments: [
        "# SKIP x", "a #todo x", "a \\# SKIP", "#", "\\", "{", "{ \u{A0}", "...", "---", "a\n  ...\nok 9", "  blank",
    ])
    func keepsTestPointsAndTheirBlocksApart(text: String) throws {
        let text = String(decoding: TAPRenderer().bytes(for: PlantedRun.report(text)), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let points = lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
        try #require(points.count == 6)
        // A number sign begins a directive for somebody, whatever is in front of it.
        #expect(points.map { $0.count { $0 == "#" } } == [0, 0, 0, 1, 1, 1])
        #expect(points.allSatisfy { $0.last { !$0.isWhitespace } != "{" })
        #expect(lines.count { $0 == "  ---" } == 4)
        #expect(lines.count { $0 == "  ..." } == 4)
        // A literal block has no line that begins with a blank or with what ends the YAML block.
        let inside = lines.filter { $0.hasPrefix("    ") }
        #expect(!inside.isEmpty)
        #expect(!inside.contains { $0.hasPrefix("     ") || $0.hasPrefix("    .") })
    }

    @Test(arguments: RenderedFormat.all)
    func keepsLinesOfMegabytesBounded(format: RenderedFormat) {
        let megabytes = String(repeating: "0123456789", count: 1_000_000)
        var report = PlantedRun.report("short")
        report.suites[0].results[0].attempts[2].evidence?.bodyExcerpt = megabytes
        report.suites[0].results[0].attempts[2].mismatches[0].actual = String(megabytes.prefix(200_000))
        report.suites[0].results[0].attempts[2].fault?.message = String(megabytes.prefix(200_000))
        let size = format.renderer.bytes(for: report).count
        #expect(format.isComplete ? size > 10_000_000 : size < 300_000)
    }

    @Test
    func showsAControlByItsNumber() {
        let renderer = ConsoleRenderer(style: ConsoleStyle(usesUnicode: false))
        var report = PlantedRun.report("\u{1B}]0;title\u{7}é")
        report.suites[0].results = Array(report.suites[0].results.prefix(1))
        let text = renderer.text(for: report.suites[0].results[0], in: report.suites[0])
        #expect(text.hasPrefix(#"FAIL name \u{1B}]0;title\u{7}é end  300 ms  3 attempts"#))
    }

    @Test(arguments: [true, false])
    func showsLettersAsTheyAreWhateverTheLocale(usesUnicode: Bool) {
        let name = "Ministère µg 漢字 → … ≤ 🙂"
        let style = ConsoleStyle(usesUnicode: usesUnicode)
        let text = String(
            decoding: ConsoleRenderer(style: style, verbosity: .verbose).bytes(for: PlantedRun.report(name)),
            as: UTF8.self
        )
        #expect(text.contains("name \(name) end"))
        #expect(text.contains("jobs/\(name).yaml:3"))
        #expect(text.contains("X-Echo: \(name)"))
        #expect(text.contains("✗ ") == usesUnicode)
    }
}

import FoundationEssentials
import Glibc
import Reports
import Testing

/// `--report FORMAT=FILE`, and the option that each format has of its own.
@Suite(.timeLimit(.minutes(5)))
struct ReportOptionTests {
    /// A job that passed, reported as `r.json`.
    private func withReport(_ body: (ServedJob) async throws -> Void) async throws {
        try await ServedJob.with("checks: [{route: health, name: a}]") { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report", "json=r.json").status == 0)
            try await body(served)
        }
    }

    @Test func bothSpellingsWriteTheSame() async throws {
        try await withReport { served in
            let formats = ReportFormat.all
            let general = formats.flatMap { ["--report", "\($0.name)=general.\($0.fileExtension)"] }
            let own = formats.flatMap { ["--report-\($0.name)", "own.\($0.fileExtension)"] }
            #expect(try await served.binary.run(["merge", "r.json"] + general + own).status == 0)
            // The last one of a format wins, however it is spelt.
            for format in formats {
                #expect(!FileManager.default.fileExists(atPath: served.path("general.\(format.fileExtension)")))
            }
            #expect(try await served.binary.run(["merge", "r.json"] + general).status == 0)
            for format in formats {
                let text = try served.text("general.\(format.fileExtension)")
                let other = try served.text("own.\(format.fileExtension)")
                #expect(!text.isEmpty)
                #expect(text == other, "\(format.name)")
            }
        }
    }

    @Test func theFilesEndingSaysNothing() async throws {
        try await withReport { served in
            // Of several equals signs the first one ends the format.
            let options = ["--report", "html=r.xml", "--report=tap=a=b.json"]
            let outcome = try await served.binary.run(["merge", "r.json"] + options)
            #expect(outcome.status == 0)
            let (page, points) = try (served.text("r.xml"), served.text("a=b.json"))
            #expect(page.hasPrefix("<!DOCTYPE html>"))
            #expect(points.hasPrefix("TAP version 13\n"))
        }
    }

    @Test func metricsKeepTheLastSuccessOfACheckThatFails() async throws {
        let job = "name: nightly\nchecks: [{route: health, name: a, expect: 200}]"
        try await ServedJob.with(job) { served in
            let binary = served.binary
            let labels = #"{job="nightly",check="a",route="health"}"#
            let metric = "routecheck_check_last_success_timestamp_seconds\(labels) "
            let moment = {
                try served.text("m.prom").split(separator: "\n").first { $0.hasPrefix(metric) }?.dropFirst(metric.count)
            }
            try Data("no metrics \0".utf8).write(to: URL(filePath: served.path("m.prom")))
            let passed = try await binary.run("run", "job.yaml", "--report-prometheus", "m.prom")
            #expect(passed.status == 0 && passed.errors.isEmpty)
            let success = try #require(try moment())
            try Data(job.replacing("200", with: "418").utf8).write(to: URL(filePath: served.path("job.yaml")))
            for _ in 0..<2 {
                #expect(try await binary.run("run", "job.yaml", "--report-prometheus", "m.prom").status == 1)
                #expect(try moment() == success)
            }
            // What cannot be read costs the moment and not the report.
            try #require(truncate(served.path("m.prom"), 1 << 29) == 0)
            let replaced = try await binary.run("run", "job.yaml", "--report-prometheus", "m.prom")
            #expect(replaced.status == 1)
            #expect(replaced.errors.contains("the earlier metrics cannot be read: m.prom: File too large"))
            #expect(try moment() == nil && served.text("m.prom").contains("routecheck_check_success{"))
        }
    }

    @Test(arguments: ReportFormat.all.map(\.name))
    func goesToStandardOutput(name: String) async throws {
        try await withReport { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--report", "\(name)=-")
            #expect(outcome.status == 0)
            // The console makes way for it.
            #expect(outcome.errors.contains("PASSED  1 check: 1 passed"))
            #expect(!outcome.output.isEmpty && !outcome.output.contains("PASSED  1 check: 1 passed"))
        }
    }

    @Test(arguments: [
        (["--report", "html"], "write html=FILE, or html=- for standard output"),
        (["--report", "tap="], "write tap=FILE, or tap=- for standard output"),
        (["--report", "htlm=x"], "\"htlm\" is not a format; did you mean html?"),
        (["--report", "report.html"], "write FORMAT=FILE; the formats are "),
        (["--report", "=x"], "\"\" is not a format; the formats are "),
    ])
    func saysWhatToWrite(options: [String], advice: String) async throws {
        try await withReport { served in
            let outcome = try await served.binary.run(["merge", "r.json"] + options)
            #expect(outcome.status == 64)
            let takes = "error: --report takes a format and a file, e.g. html=report.html, not \"\(options[1])\""
            #expect(outcome.errors.hasPrefix("\(takes): \(advice)"), "\(outcome.errors)")
        }
    }

    @Test(arguments: [
        (["--report", "html=x", "--report", "tap=x"], "two reports cannot go to the same file, x"),
        (["--report", "html=x", "--report-tap", "./x"], "two reports cannot go to the same file, x, also written ./x"),
        (["--report", "html=-", "--report-tap", "-"], "only one report can go to standard output"),
        (["--report", "html=r.json"], "the report r.json would overwrite r.json, which the command reads"),
    ])
    func refusesTwoReportsInOnePlace(options: [String], message: String) async throws {
        try await withReport { served in
            let outcome = try await served.binary.run(["merge", "r.json"] + options)
            #expect(outcome.status == 64)
            #expect(outcome.errors.hasPrefix("error: \(message)\n"), "\(outcome.errors)")
        }
    }
}

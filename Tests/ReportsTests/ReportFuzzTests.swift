import Checks
import Redaction
import Reports
import TestFuzzing
import Testing

/// Reports that were changed by others: they are read or refused, and what is read can be shown in every format.
struct ReportFuzzTests {
    private static func text(_ renderer: any ReportRenderer) -> String {
        String(decoding: renderer.bytes(for: GoldenRun.report), as: UTF8.self)
    }

    @Test
    func readsAnyReport() async {
        let small = String(decoding: JSONRenderer().bytes(for: PlantedRun.report("x")), as: UTF8.self)
        let samples = [small, Self.text(JSONRenderer()), Self.text(NDJSONRenderer())]
        let words = [
            "\"duration\":", "\"line\":", "\"attempts\":[", "\"index\":", "\"bodySize\":", "\"status\":", "\"count\":",
        ]
        let formats = ReportFormat.all.map { $0.renderer(ReportFormat.Options()) } + [AnnotationRenderer()]
        var number = 0
        let outcome = await Fuzzer("reports", samples: samples, words: words, inputs: 60).run { bytes in
            guard let report = try? RunReport(reading: bytes) else { return }
            number += 1
            let redacted = RedactedReport(readBack: report)
            _ = formats[number % formats.count].bytes(for: redacted)
            let comparison = RunComparison(baseline: redacted, current: redacted)
            _ = ConsoleRenderer(verbosity: .verbose).text(of: comparison)
            _ = try? ReportMerge([ReportMerge.Input(name: "a", report: report)]).report()
        }
        #expect(!outcome.isTooSlow, "\(String(decoding: outcome.slowest, as: UTF8.self))")
    }

    @Test
    func readsAnyMetrics() async {
        let samples = [String(decoding: PrometheusRenderer().bytes(for: GoldenRun.report), as: UTF8.self)]
        let outcome = await Fuzzer("metrics", samples: samples, words: ["} ", "\"} 1e400\n"], inputs: 30).run {
            bytes in
            var options = ReportFormat.Options()
            options.earlierSuccesses = EarlierSuccesses(reading: bytes)
            _ = ReportFormat.prometheus.renderer(options).bytes(for: GoldenRun.report)
        }
        #expect(!outcome.isTooSlow, "\(String(decoding: outcome.slowest, as: UTF8.self))")
    }
}

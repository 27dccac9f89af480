import Checks
import LinearRegex
import Redaction
import Reports
import Testing

/// A document is still one after anything in it was hidden.
struct RedactedDocumentTests {
    /// Pieces of the document itself as secrets: the ones most likely to be found where they must not be replaced.
    @Test
    func keepsJSONReadableWhateverIsSecret() throws {
        let document = JSONRenderer().bytes(for: GoldenRun.report)
        var random = LinearCongruence(state: 42)
        var hidden = 0
        for _ in 0..<60 {
            let start = Int(random.next() % UInt64(document.count - 40))
            let piece = document[start..<start + 4 + Int(random.next() % 20)]
            guard let secret = String(validating: piece, as: UTF8.self) else { continue }
            var sink = RedactingSink(MemorySink(), redactor: Redactor(secrets: [secret]), syntax: .json)
            sink.write(document)
            sink.finish()
            if sink.base.bytes != document { hidden += 1 }
            let read = try RunReport(json: sink.base.bytes)
            #expect(read.counts == GoldenRun.report.counts, "\(secret)")
        }
        #expect(hidden > 12)
    }

    @Test
    func hidesWhatPatternsFind() throws {
        let pattern = try RegexPattern("MRN-[0-9]+")
        let redactor = Redactor(secrets: [], patterns: [pattern])
        #expect(redactor.redact("a MRN-12, b MRN-345; MRN-").value == "a [redacted], b [redacted]; MRN-")
        var sink = MemorySink()
        let report = redactor.redact(PlantedRun.report("patient MRN-7"))
        redactor.render(report, with: JSONRenderer(), into: &sink)
        #expect(!sink.text.contains("MRN-7"))
    }

    /// Knuth's linear congruential generator: the same numbers each time.
    private struct LinearCongruence: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 11
        }
    }
}

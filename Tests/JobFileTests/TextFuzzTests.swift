import Checks
import TestFuzzing
import Testing

@testable import JobFile

/// What a job file or a command line says in a scalar: durations, rates, sizes, statuses, tags, globs.
struct TextFuzzTests {
    private static let samples = [
        "250ms", "1m30s", "8784h", "50/s", "600/min", "64KiB", "10GB", "200-204", "2xx",
        "smoke and not (slow or flaky)",
        "*chap?", "1h1m1s1ms", "1000000/s",
    ]

    @Test
    func readsAnyText() async {
        let words = ["ms", "s", "m", "h", "/s", "/min", "KiB", "GiB", "and", "or", "not", "(", ")", "xx", "*", "?"]
        let outcome = await Fuzzer("job-texts", samples: Self.samples, words: words, inputs: 5_000).run { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if let duration = DurationText.parse(text) { #expect(duration >= .zero) }
            _ = DurationText.help(with: text)
            if let rate = RateText.parse(text) { #expect(rate.count > 0) }
            if let size = ByteSizeText.parse(text) { #expect(size >= 0) }
            _ = StatusText.parse(text)
            _ = try? TagExpression(text)
            _ = NameGlob(text).matches("a chap, a chapel")
        }
        #expect(!outcome.isTooSlow, "\(String(decoding: outcome.slowest, as: UTF8.self))")
    }
}

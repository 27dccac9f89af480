import Matching
import Testing

struct AmountTextTests {
    @Test(arguments: [
        (Duration.milliseconds(250), "250ms"), (.microseconds(250_001), "251ms"), (.seconds(1), "1s"),
        (.milliseconds(1500), "1.5s"), (.milliseconds(1050), "1.05s"), (.seconds(90), "1m30s"), (.seconds(7200), "2h"),
        (.milliseconds(3_660_250), "1h1m0.25s"), (.zero, "0ms"),
    ])
    func durationsAreWrittenAsInJobFiles(_ duration: Duration, _ text: String) {
        #expect(AmountText.duration(duration) == text)
    }

    @Test(arguments: [
        (0, "0 bytes", "0 bytes"), (1, "1 byte", "1 byte"), (1023, "1023 bytes", "1023 bytes"), (1024, "1KiB", "1KiB"),
        (65_537, "65537 bytes", "64KiB"), (1_500_000, "1500000 bytes", "1.4MiB"), (10_000_000, "10MB", "9.5MiB"),
        (1_048_576, "1MiB", "1MiB"),
    ])
    func sizesAreWrittenAsInJobFiles(_ size: Int, _ exact: String, _ rough: String) {
        #expect(AmountText.exactSize(size) == exact)
        #expect(AmountText.roughSize(size) == rough)
    }
}

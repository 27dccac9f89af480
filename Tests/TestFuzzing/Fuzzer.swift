import FoundationEssentials
import Glibc
import TestNumbers

/// Feeds a parser with inputs that were sound until they were mutated.
///
/// An input follows from the seed and its number alone, so that it can be made again without those before it. What
/// ends the process (a trap) cannot be caught; it can be looked up:
///
/// - `ROUTECHECK_FUZZ_SECONDS`: how long each target is fuzzed, instead of a number of inputs that takes a moment.
/// - `ROUTECHECK_FUZZ_SEED`: another seed; 1 by default.
/// - `ROUTECHECK_FUZZ_NOTES`: a folder; the file with a target's name holds the input it has at the moment.
///
/// `swift test --filter Fuzz` runs all targets.
package struct Fuzzer: Sendable {
    private let name: String
    private let samples: [[UInt8]]
    private let words: [[UInt8]]
    private let inputs: Int
    private let seed: UInt64
    private let seconds: Double?
    private let notes: String?

    /// Prepares a fuzzer.
    ///
    /// - Parameters:
    ///   - name: The target's name; a file's name too.
    ///   - samples: Sound inputs.
    ///   - words: What is put in here and there beside numbers and signs that are worth it anywhere.
    ///   - inputs: How many inputs there are where no time is given.
    package init(_ name: String, samples: [String], words: [String] = [], inputs: Int = 1_000) {
        let environment = ProcessInfo.processInfo.environment
        self.name = name
        self.samples = samples.map { Array($0.utf8) }
        self.words = (Self.numbers + Self.marks + words).map { Array($0.utf8) }
        self.inputs = inputs
        seed = environment["ROUTECHECK_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
        seconds = environment["ROUTECHECK_FUZZ_SECONDS"].flatMap { Double($0) }
        notes = environment["ROUTECHECK_FUZZ_NOTES"].map { "\($0)/\(name)" }
    }

    /// What came of a run.
    package struct Outcome: Sendable {
        /// How many inputs there were.
        package var inputs = 0
        /// How long the input took that took longest.
        package var longest = Duration.zero
        /// That input.
        package var slowest: [UInt8] = []
        /// Whether a time was given, so that nothing else runs beside the fuzzers.
        var isTimed = false

        /// Whether an input took so long that its time must grow faster than its size.
        ///
        /// Among other tests an input waits for them, so that only fuzzers that run alone can tell.
        package var isTooSlow: Bool { isTimed && longest > .seconds(10) }
    }

    /// Calls a closure with each input, and says on standard output how it went where a time is given.
    package func run(_ body: ([UInt8]) async -> Void) async -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        let note = notes.map { open($0, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644) }
        defer { if let note { close(note) } }
        var outcome = Outcome()
        outcome.isTimed = seconds != nil
        while isDue(outcome.inputs, since: start, clock) {
            let input = input(outcome.inputs)
            if let note {
                ftruncate(note, 0)
                pwrite(note, input, input.count, 0)
            }
            let time = await clock.measure { await body(input) }
            outcome.inputs += 1
            if time > outcome.longest { (outcome.longest, outcome.slowest) = (time, input) }
        }
        if seconds != nil {
            let elapsed = clock.now - start
            let rate = Double(outcome.inputs) / (elapsed / .seconds(1))
            print("fuzz \(name): \(outcome.inputs) inputs, \(Int(rate)) a second, longest \(outcome.longest)")
        }
        return outcome
    }

    private func isDue(_ count: Int, since start: ContinuousClock.Instant, _ clock: ContinuousClock) -> Bool {
        guard let seconds else { return count < inputs }
        return clock.now - start < .seconds(seconds)
    }

    /// The input of a number; the samples come first, as they are.
    package func input(_ number: Int) -> [UInt8] {
        guard number >= samples.count else { return samples[number] }
        var random = SeededNumbers(seed: seed &* 0x1_0000_0001 &+ UInt64(number))
        var bytes = samples[random.below(samples.count)]
        for _ in 0...random.below(6) { mutate(&bytes, &random) }
        return bytes
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededNumbers) {
        let place = random.below(bytes.count + 1)
        let end = min(bytes.count, place + random.below(1 << random.below(6)))
        switch random.below(9) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1 where place < bytes.count: bytes[place] = UInt8(random.below(256))
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4: bytes.replaceSubrange(place..<end, with: word(&random))
        case 5: bytes.insert(contentsOf: word(&random), at: place)
        case 6: replaceNumber(near: place, in: &bytes, with: number(&random))
        case 7:
            let other = samples[random.below(samples.count)]
            let start = random.below(other.count + 1)
            bytes.replaceSubrange(place..<end, with: other[start..<min(other.count, start + random.below(64))])
        default:
            if random.below(4) == 0 { bytes.removeSubrange(place...) } else { bytes.insert(0x20, at: place) }
        }
    }

    private func word(_ random: inout SeededNumbers) -> [UInt8] { words[random.below(words.count)] }

    private func number(_ random: inout SeededNumbers) -> [UInt8] { words[random.below(Self.numbers.count)] }

    /// Puts another number in the place of the first one after a place.
    private func replaceNumber(near place: Int, in bytes: inout [UInt8], with number: [UInt8]) {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        guard let start = bytes[place...].firstIndex(where: isDigit) ?? bytes.firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: number)
    }

    /// Numbers at the borders of what types hold, and what looks like a number.
    private static let numbers = [
        "0", "1", "-1", "-0", "00", "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296",
        "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "18446744073709551615", "18446744073709551616", "99999999999999999999999999999999", "1e308", "1e400", "-1e400",
        "1e-400", "1E9223372036854775807", "0.1", "1.7e19", "nan", "NaN", "inf", "Infinity", "0x7fffffffffffffff", "+1",
        "1_000", "ffffffff", "7fffffffffffffff", "ffffffffffffffff",
    ]

    private static let marks = [
        "\0", "\r\n", "\n", "\r", "\t", "\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ":", ",", "=", "&", "%",
        "%00", "%2F", "%zz", "/", "//", "..", "?", "#", "*", "null", "true", "é", "漢", "🙂", "\u{202E}", "\u{FEFF}",
        "\u{300}",
    ]
}

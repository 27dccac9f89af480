import FoundationEssentials
import JSONDocument
import LinearRegex

/// Runs the work until enough time has passed and returns the fastest run in seconds.
func fastest(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var best = Duration.seconds(3600)
    let start = clock.now
    repeat {
        best = min(best, try clock.measure(work))
    } while clock.now - start < .seconds(1)
    return best / .seconds(1)
}

func report(_ name: String, _ megabytesPerSecond: Double) {
    let tenths = Int((megabytesPerSecond * 10).rounded())
    print("  \(name): \(tenths / 10).\(tenths % 10) MB/s")
}

func benchmark(file path: String) throws {
    let data = try Data(contentsOf: URL(filePath: path))
    let bytes = Array(data)
    let megabytes = Double(bytes.count) / 1e6
    report("JSONTree(parsing:)", megabytes / (try fastest { _ = try JSONTree(parsing: bytes) }))
    report("JSONValue(parsing:)", megabytes / (try fastest { _ = try JSONValue(parsing: bytes) }))
    let decoder = JSONDecoder()
    report("JSONDecoder", megabytes / (try fastest { _ = try decoder.decode(DecodedValue.self, from: data) }))
    let pattern = try RegexPattern("(?i)unlikely-[a-z]+-\\d{4}z", dialect: .search)
    report("regex over the text", megabytes / fastest { _ = pattern.containsMatch(in: bytes.span) })
}

/// The typical check: a small body, two paths.
func benchmarkSmallBody(file path: String) throws {
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    let paths = [try JSONPath("$.status"), try JSONPath("$.checks[?@.name == 'database'].status")]
    let rounds = 1_000
    let seconds = try fastest {
        for _ in 0..<rounds {
            let tree = try JSONTree(parsing: bytes)
            for path in paths { _ = try path.nodes(in: tree).map(\.value) }
        }
    }
    let nanoseconds = Int(seconds / Double(rounds) * 1e9)
    print("  \(bytes.count) bytes, parsed and two paths evaluated: \(nanoseconds) ns")
}

switch (CommandLine.arguments.dropFirst().first, CommandLine.arguments.last) {
case ("large", let path?): try benchmark(file: path)
case ("small", let path?): try benchmarkSmallBody(file: path)
default: print("usage: json-benchmark large|small FILE")
}

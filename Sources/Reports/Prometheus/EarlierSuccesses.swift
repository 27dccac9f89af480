/// When checks last passed, as the metrics of an earlier run say.
///
/// A check that fails keeps the time of its last success from run to run, although each run replaces the file of the one
/// before. Of a run that has checks to tell of, only their times are taken from that file. Metrics that tell of no check,
/// such as those of a run that has not ended, keep all times, or the run after it would not know them any more.
public struct EarlierSuccesses: Sendable {
    /// The moments in milliseconds since 1970, by the labels as they are written.
    private var moments: [String: Int] = [:]
    /// The labels of the suites, as they are written.
    private(set) var suites: [String] = []

    /// Knows of no earlier run.
    public init() {}

    /// Reads the metrics of an earlier run; whatever is not a time that ``PrometheusRenderer`` writes is passed over.
    ///
    /// - Parameter bytes: The file that the new metrics replace, or anything else.
    public init(reading bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0A) {
            if let (labels, moment) = Self.sample(in: line, of: Self.prefix), let moment = Self.moment(moment) {
                moments[labels] = max(moment, moments[labels] ?? 0)
            } else if let (labels, _) = Self.sample(in: line, of: Self.suitePrefix), !suites.contains(labels) {
                suites.append(labels)
            }
        }
    }

    /// When the check of these labels last passed.
    func moment(of labels: String) -> Int? { moments[labels] }

    /// Every check that has passed by then, in the order of the labels.
    func all(until end: Int) -> [(labels: String, moment: Int)] {
        moments.filter { $0.value <= end }.sorted { $0.key < $1.key }.map { (labels: $0.key, moment: $0.value) }
    }

    private static let prefix = Array("routecheck_check_last_success_timestamp_seconds{".utf8)
    private static let suitePrefix = Array("routecheck_success{".utf8)

    /// The labels of a sample and what follows their brace; `nil` for a line that is no sample of the metric.
    private static func sample(in line: ArraySlice<UInt8>, of prefix: [UInt8]) -> (String, ArraySlice<UInt8>)? {
        guard line.starts(with: prefix), let brace = line.lastIndex(of: UInt8(ascii: "}")),
            brace >= line.startIndex + prefix.count
        else { return nil }
        let labels = line[(line.startIndex + prefix.count)..<brace]
        return isWellFormed(labels) ? (String(decoding: labels, as: UTF8.self), line[(brace + 1)...]) : nil
    }

    /// Whether a text is labels, such as `job="a",check="b"`: anything else would spoil the file that it is written to.
    private static func isWellFormed(_ labels: ArraySlice<UInt8>) -> Bool {
        var rest = labels[...]
        while true {
            let name = rest.prefix { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
            guard !name.isEmpty, rest.dropFirst(name.count).starts(with: "=\"".utf8) else { return false }
            rest = rest.dropFirst(name.count + 2)
            while let byte = rest.first, byte != UInt8(ascii: "\"") { rest = rest.dropFirst(byte == 0x5C ? 2 : 1) }
            guard rest.popFirst() != nil else { return false }
            if rest.isEmpty { return true }
            guard rest.popFirst() == UInt8(ascii: ",") else { return false }
        }
    }

    /// The milliseconds of a blank and seconds with decimals, such as ` 1787393472.125000`.
    private static func moment(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.first == 0x20, text.count <= 24 else { return nil }
        let parts = text.dropFirst().split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = number(parts[0], digits: 1...12) else { return nil }
        guard parts.count == 2 else { return whole * 1_000 }
        guard number(parts[1], digits: 1...9) != nil else { return nil }
        let thousandths = (Array(parts[1]) + [0x30, 0x30]).prefix(3)
        return number(thousandths, digits: 3...3).map { whole * 1_000 + $0 }
    }

    private static func number(_ digits: ArraySlice<UInt8>, digits count: ClosedRange<Int>) -> Int? {
        guard count.contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

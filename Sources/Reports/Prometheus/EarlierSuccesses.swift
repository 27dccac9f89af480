/// When checks last passed, as the metrics of an earlier run say.
///
/// A check that fails keeps the time of its last success from run to run, although each run replaces the file of the one
/// before. Nothing but times is taken from that file, and only those of checks that this run has too.
public struct EarlierSuccesses: Sendable {
    /// The moments in milliseconds since 1970, by the labels as they are written.
    private var moments: [String: Int] = [:]

    /// Knows of no earlier run.
    public init() {}

    /// Reads the metrics of an earlier run; whatever is not a time that ``PrometheusRenderer`` writes is passed over.
    ///
    /// - Parameter bytes: The file that the new metrics replace, or anything else.
    public init(reading bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0A) where line.starts(with: Self.prefix) {
            guard let brace = line.lastIndex(of: UInt8(ascii: "}")), brace >= line.startIndex + Self.prefix.count,
                let moment = Self.moment(line[(brace + 1)...])
            else { continue }
            let labels = String(decoding: line[(line.startIndex + Self.prefix.count)..<brace], as: UTF8.self)
            moments[labels] = max(moment, moments[labels] ?? 0)
        }
    }

    /// When the check of these labels last passed.
    func moment(of labels: String) -> Int? { moments[labels] }

    private static let prefix = Array("routecheck_check_last_success_timestamp_seconds{".utf8)

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

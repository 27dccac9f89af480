/// The parts of a text that are to be hidden, in order; parts that overlap or touch are one.
struct HiddenRanges: Sendable {
    /// What stands where something was hidden.
    static let replacement = "[redacted]"

    /// The parts, as ranges of the text's bytes.
    private(set) var ranges: [Range<Int>] = []

    /// Creates parts of nothing.
    init() {}

    /// Takes parts in any order.
    init(_ unordered: [Range<Int>]) {
        for range in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) { add(range) }
    }

    var isEmpty: Bool { ranges.isEmpty }

    /// Adds a part behind or over the end of the last one.
    mutating func add(_ range: Range<Int>) {
        guard let last = ranges.last, last.upperBound >= range.lowerBound else {
            ranges.append(range)
            return
        }
        ranges[ranges.count - 1] = min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound)
    }

    /// Takes the first bytes of the text away, with the parts that lie in them.
    mutating func drop(first count: Int) {
        ranges = ranges.filter { $0.upperBound > count }.map { $0.lowerBound - count..<$0.upperBound - count }
    }

    /// Appends the first bytes of a text, with something else in place of each part that ends in them.
    func append(
        _ bytes: [UInt8],
        upTo end: Int,
        to result: inout [UInt8],
        replacing replacement: (Range<Int>) -> some Collection<UInt8>
    ) {
        var copied = 0
        for range in ranges where range.upperBound <= end {
            result += bytes[copied..<range.lowerBound]
            result += replacement(range)
            copied = range.upperBound
        }
        result += bytes[copied..<end]
    }

    /// The text with ``replacement`` in place of each part.
    func replaced(in text: String) -> String {
        guard !ranges.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        append(bytes, upTo: bytes.count, to: &result) { _ in HiddenRanges.replacement.utf8 }
        return String(decoding: result, as: UTF8.self)
    }
}

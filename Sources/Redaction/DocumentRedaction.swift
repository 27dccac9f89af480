/// Hides secrets from the bytes of a document on their way out, also those that two chunks share.
///
/// It is the second look, after the values were redacted (``Redactor``). What could be the beginning of a secret is held
/// back until it is known, so that ``finish()`` must be called at the end.
package struct DocumentRedaction: Sendable {
    private let scanner: SecretScanner
    private let syntax: ReportSyntax
    /// Bytes that have not gone on; those before `decided` have been looked at.
    private var held: [UInt8] = []
    private var decided = 0
    /// The parts of the held bytes that are to be hidden.
    private var hidden = HiddenRanges()

    init(_ scanner: SecretScanner, syntax: ReportSyntax) {
        self.scanner = scanner
        self.syntax = syntax
    }

    /// Takes the next bytes, wherever they may end, and returns those that can go on, perhaps none.
    package mutating func take(_ bytes: [UInt8]) -> [UInt8] {
        guard !scanner.isEmpty else { return bytes }
        held += bytes
        scan(isWhole: false)
        return pass(upTo: passable())
    }

    /// Returns what was held back.
    package mutating func finish() -> [UInt8] {
        scan(isWhole: true)
        return pass(upTo: held.count)
    }

    private mutating func scan(isWhole: Bool) {
        let findings = held.withUnsafeBufferPointer {
            scanner.scan($0, from: decided, isWhole: isWhole, syntax: syntax)
        }
        for range in findings.hidden.ranges { hidden.add(range) }
        decided = max(findings.decided, hidden.ranges.last?.upperBound ?? 0)
    }

    /// Up to where the bytes can go on without a later part needing what is in front of it.
    private func passable() -> Int {
        var end = max(0, decided - ReportSyntax.lookBehind)
        held.withUnsafeBufferPointer { end -= ReportSyntax.backslashes(before: end, in: $0) }
        for range in hidden.ranges.reversed() where range.upperBound > end { end = min(end, range.lowerBound) }
        return end
    }

    private mutating func pass(upTo end: Int) -> [UInt8] {
        guard end > 0 else { return [] }
        var output: [UInt8] = []
        output.reserveCapacity(end)
        hidden.append(held, upTo: end, to: &output) { _ in HiddenRanges.replacement.utf8 }
        hidden.drop(first: end)
        decided -= end
        held.removeFirst(end)
        return output
    }
}

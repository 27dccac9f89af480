/// A sink that hides secrets from the bytes on their way to another sink, also those that two chunks share.
///
/// What could be the beginning of a secret is held back until it is known. ``finish()`` must be called at the end.
public struct RedactingSink<Base: ReportSink>: ReportSink {
    /// Where the bytes go.
    public private(set) var base: Base
    private let scanner: SecretScanner
    private let syntax: ReportSyntax
    /// Bytes that have not gone on; those before `decided` have been looked at.
    private var held: [UInt8] = []
    private var decided = 0
    /// The parts of the held bytes that are to be hidden.
    private var hidden: [Range<Int>] = []
    private var output: [UInt8] = []

    /// Creates a sink in front of another one, for bytes in a syntax.
    public init(_ base: Base, redactor: Redactor, syntax: ReportSyntax) {
        self.base = base
        self.syntax = syntax
        scanner = redactor.streamScanner.value
    }

    /// Takes the next bytes.
    public mutating func write(_ bytes: [UInt8]) throws(Base.Failure) {
        guard !scanner.isEmpty else {
            try base.write(bytes)
            return
        }
        held += bytes
        scan(isWhole: false)
        try pass(upTo: passable())
    }

    /// Hands on what was held back.
    public mutating func finish() throws(Base.Failure) {
        scan(isWhole: true)
        try pass(upTo: held.count)
    }

    private mutating func scan(isWhole: Bool) {
        let findings = held.withUnsafeBufferPointer {
            scanner.scan($0, from: decided, isWhole: isWhole, syntax: syntax)
        }
        for range in findings.ranges {
            if let last = hidden.last, last.upperBound >= range.lowerBound {
                hidden[hidden.count - 1] = min(last.lowerBound, range.lowerBound)..<range.upperBound
            } else {
                hidden.append(range)
            }
        }
        decided = max(findings.decided, hidden.last?.upperBound ?? 0)
    }

    /// Up to where the bytes can go on without a later part needing what is in front of it.
    private func passable() -> Int {
        var end = max(0, decided - ReportSyntax.lookBehind)
        held.withUnsafeBufferPointer { end -= ReportSyntax.backslashes(before: end, in: $0) }
        for range in hidden.reversed() where range.upperBound > end { end = min(end, range.lowerBound) }
        return end
    }

    private mutating func pass(upTo end: Int) throws(Base.Failure) {
        guard end > 0 else { return }
        output.removeAll(keepingCapacity: true)
        var copied = 0
        for range in hidden where range.upperBound <= end {
            output += held[copied..<range.lowerBound]
            output += Redactor.replacement.utf8
            copied = range.upperBound
        }
        output += held[copied..<end]
        try base.write(output)
        hidden = hidden.filter { $0.upperBound > end }.map { $0.lowerBound - end..<$0.upperBound - end }
        decided -= end
        held.removeFirst(end)
    }
}

public import Redaction

/// What a person sees of a run that goes on, as one line of a terminal.
///
/// It is a value: whoever paints it decides when, and how to take it away again.
public struct ProgressLine: Sendable, Hashable {
    /// How many checks there are.
    public var total: Int
    /// How many of them have ended.
    public var done = 0
    /// How many of those fail the run.
    public var failing = 0
    /// How many passed after an attempt that had not.
    public var flaky = 0
    /// How long the run has gone on.
    public var elapsed: Duration = .zero
    /// The check that has been in flight the longest, if one is.
    public var slowest: InFlight?

    /// A check in flight.
    public struct InFlight: Sendable, Hashable {
        /// The check's name.
        public var name: RedactedText
        /// How long it has been in flight.
        public var elapsed: Duration

        /// Creates a check in flight.
        public init(name: RedactedText, elapsed: Duration) {
            self.name = name
            self.elapsed = elapsed
        }
    }

    /// Creates the line of a run in which nothing has ended.
    public init(total: Int) {
        self.total = total
    }

    /// How many checks ended in a second so far.
    public var rate: Double { elapsed > .zero ? Double(done) / elapsed.reportedSeconds : 0 }

    /// The line, at most one column narrower than the terminal so that it never wraps, and without a line feed.
    ///
    /// What does not fit is left out: first the check in flight, then the rate, then the bar.
    ///
    /// - Parameters:
    ///   - width: The terminal's columns; nothing is shown on fewer than ten.
    ///   - style: Which colours and characters the terminal shows.
    public func text(width: Int, style: ConsoleStyle = ConsoleStyle()) -> String {
        guard width >= 10 else { return "" }
        let room = width - 1
        let counts = "\(done)/\(total)"
        var tail = ""
        if failing > 0 { tail += "  \(failing) failed" }
        if flaky > 0 { tail += "  \(flaky) flaky" }
        var line = ConsoleText(style)
        let needed = counts.utf8.count + tail.utf8.count
        guard needed <= room else {
            line.append(String(counts.prefix(room)))
            return line.text
        }
        let barWidth = min(30, room - needed - 3)
        if barWidth >= 8 {
            append(bar: barWidth, to: &line)
            line.append(" ")
        }
        line.append(counts)
        line.append(tail, failing > 0 ? .bad : .doubtful)
        var used = needed + (barWidth >= 8 ? barWidth + 3 : 0)
        let speed = "  \(Int(rate.rounded()))/s"
        guard elapsed > .zero, used + speed.utf8.count <= room else { return line.text }
        line.append(speed, .quiet)
        used += speed.utf8.count
        append(slowestIn: room - used, to: &line)
        return line.text
    }

    /// How many columns a line takes that ``text(width:style:)`` made.
    public static func columns(of line: String) -> Int {
        var isSequence = false
        var visible = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            if scalar == "\u{1B}" { isSequence = true }
            if !isSequence { visible.append(scalar) }
            if scalar == "m" { isSequence = false }
        }
        return TerminalWidth.of(String(visible))
    }

    private func append(bar width: Int, to line: inout ConsoleText) {
        let filled = total > 0 ? min(width, width * done / total) : 0
        let (full, empty) = line.style.usesUnicode ? ("█", "░") : ("#", "-")
        line.append("[")
        line.append(String(repeating: full, count: filled), failing > 0 ? .bad : .good)
        line.append(String(repeating: empty, count: width - filled), .quiet)
        line.append("]")
    }

    private func append(slowestIn room: Int, to line: inout ConsoleText) {
        guard let slowest, slowest.elapsed >= .seconds(1) else { return }
        let time = slowest.elapsed.phrase
        let nameRoom = room - 4 - TerminalWidth.of(time)
        guard nameRoom >= 8 else { return }
        let mark = line.style.usesUnicode ? "…" : "..."
        let name = TerminalWidth.cut(slowest.name.value, to: nameRoom, mark: mark)
        line.append("  \(name)  \(time)", .quiet)
    }
}

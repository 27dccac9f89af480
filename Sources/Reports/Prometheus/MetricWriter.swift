/// Writes metrics and their series in the Prometheus text format, version 0.0.4.
struct MetricWriter {
    private var buffer = ReportBuffer()
    private var name: StaticString = ""

    /// Starts a gauge; the samples that follow are its series.
    mutating func begin(_ name: StaticString, _ help: StaticString) {
        self.name = name
        buffer.append("# HELP ")
        buffer.append(name)
        buffer.append(" ")
        buffer.append(help)
        buffer.append("\n# TYPE ")
        buffer.append(name)
        buffer.append(" gauge\n")
    }

    mutating func sample(_ labels: [(StaticString, LabelValue)], _ value: Int) {
        sample(Self.text(labels), value)
    }

    mutating func sample(_ labels: [(StaticString, LabelValue)], _ value: Duration) {
        sample(Self.text(labels), value)
    }

    /// Writes a number; the labels are as ``text(_:)`` gives them.
    mutating func sample(_ labels: String, _ value: Int) {
        writeSeries(labels)
        buffer.append(value)
        buffer.append("\n")
    }

    /// Writes a duration in seconds.
    mutating func sample(_ labels: String, _ value: Duration) {
        writeSeries(labels)
        buffer.appendMicroseconds(value)
        buffer.append("\n")
    }

    mutating func drain<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        try buffer.drain(into: &sink)
    }

    mutating func finish<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        try buffer.flush(into: &sink)
    }

    /// The labels of a series as they are between its braces.
    static func text(_ labels: [(StaticString, LabelValue)]) -> String {
        labels.map { "\($0.0)=\"\($0.1.escaped)\"" }.joined(separator: ",")
    }

    private mutating func writeSeries(_ labels: String) {
        buffer.append(name)
        buffer.append("{")
        buffer.append(verbatim: labels)
        buffer.append("} ")
    }
}

/// The value of a label as the format writes it, without the quotation marks.
struct LabelValue: Hashable {
    let escaped: String

    /// Escapes a text and leaves out what is too long for a label.
    init(_ text: String) {
        var buffer = ReportBuffer(capacity: 128)
        buffer.append(text.bounded(to: 1_000), as: .label)
        escaped = buffer.text
    }

    fileprivate init(escaped: String) {
        self.escaped = escaped
    }
}

/// Values of one label that are told apart by a number where they would be the same.
///
/// They are compared as they are written: two texts can differ only in what a label leaves out, or in a character that is
/// shown by its number. A series that is there twice makes Prometheus refuse the whole file.
struct UniqueLabels {
    private var taken: Set<LabelValue> = []
    private var numbers: [LabelValue: Int] = [:]

    /// The text itself the first time, then `text (2)`, `text (3)` and so on.
    mutating func unique(_ text: String) -> LabelValue {
        let value = LabelValue(text)
        if taken.insert(value).inserted { return value }
        while true {
            let number = numbers[value, default: 1] + 1
            numbers[value] = number
            let numbered = LabelValue(escaped: "\(value.escaped) (\(number))")
            if taken.insert(numbered).inserted { return numbered }
        }
    }
}

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

    mutating func sample(_ labels: [(StaticString, String)], _ value: Int) {
        writeSeries(labels)
        buffer.append(value)
        buffer.append("\n")
    }

    /// Writes a duration in seconds.
    mutating func sample(_ labels: [(StaticString, String)], _ value: Duration) {
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

    private mutating func writeSeries(_ labels: [(StaticString, String)]) {
        buffer.append(name)
        for (position, label) in labels.enumerated() {
            buffer.append(position == 0 ? "{" : ",")
            buffer.append(label.0)
            buffer.append("=\"")
            buffer.append(label.1.bounded(to: 1_000), as: .label)
            buffer.append("\"")
        }
        buffer.append("} ")
    }
}

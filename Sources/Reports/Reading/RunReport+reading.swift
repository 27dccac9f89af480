public import Checks
import FoundationEssentials
public import Redaction

/// Makes a run of the bytes that a report of it was written in.
///
/// A whole report is decoded as a ``ReportDocument``. A stream of events is decoded line by line, and ``RebuiltRun``
/// puts together what they tell, also of a run that was killed. Either says in a ``ReportReadingError`` why it cannot.
extension RunReport {
    /// Reads a report that `JSONRenderer` or `EventStream` wrote, whichever the bytes are.
    public init(reading bytes: [UInt8]) throws(ReportReadingError) {
        // An empty file is a stream that nothing was written to: a report appears with all that is in it.
        let isStream = bytes.isEmpty || bytes.starts(with: "{\"event\":".utf8)
        if isStream { try self.init(ndjson: bytes) } else { try self.init(json: bytes) }
    }

    /// Reads a report that `JSONRenderer` wrote; keys that a newer one may have added are passed over.
    ///
    /// - Throws: `ReportReadingError` if the bytes are not such a report, or of a version that is not known here.
    public init(json bytes: [UInt8]) throws(ReportReadingError) {
        let data = Data(bytes)
        let envelope = try Self.decode(ReportDocument.Envelope.self, from: data, subject: "The report")
        guard envelope.format == "routecheck-report" else {
            throw ReportReadingError(.notAReport, "The JSON is not a report of routecheck.")
        }
        try Self.check(envelope.version, known: JSONRenderer.version, subject: "The report")
        self = try Self.decode(ReportDocument.self, from: data, subject: "The report").report
    }

    static func check(_ version: Int?, known: Int, subject: String) throws(ReportReadingError) {
        guard let version else { throw ReportReadingError(.malformed, "\(subject) lacks \"version\".") }
        guard version == known else {
            throw ReportReadingError(
                .unsupportedVersion,
                "\(subject) has version \(version); this routecheck reads version \(known)."
            )
        }
    }

    static func decode<Document: Decodable>(
        _ type: Document.Type,
        from data: Data,
        subject: String
    ) throws(ReportReadingError) -> Document {
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            throw ReportReadingError(error, in: subject)
        }
    }
}

extension RunReport {
    /// Rebuilds the report of a run from the stream of its events, also of a run that was killed.
    ///
    /// Of such a run every check that ended is there, and every other one of the plan as not run; the ending is
    /// ``RunEnding/interrupted(signal:)`` with 9, and the durations reach to the last event. A last line without a
    /// line feed was being written when the run was killed, and is passed over if it is not whole.
    ///
    /// - Throws: `ReportReadingError` if the bytes are not such a stream, with the line's number, or if they break
    ///   off before the plan is whole.
    public init(ndjson bytes: [UInt8]) throws(ReportReadingError) {
        var rebuilding: RebuiltRun?
        var number = 0
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for line in lines {
            number += 1
            guard !line.isEmpty else { continue }
            let isLast = number == lines.count
            do {
                let subject = "Line \(number) of the events"
                let event = try Self.decode(EventDocument.self, from: Data(line), subject: subject)
                if rebuilding == nil {
                    rebuilding = try RebuiltRun(event, subject: subject)
                } else {
                    try rebuilding?.add(event, subject: subject)
                }
            } catch {
                if isLast, error.code == .notAReport, rebuilding != nil { break }
                // Whole lines end with a brace; this one is not whole.
                if isLast, rebuilding == nil, line.last != UInt8(ascii: "}") { break }
                throw error
            }
        }
        guard let rebuilding else {
            throw ReportReadingError(
                .cutOff,
                bytes.isEmpty
                    ? "The file is empty: the run was killed before it began."
                    : "The run was killed before it had written its plan."
            )
        }
        self = try rebuilding.whole()
    }
}

extension RedactedReport {
    /// Reads a report that `JSONRenderer` or `EventStream` wrote, to be rendered or compared.
    ///
    /// Its secrets were hidden when it was written. What carries credentials by its name or its shape is hidden once more,
    /// as the file may come from elsewhere.
    public init(reading bytes: [UInt8]) throws(ReportReadingError) {
        self.init(readBack: try RunReport(reading: bytes))
    }
}

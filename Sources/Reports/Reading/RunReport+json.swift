public import Checks
import FoundationEssentials

extension RunReport {
    /// Reads a report that ``JSONRenderer`` or ``EventStream`` wrote, whichever the bytes are.
    public init(reading bytes: [UInt8]) throws(ReportReadingError) {
        // An empty file is a stream that nothing was written to: a report appears with all that is in it.
        let isStream = bytes.isEmpty || bytes.starts(with: "{\"event\":".utf8)
        if isStream { try self.init(ndjson: bytes) } else { try self.init(json: bytes) }
    }

    /// Reads a report that ``JSONRenderer`` wrote; keys that a newer one may have added are passed over.
    ///
    /// - Throws: ``ReportReadingError`` if the bytes are not such a report, or of a version that is not known here.
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

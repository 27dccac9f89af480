public import Checks
import FoundationEssentials

extension RunReport {
    /// Rebuilds the report of a run from the stream of its events, also of a run that was killed.
    ///
    /// Of such a run every check that ended is there, and every other one of the plan as not run; the ending is
    /// ``RunEnding/interrupted(signal:)`` with 9, and the durations reach to the last event. A last line without a
    /// line feed was being written when the run was killed, and is passed over if it is not whole.
    ///
    /// - Throws: ``ReportReadingError`` if the bytes are not such a stream, with the line's number, or if they break
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
                if isLast, error.code != .unsupportedVersion, rebuilding != nil { break }
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

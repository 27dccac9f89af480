import Checks
import Reports

/// Reads the reports of earlier runs.
enum ReportReader {
    /// The largest report in bytes.
    private static let sizeLimit = 4 << 30

    /// The run that a JSON report or an event stream tells of; `-` is standard input.
    ///
    /// - Throws: `CommandFailure` with the sentence that says why it cannot be read.
    static func report(at path: String) throws(CommandFailure) -> RunReport {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try FileReader.bytes(of: path, limit: sizeLimit)
        } catch {
            throw CommandFailure(.invalidJob, "cannot read the report \(error)")
        }
        do throws(ReportReadingError) {
            return try RunReport(reading: bytes)
        } catch {
            throw CommandFailure(.invalidJob, "\(path): \(error.message)")
        }
    }
}

import Checks
import Reports

extension RunReport {
    /// Reads a JSON report or an event stream from a file; `-` is standard input.
    ///
    /// - Throws: `CommandFailure` that names the file and what is wrong with it.
    init(readFrom path: String) throws(CommandFailure) {
        do {
            try self.init(reading: FileReader.bytes(of: path, limit: Self.sizeLimit))
        } catch let error as SystemError {
            throw CommandFailure(.invalidJob, "cannot read the report \(error)")
        } catch {
            throw CommandFailure(.invalidJob, "\(path) is no report of routecheck that can be read: \(error)")
        }
    }

    /// The largest report in bytes: a hundred thousand checks take some 60 MB.
    private static let sizeLimit = 1 << 30
}

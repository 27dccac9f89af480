import Checks
import Reports

extension RunReport {
    /// Reads a JSON report from a file.
    ///
    /// - Throws: `CommandFailure` that names the file and what is wrong with it.
    init(readFrom path: String) throws(CommandFailure) {
        do {
            try self.init(json: FileReader.bytes(of: path, limit: Self.sizeLimit))
        } catch let error as SystemError {
            throw CommandFailure(.invalidJob, "cannot read the report \(error)")
        } catch {
            throw CommandFailure(.invalidJob, "\(path) is no JSON report of routecheck: \(error)")
        }
    }

    /// The largest report in bytes: a hundred thousand checks take some 60 MB.
    private static let sizeLimit = 1 << 30
}

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
            throw CommandFailure(
                .invalidJob,
                "\(own: path) is no report of routecheck that can be read: \(own: "\(error)")"
            )
        }
    }

    /// Reads several reports.
    ///
    /// - Throws: `CommandFailure` that names all that cannot be read.
    static func all(readFrom paths: [String]) throws(CommandFailure) -> [RunReport] {
        var reports: [RunReport] = []
        var problems: [Message] = []
        for path in paths {
            do throws(CommandFailure) {
                reports.append(try RunReport(readFrom: path))
            } catch {
                problems += [error.message].compactMap(\.self)
            }
        }
        guard problems.isEmpty else {
            throw CommandFailure(.invalidJob, Message(problems, joinedBy: "\nerror: "))
        }
        return reports
    }

    /// The largest report in bytes: a hundred thousand checks take some 60 MB.
    private static let sizeLimit = 1 << 30
}

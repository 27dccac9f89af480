import Arguments
import Glibc

/// Where reports must not go.
enum ReportPlaces {
    /// A path, or `-` for one that leads to standard output, such as `/dev/stdout` or the file that it goes to.
    static func standardName(of path: String) -> String {
        (try? ReportPlace(of: path)) == .descriptor(STDOUT_FILENO) ? "-" : path
    }

    /// Refuses reports that would take each other's place; `-` is standard output.
    static func refuseClashes(among reports: [String]) throws(UsageProblem) {
        if reports.filter({ $0 == "-" }).count > 1 {
            throw UsageProblem("only one report can go to standard output")
        }
        if let twice = FileIdentity.repeated(in: reports, by: FileIdentity.ofReport) {
            throw UsageProblem("two reports cannot go to the same file, \(twice)")
        }
    }

    /// Refuses a report that would take the place of a file that the command reads, of which `-` is standard input.
    static func refuseToOverwrite(_ inputs: [String], with report: String) throws(UsageProblem) {
        guard let identity = FileIdentity.of(report) else { return }
        if let input = inputs.first(where: { FileIdentity.ofInput($0) == identity }) {
            let name = input == "-" ? FileReader.standardInput : input
            throw UsageProblem("the report \(report) would overwrite \(name), which the command reads")
        }
    }
}

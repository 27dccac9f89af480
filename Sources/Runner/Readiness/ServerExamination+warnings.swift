import Checks
import DHIS2
import SourceDiagnostics
import Text

extension ServerExamination {
    /// What was noticed about a server, and where it lies.
    struct Warning: Sendable {
        var layer: Layer
        /// In kebab-case.
        var code: String
        /// A sentence, or some.
        var message: String
    }

    /// The warning that nobody can tell who answers, because something on the way takes away all that DHIS2 marks its
    /// answers with.
    static func warning(ofMarksOn client: DHIS2Client) -> Warning? {
        guard let marks = client.arrivingMarks, !marks.tellWhoAnswers else { return nil }
        return Warning(
            layer: .proxy,
            code: "marks-stripped",
            message: """
                None of DHIS2's marks arrive from \(client.baseURL.hostAndPort), so that the layer named for a failure may be \
                wrong: something in front removes them. Let it pass the headers Content-Security-Policy and \
                X-Content-Type-Options, and Set-Cookie.
                """
        )
    }

    /// The most rows of a list, and parameters, that a warning names.
    private static let mostNamed = 3

    /// The warning about rows of DHIS2's list of routes that cannot be read, if there are some.
    static func warning(of rows: [UnreadableRow]) -> Warning? {
        guard !rows.isEmpty else { return nil }
        let named = rows.prefix(mostNamed).map(\.description).joined(separator: "; ")
        let rest = rows.count > mostNamed ? "; and \(rows.count - mostNamed) more" : ""
        let message =
            rows.count == 1
            ? "A row of DHIS2's list of routes cannot be read, \(named). If a check needs its route, it is run by its code."
            : """
            \(rows.count.counting("row")) of DHIS2's list of routes cannot be read (\(named)\(rest)). If a check needs one of their \
            routes, it is run by its code.
            """
        return Warning(layer: .dhis2, code: "unreadable-routes", message: message)
    }

    /// The warning about checks that repeat a parameter, where the server does not keep the order of parameters.
    ///
    /// A job file that pins such a version is warned of when it is read.
    static func warning(ofOrderIn plan: RunPlan, version: ServerVersion) -> Warning? {
        guard !RouteBehaviour(version).keepsQueryOrder else { return nil }
        var names: [String] = []
        var first: Check?
        for entry in plan.entries where entry.skipReason == nil {
            let check = plan.job.checks[entry.check]
            var seen: Set<String> = []
            for parameter in check.parameters where !seen.insert(parameter.name).inserted {
                first = first ?? check
                if !names.contains(parameter.name) { names.append(parameter.name) }
            }
        }
        guard let first else { return nil }
        let name = names.prefix(1).joined()
        let more = names.count > 1 ? " (and \(names.count - 1) more in this job)" : ""
        return Warning(
            layer: .job,
            code: "parameter-order",
            message: """
                \(QueryOrder.warning(of: name, version: version)) at \(plan.job.file):\(first.position.line)\(more): \
                \(QueryOrder.help).
                """
        )
    }
}

extension Fault {
    /// The fault of a server that is not of the version that its job pins; `nil` where it is, by release line.
    ///
    /// Patches and qualifiers may differ: `2.43` and `2.43.0` go with 2.43.1, `2.44` goes with 2.44-SNAPSHOT.
    init?(of job: Job, against version: ServerVersion, at server: BaseURL) {
        guard let text = job.server.version, let pin = ServerVersion(text),
            (pin.major, pin.minor) != (version.major, version.minor)
        else { return nil }
        let place = job.server.versionPosition.map { "\(job.file):\($0.line):\($0.column)" } ?? job.file
        self.init(
            layer: .job,
            code: "version-mismatch",
            message: """
                \(place): server.version is \(text), but \(server) runs DHIS2 \(version), so requests would be written for \
                the wrong version. Correct the version or leave it out.
                """
        )
    }
}

import Checks

/// One name and value among a suite's properties.
struct JUnitProperty: Equatable {
    var name: String
    var value: String

    /// What a person wants to know about a suite that its test cases do not say.
    static func properties(of suite: SuiteReport, in report: RunReport) -> [Self] {
        var properties = [
            Self(name: "routecheck.version", value: report.toolVersion),
            Self(name: "routecheck.file", value: suite.file),
            Self(name: "routecheck.ending", value: report.ending.name),
            Self(name: "dhis2.url", value: suite.serverURL),
        ]
        func add(_ name: String, _ value: String?) {
            if let value { properties.append(Self(name: name, value: value)) }
        }
        add("dhis2.version", suite.serverVersion)
        add("dhis2.fault", suite.serverFault.map { "\($0.layer.rawValue): \($0.message)" })
        add("routecheck.description", suite.description)
        add("routecheck.shard", report.shard?.description)
        add("routecheck.seed", report.seed.map { "\($0)" })
        add("routecheck.repeats", report.repeats > 1 ? "\(report.repeats)" : nil)
        return properties
    }
}

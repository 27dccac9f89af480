/// The keys of a job file's outermost map.
enum RootKey: String, JobKey {
    case name, description, server, vars, concurrency
    case routeConcurrency = "route-concurrency"
    case rate, deadline
    case maxFailures = "max-failures"
    case defaults, checks

    static let table = KeyTable<Self>()

    var summary: String {
        switch self {
        case .name: "The suite's name; without it the file's name without its extension."
        case .description: "What the job is for; carried into the reports."
        case .server: "Where DHIS2 is and how to speak to it; the command line and the environment win over it."
        case .vars: "Values for ${NAME}."
        case .concurrency: "How many checks may be in flight at once; 8 unless given."
        case .routeConcurrency: "How many checks may be in flight to one route at once; unlimited unless given."
        case .rate: "How many requests may start in a second or a minute, all attempts counted."
        case .deadline: "The bound on the whole run; what has not finished then is reported as not run."
        case .maxFailures: "After how many failures no further check starts."
        case .defaults: "Values for keys that a check does not have; maps merge, scalars and lists replace."
        case .checks: "The checks, at least one."
        }
    }

    var schema: Schema {
        switch self {
        case .name: .plainText
        case .description: .nonEmptyText
        case .server: .reference("server")
        case .vars: .named(.text)
        case .concurrency, .routeConcurrency: .integer(1...512)
        case .rate: .pattern("^0*[1-9][0-9]*/(s|min)$")
        case .deadline: .reference("duration")
        case .maxFailures: .integer(1...Int.max)
        case .defaults: .reference("defaults")
        case .checks: .list(of: .reference("check"), atLeast: 1)
        }
    }
}

internal import Checks

/// The keys of a job file's outermost map.
enum RootKeys {
    static let vars = Key<RootDraft>(
        "vars",
        .node(.named(.text)),
        "Values for ${NAME}.",
        into: { $0.variables = $1 }
    )

    static let section = Section<RootDraft>([
        Key(
            "name",
            .plainText,
            "The suite's name; without it the file's name without its extension.",
            into: { $0.job.name = $1 }
        ),
        Key(
            "description",
            .text,
            "What the job is for; carried into the reports.",
            into: { $0.job.description = $1 }
        ),
        Key(
            "server",
            .node(.reference("server")),
            "Where DHIS2 is and how to speak to it; the command line and the environment win over it.",
            into: { $0.server = $1 }
        ),
        vars,
        Key(
            "concurrency",
            .integer(Job.concurrencyLimits),
            default: .value("8"),
            "How many checks may be in flight at once.",
            into: { $0.job.concurrency = $1 }
        ),
        Key(
            "route-concurrency",
            .integer(Job.concurrencyLimits),
            default: .words("unlimited"),
            "How many checks may be in flight to one route at once.",
            into: { $0.job.routeConcurrency = $1 }
        ),
        Key(
            "rate",
            .rate,
            "How many requests may start in a second or a minute, all attempts counted.",
            into: { $0.job.rate = $1 }
        ),
        Key(
            "deadline",
            .duration,
            "The bound on the whole run; what has not finished then is reported as not run.",
            into: { $0.job.deadline = $1 }
        ),
        Key(
            "max-failures",
            .integer(1...Int.max),
            "After how many failures no further check starts.",
            into: { $0.job.maximumFailures = $1 }
        ),
        Key(
            "defaults",
            .node(.reference("defaults")),
            "Values for keys that a check does not have; maps merge, scalars and lists replace.",
            into: { $0.defaults = $1 }
        ),
        Key(
            "checks",
            .node(.list(of: .reference("check"), atLeast: 1)),
            traits: .required,
            "The checks, at least one.",
            into: { $0.checks = $1 }
        ),
    ])
}

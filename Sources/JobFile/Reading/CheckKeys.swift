internal import Checks
internal import YAMLTree

/// The keys of a check.
enum CheckKeys {
    static let route = Key<CheckDraft>(
        "route",
        .routeCode,
        aliases: ["code"],
        traits: [.required, .ownOnly],
        "The route's code.",
        into: { $0.check.route = $1 }
    )
    private static let body = Key<CheckDraft>(
        "body",
        .body,
        aliases: ["data", "payload"],
        "The request's body: text, or a map or list that is sent as JSON.",
        noting: { $0.bodyKey = $1.isDefault ? nil : $1.keyNode },
        into: { $0.check.body = $1 }
    )
    private static let bodyFile = Key<CheckDraft>(
        "body-file",
        .bodyFile,
        "A file that holds the request's body.",
        noting: { $0.bodyKey = $1.isDefault ? nil : $1.keyNode },
        into: { $0.check.body = $1 }
    )

    static let section = Section<CheckDraft>(
        [
            route,
            Key(
                "path",
                .subPath,
                "The sub-path behind /run/; without it /run itself is called.",
                into: { $0.check.path = $1 }
            ),
            Key(
                "params",
                .parameters,
                aliases: ["query", "parameters"],
                "The query; a list repeats the key.",
                into: { $0.check.parameters = $1 }
            ),
            Key(
                "method",
                .method,
                default: .value("GET"),
                aliases: ["verb"],
                "The HTTP method.",
                noting: { draft, _ in draft.isMethodKnown = false },
                into: {
                    $0.check.method = $1
                    $0.isMethodKnown = true
                }
            ),
            Key(
                "headers",
                .headerFields(label: "headers", areForwarded: true),
                aliases: ["header"],
                "Header fields of this check.",
                noting: { $0.headersEntry = $1 },
                into: { $0.check.headerFields = $1 }
            ),
            body, bodyFile,
            Key(
                "name",
                .plainText,
                traits: .ownOnly,
                "The name, unique in the file; without it method, route, path and row.",
                noting: { $0.nameNode = $1.value.own },
                into: { $0.check.name = $1 }
            ),
            Key("tags", .tags, "Labels for --tags.", into: { $0.check.tags = $1 }),
            Key(
                "timeout",
                .timeout,
                default: .words("30s more than the route waits for its target; 35s where that is unknown"),
                "The bound on one attempt.",
                into: { $0.check.timeout = $1 }
            ),
            Key(
                "retry",
                .retry,
                aliases: ["retries"],
                "When and how often a failed attempt is repeated.",
                into: { $0.check.retry = $1 }
            ),
            Key(
                "matrix",
                schema: .nonEmptyNamed(.list(of: .anything, atLeast: 1)),
                traits: [.ownOnly, .makesRows],
                "One check for each combination of the lists' items, which are names for ${NAME}.",
                reader: RowReader.readMatrix
            ),
            Key(
                "rows",
                schema: .list(of: .nonEmptyNamed(.anything), atLeast: 1),
                traits: [.ownOnly, .makesRows],
                "One check for each map, whose keys are names for ${NAME}.",
                reader: RowReader.readRows
            ),
            Key(
                "skip",
                .waiver,
                "true or a reason: the check is not run and reported as skipped.",
                into: { $0.check.skip = $1 }
            ),
            Key(
                "only",
                .boolean,
                "true: only checks marked so are run.",
                noting: { $0.onlyKey = $1.keyNode },
                into: { $0.check.only = $1 }
            ),
            Key(
                "allow-failure",
                .allowedFailure,
                "true, a reason, or a map with reason and until: a failure is reported and does not fail the run.",
                into: { $0.check.allowFailure = $1 }
            ),
            Key(
                "expect",
                .expectation,
                default: .words("2xx from the upstream"),
                aliases: ["assert", "expected"],
                "A status, a class, a range, a list of them, or a map.",
                noting: { $0.expectEntry = $1 },
                into: { $0.check.expectation = $1 }
            ),
        ],
        exclusive: [[body, bodyFile]],
        misplacedHelp: { name in
            guard name != "headers", name != "body", ExpectKeys.section.key(named: name) != nil else { return nil }
            return "\"\(name)\" belongs under \"expect\""
        }
    )
}

/// A check while it is read: first what `defaults` says, then its own keys, then what depends on its row.
struct CheckDraft {
    var check: Check
    /// The variables that its own texts are made from.
    var references: [CheckReference] = []
    /// The rows that `matrix` and `rows` make of it.
    var expansion: RowExpansion?
    /// Whether the check's method is the one that is meant; not so where the job file gives one that cannot be read.
    var isMethodKnown = true
    /// Where the check's own body comes from, for the message about methods that carry none.
    var bodyKey: YAMLNode?
    /// What the job file has for `headers`.
    var headersEntry: Entry<CheckDraft>?
    /// What the job file has for `expect`.
    var expectEntry: Entry<CheckDraft>?
    /// Where the name is, if the job file gives one.
    var nameNode: YAMLNode?
    /// Where `only` is.
    var onlyKey: YAMLNode?
}

/// What `defaults` says, read once for all checks.
struct Defaults {
    /// The values that are the same for every check.
    var draft: CheckDraft
    /// The entries that need a check's row.
    var dynamic: [Entry<CheckDraft>] = []
    /// The maps, over which checks lay their own.
    var maps: [ObjectIdentifier: YAMLNode] = [:]
}

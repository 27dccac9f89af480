package import HTTPVocabulary

/// What the routes of one DHIS2 version do, each fact by its name.
///
/// The facts come from the history of DHIS2's `RouteController` and `RouteService`, and from the answers of running
/// servers (2.41.9.1, 2.42.5.2, 2.43.1 and a snapshot of 2.44). A version that names a release line only counts as the
/// newest release of that line, one that is newer than all of these as 2.44.
package struct RouteBehaviour: Sendable, Hashable {
    private let version: ServerVersion
    private let era: RouteEra

    /// The behaviour of a version.
    package init(_ version: ServerVersion) {
        self.version = version
        era = RouteEra(version)
    }

    /// The behaviour for which requests are written: that of the version, or the newest where it is not known.
    ///
    /// What an answer means where the version is not known is another question; see ``PossibleBehaviour``.
    package init(assuming version: ServerVersion?) {
        self = version.map(Self.init) ?? .newest
    }

    /// The behaviour of the newest version that is known.
    package static let newest = RouteBehaviour(ServerVersion(minor: 44))

    /// How many seconds a route waits for its target that says nothing of it, in every version.
    package static let usualResponseTimeoutSeconds = 5

    /// How long a client should wait for the answer to a run: as long as the route waits for its target, and as long again
    /// as DHIS2 waits itself for a connection to the target or to its database, which is 30 s (seen on 2.43.1).
    ///
    /// - Parameter limit: The route's own limit in seconds; `nil` where it is not known.
    package static func patience(withRouteLimit limit: Int? = nil) -> Duration {
        .seconds(limit ?? usualResponseTimeoutSeconds) + .seconds(30)
    }

    /// The longest time that DHIS2 keeps a route's response open, from 2.42 on.
    package static let longestResponse = Duration.seconds(300)

    /// Whether there are routes at all: from 2.40 on, its snapshots included.
    package var hasRoutes: Bool { version >= ServerVersion(minor: 40, qualifier: "0") }
}

// MARK: The way to the target

extension RouteBehaviour {
    /// The only methods that run routes, or `nil` where GET, POST, PUT, PATCH and DELETE all do.
    ///
    /// HEAD goes where GET goes.
    package var onlyMethods: [HTTPMethod]? {
        switch (version.major, version.minor) {
        case (2, 40): [.get, .post]
        case (2, 41): patch < 2 ? [.get] : nil
        default: nil
        }
    }

    /// Whether DHIS2 decodes the whole query once before it does anything else with it.
    ///
    /// 2.40.10 is the one release of its era that does not (DHIS2-20010).
    package var decodesQueryOnce: Bool {
        switch era {
        case .a, .c: false
        case .b: (version.minor, patch) != (40, 10)
        case .d, .e: true
        }
    }

    /// Whether DHIS2 percent-encodes the query when it writes the target's URL.
    package var encodesQueryAgain: Bool {
        switch era {
        case .a, .b, .c: true
        case .d, .e: false
        }
    }

    /// Whether a parameter `_name` fills a `{name}` of the route's URL, percent-encoded by DHIS2 (seen on a snapshot of
    /// 2.44).
    ///
    /// One that matches no placeholder is passed on like any other, and a placeholder without a value is a 502.
    package var fillsPlaceholders: Bool {
        switch era {
        case .a, .b, .c, .d: false
        case .e: true
        }
    }

    /// Whether the target gets parameters in their order, those of one name where the first of them stands (seen on
    /// 2.41.9.1, 2.42.5.2 and 2.43.1); a snapshot of 2.44 sent `tag=a&tag=b&x=1` on as `x=1&tag=a&tag=b`.
    package var keepsQueryOrder: Bool {
        switch era {
        case .a, .b, .c, .d: true
        case .e: false
        }
    }

    /// Whether DHIS2 percent-encodes the sub-path, which the servlet container has decoded, once.
    package var encodesSubPathOnce: Bool { era == .b }

    /// Whether DHIS2 appends the sub-path to the route's URL as the servlet container has decoded it.
    ///
    /// Where neither this nor ``encodesSubPathOnce`` holds, it is encoded twice.
    package var sendsSubPathAsDecoded: Bool {
        switch era {
        case .a, .b, .c: false
        case .d, .e: true
        }
    }

    /// Whether the target gets the `Content-Type` of the request.
    package var forwardsContentType: Bool {
        switch (version.major, version.minor) {
        case (...1, _), (2, ...39): false
        case (2, 40): patch >= 9
        case (2, 41): patch >= 5
        case (2, 42): patch >= 2
        default: true
        }
    }

    /// Whether braces in a route's URL count as variables of the HTTP engine, which has no values for them.
    package var takesBracesForVariables: Bool { usesBlockingEngine }

    /// Whether a route that authenticates by query parameters cannot be run with parameters of the request (seen on
    /// 2.41.9.1, 2.42.5.2 and 2.43.1, and mended in a snapshot of 2.44).
    package var refusesQueryBesideItsOwn: Bool {
        switch era {
        case .a, .b, .c, .d: true
        case .e: false
        }
    }

    /// Whether that refusal is a 500 without a message (seen on 2.41.9.1); later it is a 502 with one.
    package var refusesQueryWithoutMessage: Bool { refusesQueryBesideItsOwn && usesBlockingEngine }
}

// MARK: The way back

extension RouteBehaviour {
    /// Whether 4xx and 5xx of a target come in DHIS2's own message format, with the target's status.
    package var wrapsTargetErrors: Bool { era == .a }

    /// Whether DHIS2 itself answers 503 with a message to say that it could not reach the target, or not in time.
    package var reportsTargetFaultsAs503: Bool { usesBlockingEngine }

    /// Whether DHIS2 itself answers 500 with a message to say that it could not reach the target.
    package var reportsTargetFaultsAs500: Bool { !reportsTargetFaultsAs503 }

    /// Whether DHIS2 itself answers 504 without a body when the target does not answer in time.
    package var reportsSlowTargetsAs504: Bool { !usesBlockingEngine }

    /// Whether DHIS2 answers 503 without a body where `route.remote_servers_allowed` does not allow the target.
    ///
    /// Before 2.42 there is no such list; 2.44 answers 502 with a message.
    package var refusesTargetsWithEmpty503: Bool {
        switch era {
        case .c, .d: true
        case .a, .b, .e: false
        }
    }

    /// Whether DHIS2 follows a target's redirects of a GET; otherwise it passes their status on, without `Location`.
    package var followsRedirects: Bool { usesBlockingEngine }

    /// Whether errors of DHIS2's own are `application/json` without a charset, which it appends to the types of targets
    /// (seen on 2.42.5.2, 2.43.1 and a snapshot of 2.44; not on 2.41.9.1).
    package var leavesCharsetOffOwnErrors: Bool { !usesBlockingEngine }

    /// Whether answers of DHIS2's own come in chunks, and those of targets with a length because it has read them whole
    /// (seen on 2.41.9.1).
    package var sendsTargetsWholeAndItselfInChunks: Bool { usesBlockingEngine }

    /// Whether DHIS2 answers 400 itself where a target's status is none of ``namedStatuses`` (seen on 2.41.9.1).
    package var refusesUnknownStatuses: Bool { usesBlockingEngine }

    /// The statuses that Spring 5.3 has names for (spring-web, HttpStatus.java).
    package static let namedStatuses = Set(
        Array(100...103) + Array(200...208) + [226] + Array(300...305) + [307, 308] + Array(400...426)
            + [428, 429, 431, 451] + Array(500...511)
    )

    /// Whether no `Content-Length` returns with a body that DHIS2 has unpacked; before 2.42 it writes one of its own (seen on
    /// 2.41.9.1, 2.42.5.2, 2.43.1 and a snapshot of 2.44).
    package var leavesLengthOffUnpackedBodies: Bool { !usesBlockingEngine }
}

// MARK: How queries are written

extension RouteBehaviour {
    /// How a query must be written so that the target gets each value as it was given.
    package var queryEncoding: QueryEncoding {
        guard decodesQueryOnce else { return .plainOnly }
        return encodesQueryAgain ? .once : .twice
    }
}

extension RouteBehaviour {
    /// 2.40 and 2.41 call targets with Spring's `RestTemplate`, later ones with Reactor's `WebClient`.
    private var usesBlockingEngine: Bool {
        switch era {
        case .a, .b: true
        case .c, .d, .e: false
        }
    }

    private var patch: Int { version.patch ?? .max }
}

/// How the query of a run must be written so that the route's target gets each value exactly as it was given.
///
/// DHIS2 takes the query apart and puts it together again on its way to the target, differently in each era. Whatever
/// the encoding, letters, digits and `-._~:,/` travel as they are.
public enum QueryEncoding: Sendable, Hashable {
    /// Eras D and E: DHIS2 decodes the whole query once and sends the result on as it is, so everything else is
    /// percent-encoded twice. Every value can be sent. What fills a placeholder of a route's URL (from 2.44 on) is the
    /// exception; see ``QueryEncoder``.
    case twice
    /// Era B: DHIS2 decodes the query once, splits it, and encodes the parts again, so everything else is
    /// percent-encoded once. `&` and `#` would split or end the query, `+` arrives as a bare plus, braces are refused,
    /// and a name cannot hold `=`.
    case once
    /// Eras A and C, and 2.40.10: DHIS2 encodes the values twice on their way (DHIS2-20010, DHIS2-20311), so nothing
    /// that needs encoding arrives as it was given.
    case plainOnly

    /// The encoding that a server needs; for an unknown version, that of the newest servers.
    public init(for version: ServerVersion?) {
        self = RouteBehaviour(assuming: version).queryEncoding
    }
}

/// What a server may do whose version is perhaps not known: answers are read by it.
///
/// ```swift
/// let behaviour = PossibleBehaviour(of: version)
/// behaviour.may(\.followsRedirects)  // some version that it can be does
/// behaviour.does(\.followsRedirects)  // all versions that it can be do
/// ```
package struct PossibleBehaviour: Sendable, Hashable {
    private let candidates: [RouteBehaviour]

    /// The behaviour of a version, or all there are where it is not known.
    package init(of version: ServerVersion?) {
        candidates = version.map { [RouteBehaviour($0)] } ?? Self.all
    }

    /// Whether the server can be one of which a fact holds.
    package func may(_ fact: KeyPath<RouteBehaviour, Bool>) -> Bool { candidates.contains { $0[keyPath: fact] } }

    /// Whether a fact holds of every server that it can be.
    package func does(_ fact: KeyPath<RouteBehaviour, Bool>) -> Bool { candidates.allSatisfy { $0[keyPath: fact] } }

    /// The releases with routes in which a fact is another one than in the release before.
    static let borders: [ServerVersion] = [
        ServerVersion(minor: 40, patch: 0), ServerVersion(minor: 40, patch: 9), ServerVersion(minor: 40, patch: 10),
        ServerVersion(minor: 40, patch: 11), ServerVersion(minor: 41, patch: 0), ServerVersion(minor: 41, patch: 2),
        ServerVersion(minor: 41, patch: 5), ServerVersion(minor: 41, patch: 7), ServerVersion(minor: 42, patch: 0),
        ServerVersion(minor: 42, patch: 2), ServerVersion(minor: 42, patch: 4), ServerVersion(minor: 44, patch: 0),
    ]

    private static let all = borders.map(RouteBehaviour.init)
}

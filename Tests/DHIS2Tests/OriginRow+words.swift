import DHIS2
import HTTPVocabulary

// What DHIS2 says of its targets, in its message format and on the servlet container's page, and of bad requests.
extension OriginRow {
    private static func ioError(_ cause: String) -> String {
        "I/O error on GET request for \"https://chap.example.org/x?key=SECRET\": \(cause)"
    }

    static let targetWords: [OriginRow] =
        [
            "Invalid character in chunk size", "invalid version format: SSH-2.0-OPENSSH_9.2",
        ].map { message in
            OriginRow(
                message,
                .own(500, message),
                .route,
                .targetNotHTTP,
                .certain,
                "DHIS2 2.43.0 got no answer from t\(target): what it answered is not HTTP."
            )
        }
        + [
            ("Connection refused: chap.example.org/10.0.0.7:443", .targetRefused, "connection refused"),
            (
                "io_uring connect(..) failed with error(-111): Connection refused", .targetRefused,
                "connection refused"
            ),
            (
                "Failed to resolve 'chap.example.org' [A(1), AAAA(28)] after 2 queries ", .targetNameResolution,
                "the host name does not resolve there"
            ),
            (
                "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException", .targetTLS,
                "it does not trust the target's certificate"
            ),
            (
                "handshake timed out after 10000ms", .targetTLS,
                "the TLS handshake did not finish within DHIS2's own limit of 10 s; the target may not speak TLS"
            ),
            (
                "connection timed out: /10.255.255.1:80", .targetTimeout,
                "it did not accept a connection in time; it is down, or a firewall drops the packets"
            ),
        ].map { (message: String, reason: ResponseOrigin.Reason, phrase: String) in
            OriginRow(
                message,
                .own(500, message),
                .route,
                reason,
                .certain,
                "DHIS2 2.43.0 could not reach t\(target): \(phrase)."
            )
        } + [
            OriginRow(
                "words of the engine that nobody has seen",
                .own(500, "An HTTP line is larger than 4096 bytes."),
                .route,
                .targetFailed,
                .possible,
                "DHIS2 2.43.0 failed to call t\(target): An HTTP line is larger than 4096 bytes.",
                or: .internalError
            ),
            OriginRow(
                "words that were only read, of DHIS2's own",
                .own(500, "Network is unreachable"),
                .route,
                .targetUnreachable,
                .likely,
                "DHIS2 2.43.0 could not reach t\(target): the network is unreachable."
            ),
            OriginRow(
                "empty 503 of a target that has answered before",
                .marked(503),
                in: .known { $0.hasTargetAnswered = true },
                .upstream,
                .answered,
                .likely,
                "T\(target) answered 503."
            ),
            OriginRow(
                "status that 2.41 cannot pass on",
                .ofInner(400, "No matching constant for [520]", ["Transfer-Encoding: chunked"]),
                in: .known("2.41.9.1", marks: [.securityHeaders, .chunks]),
                .upstream,
                .answered,
                .certain,
                "T\(target) answered 520, a status that DHIS2 2.41.9.1 cannot pass on."
            ),
            OriginRow(
                "redirect to a host that refuses",
                .marked(503, message: ioError("Connect to 127.0.0.1:1 [/127.0.0.1] failed: Connection refused")),
                in: .known("2.41.9.1"),
                .route,
                .redirected,
                .likely,
                "T\(target) redirected DHIS2 2.41.9.1 to 127.0.0.1:1, which gave no answer: connection refused."
            ),
            OriginRow(
                "redirect to a host that says nothing",
                .marked(503, message: ioError("other.example:80 failed to respond")),
                in: .known("2.41.9.1"),
                .route,
                .redirected,
                .likely,
                """
                T\(target) redirected DHIS2 2.41.9.1 to other.example:80, which gave no answer: the target closed the \
                connection before it answered.
                """
            ),
            OriginRow(
                "no redirect, but the port is written out",
                .marked(
                    503,
                    message: ioError("Connect to CHAP.example.org:443 [/10.0.0.7] failed: Connection refused")
                ),
                in: .known("2.41.9.1"),
                .route,
                .targetRefused,
                .likely,
                "DHIS2 2.41.9.1 could not reach t\(target): connection refused."
            ),
            OriginRow(
                "answer that is not HTTP, to 2.41",
                .marked(
                    503,
                    message: ioError("null; nested exception is org.apache.http.client.ClientProtocolException")
                ),
                in: .known("2.41.9.1"),
                .route,
                .targetNotHTTP,
                .likely,
                "DHIS2 2.41.9.1 got no answer from t\(target): what it answered is not HTTP."
            ),
            OriginRow(
                "chunks that are none, to 2.41",
                .marked(503, message: ioError("Bad chunk header: zz; nested exception is x")),
                in: .known("2.41.9.1"),
                .route,
                .targetNotHTTP,
                .likely,
                "DHIS2 2.41.9.1 got no answer from t\(target): what it answered is not HTTP."
            ),
        ]

    /// The page names what DHIS2 could not write.
    static let pages: [OriginRow] =
        [".xml", ".csv", ".png", ".pdf", ".xls", ".xlsx", ".geojson", ".jsonp"].map { ending in
            OriginRow(
                "refused under a path that ends with \(ending)",
                .container(
                    500,
                    """
                    Request processing failed: org.springframework.web.reactive.function.client.WebClientRequestException: \
                    Connection refused: &#47;10.0.0.7:443
                    """
                ),
                in: .known(subPath: "a\(ending)"),
                .route,
                .targetRefused,
                .likely,
                "DHIS2 2.43.0 could not reach t\(target): connection refused."
            )
        } + [
            OriginRow(
                "missing route where Accept allows no JSON",
                .container(
                    500,
                    "Request processing failed: org.hisp.dhis.feedback.NotFoundException: Route not found: &#39;chap&#39;"
                ),
                in: .known(route: nil) { $0.acceptsErrors = false },
                .route,
                .routeNotFound,
                .likely,
                "DHIS2 2.43.0 has no route with the code \"chap\", or it is disabled."
            ),
            OriginRow(
                "missing route where Accept allows no JSON, on 2.41",
                .container(
                    500,
                    """
                    Request processing failed; nested exception is org.hisp.dhis.feedback.NotFoundException: Route chap \
                    not found
                    """
                ),
                in: .known("2.41.9.1", route: nil) { $0.acceptsErrors = false },
                .route,
                .routeNotFound,
                .likely,
                "DHIS2 2.41.9.1 has no route with the code \"chap\", or it is disabled."
            ),
            OriginRow(
                "refused on 2.41 under a path that ends with .csv",
                .container(
                    500,
                    """
                    Request processing failed; nested exception is org.springframework.web.client.ResourceAccessException: \
                    I&#47;O error on GET request for &quot;https:&#47;&#47;chap.example.org&#47;a.csv?key=SECRET&quot;: \
                    Connect to chap.example.org:443 [&#47;10.0.0.7] failed: Connection refused; nested exception is x
                    """
                ),
                in: .known("2.41.9.1", subPath: "a.csv"),
                .route,
                .targetRefused,
                .likely,
                "DHIS2 2.41.9.1 could not reach t\(target): connection refused."
            ),
            OriginRow(
                "such a page where DHIS2 can write its errors",
                .container(500, "Request processing failed: a.WebClientRequestException: Connection refused"),
                .upstream,
                .answered,
                .possible,
                "T\(target) answered 500.",
                or: .internalError
            ),
            OriginRow(
                "database down",
                .container(
                    500,
                    """
                    Request processing failed: org.springframework.transaction.CannotCreateTransactionException: Could not \
                    open JPA EntityManager for transaction
                    """
                ).after(milliseconds: 30_010),
                .dhis2,
                .database,
                .likely,
                """
                DHIS2 2.43.0 got no connection to its database (500): the database is down, or other requests hold all \
                connections. Each run in flight holds one (connection.pool.max_size, 80 by default).
                """,
                or: .answered
            ),
        ]

    /// The request is what is wrong.
    static let requests: [OriginRow] = [
        OriginRow(
            "lone percent sign in the query",
            .own(400, "URLDecoder: Incomplete trailing escape (%) pattern"),
            .job,
            .invalidRequest,
            .certain,
            """
            DHIS2 2.43.0 could not decode the query (400): a "%" in it is not encoded as this version needs it. Check the \
            version if it is pinned.
            """
        ),
        OriginRow(
            "lone percent sign in the query of 2.44",
            .own(
                409,
                "Character decoding failed. Character decoding failed. Parameter [v] with value [%] has been ignored."
            ),
            in: .known("2.44-SNAPSHOT"),
            .job,
            .invalidRequest,
            .certain,
            """
            DHIS2 2.44-SNAPSHOT could not decode the query (409): a "%" in it is not encoded as this version needs it. \
            Check the version if it is pinned.
            """
        ),
        OriginRow(
            "parameter without a name, on 2.44",
            .own(409, "Invalid chunk starting at byte [0] and ending at byte [2] with a value of [=x] ignored"),
            in: .known("2.44-SNAPSHOT"),
            .job,
            .invalidRequest,
            .certain,
            "DHIS2 2.44-SNAPSHOT refused the query (409): one of its parameters has no name."
        ),
        OriginRow(
            "braces that 2.44 takes for a placeholder",
            .own(400, "Map has no value for 'x'"),
            in: .known("2.44-SNAPSHOT"),
            .route,
            .placeholderMissing,
            .certain,
            """
            DHIS2 2.44-SNAPSHOT took {x} for a placeholder that has no value (400): it stands in the URL of the route "chap", \
            in the path or in the query.
            """
        ),
        OriginRow(
            "percent sign that is left after DHIS2 has decoded the query",
            .own(400, "Malformed escape pair at index 29: http://chap.example.org/x?v=%&key=SECRET"),
            .route,
            .targetURLMalformed,
            .certain,
            """
            DHIS2 2.43.0 could not build the target's URL for the route "chap": a character in the query is not encoded as it \
            needs it. Check the route's URL, and the version if it is pinned.
            """
        ),
        OriginRow(
            "Tomcat's refusal where only the phrase tells the way",
            .container(400, "Invalid URI", isMarked: false, phrase: ""),
            in: .known(marks: .emptyReasonPhrase),
            .job,
            .urlRefused,
            .possible,
            """
            The servlet container or the firewall of DHIS2 2.43.0 refused the URL (400) before any route ran, e.g. because \
            of "//", ";" or "%" in the path; see the path and the query.
            """,
            or: .answered
        ),
        OriginRow(
            "the path gist of a route that is addressed by its uid",
            .own(400, "No such property: run"),
            in: .known(subPath: "/gist"),
            .job,
            .pathNotRouted,
            .certain,
            """
            DHIS2 answers the path "gist" itself, with its Gist API, and does not call the target of the route "chap" \
            (chap.example.org). Use another path.
            """
        ),
        OriginRow(
            "query that is too long",
            .container(400, "Request header is too large", isMarked: false, phrase: ""),
            in: .known(marks: [.securityHeaders, .emptyReasonPhrase]),
            .job,
            .urlRefused,
            .certain,
            """
            The servlet container of DHIS2 2.43.0 refused the request (400): its URL and header fields are too long; it \
            takes 8 KiB in all.
            """
        ),
        OriginRow(
            "semicolon in the path",
            .container(400, nil, isMarked: false, phrase: ""),
            in: .known(marks: [.securityHeaders, .emptyReasonPhrase], subPath: "a;b"),
            .job,
            .urlRefused,
            .certain,
            """
            The servlet container or the firewall of DHIS2 2.43.0 refused the URL (400) before any route ran, because of \
            ";" in the path.
            """
        ),
        OriginRow(
            "empty segment in the path, on 2.41",
            .container(
                500,
                "The request was rejected because the URL contained a potentially malicious String &quot;//&quot;",
                isMarked: false
            ),
            in: .known("2.41.9.1", subPath: "a//b"),
            .job,
            .urlRefused,
            .likely,
            """
            The servlet container or the firewall of DHIS2 2.41.9.1 refused the URL (500) before any route ran, because of \
            an empty segment ("//") in the path.
            """
        ),
        OriginRow(
            "the path gist",
            .own(
                400,
                """
                Value 'chap' is not valid for path parameter uid. UID must be an alphanumeric string of 11 characters \
                starting with a letter, but was: chap
                """
            ),
            in: .known(subPath: "gist"),
            .job,
            .pathNotRouted,
            .certain,
            """
            DHIS2 answers the path "gist" itself, with its Gist API, and does not call the target of the route "chap" \
            (chap.example.org). Use another path.
            """
        ),
        OriginRow(
            "multipart without a boundary",
            .own(500, "the request was rejected because no multipart boundary was found"),
            in: .known(method: .post),
            .job,
            .invalidRequest,
            .certain,
            """
            The Content-Type of the request is multipart, but it names no boundary, so DHIS2 2.43.0 refused the body (500).
            """
        ),
    ]
}

// What DHIS2 says of a route and of the request for it.
extension DHIS2Message {
    static let routes: [DHIS2Message] = [
        routeNotFound, routeNotFoundBefore242, routeForbidden, routeForbiddenBefore242, subPathRefused,
        targetAuthenticationFailed, placeholderMissing, bracesUnfilled, unexpectedError, illegalCharacter, targetFault,
        bodyCut, unknownStatus, queryUndecodable, queryUndecodableFrom244, gistAsked, multipartBroken, databaseDown,
        nothingThere, gistAskedByUID, malformedEscape, bracesUnfilledFrom244,
        parameterWithoutName,
    ]

    /// There is no route with the uid or code in the gap, or it is disabled; a target that is a DHIS2 itself says the
    /// same of routes of its own.
    package static let routeNotFound = DHIS2Message(
        "route-not-found",
        .route,
        "Route not found: '\(.anything)'",
        example: "Route not found: 'fhir-prod'",
        statuses: [404],
        versions: [v242, v243, v244],
        .answered(words: "dhis2-core, RouteController.java"),
        meaning: Meaning(.route, .routeNotFound)
    )

    /// The same in the words of 2.40 and 2.41.
    package static let routeNotFoundBefore242 = DHIS2Message(
        "route-not-found-before-2.42",
        .route,
        "Route \(.anything) not found",
        example: "Route fhir-prod not found",
        statuses: [404],
        versions: [v241],
        .answered(words: "dhis2-core, RouteController.java"),
        meaning: Meaning(.route, .routeNotFound)
    )

    /// The user may neither read the route nor has one of its authorities.
    package static let routeForbidden = DHIS2Message(
        "route-forbidden",
        .route,
        "User not authorized to execute route",
        example: "User not authorized to execute route",
        statuses: [403],
        versions: [v242, v243, v244],
        .answered(words: "dhis2-core, RouteController.java"),
        meaning: Meaning(.route, .routeForbidden)
    )

    /// The same in the words of 2.40 and 2.41.
    package static let routeForbiddenBefore242 = DHIS2Message(
        "route-forbidden-before-2.42",
        .route,
        "User not authorized",
        example: "User not authorized",
        statuses: [403],
        versions: oldSource,
        .written("dhis2-core, RouteController.java"),
        meaning: Meaning(.route, .routeForbidden)
    )

    /// The route's URL does not end with `/**`.
    ///
    /// The gap holds the database's number of the route. Before 2.42 it comes as a 400, later as a 502.
    package static let subPathRefused = DHIS2Message(
        "sub-path-refused",
        .route,
        "Route '\(.anything)' does not allow sub-paths",
        example: "Route '59' does not allow sub-paths",
        statuses: [400, 502],
        versions: running,
        .answered(words: "dhis2-core, RouteService.java"),
        meaning: Meaning(.route, .subPathNotAllowed)
    )

    /// DHIS2 could not put the route's credentials into the request for the target, for whatever reason.
    package static let targetAuthenticationFailed = DHIS2Message(
        "target-authentication-failed",
        .route,
        "An error occurred during authentication",
        example: "An error occurred during authentication",
        statuses: [502],
        versions: [v242, v243, v244],
        .answered(words: "dhis2-core, RouteService.java"),
        meaning: Meaning(.route, .targetAuthentication)
    )

    /// A placeholder in the route's URL, named in the gap, got no value.
    package static let placeholderMissing = DHIS2Message(
        "placeholder-missing",
        .route,
        "Missing or blank value for placeholder: \(.anything)",
        example: "Missing or blank value for placeholder: site",
        statuses: [502],
        versions: [v244],
        .answered(words: "dhis2-core, RouteService.java"),
        meaning: Meaning(.route, .placeholderMissing)
    )

    /// The HTTP engine of 2.40 and 2.41 takes braces in a URL for variables; the gap holds the name of one.
    package static let bracesUnfilled = DHIS2Message(
        "braces-unfilled",
        .route,
        "Not enough variable values available to expand '\(.anything)'",
        example: "Not enough variable values available to expand 'id'",
        statuses: [400],
        versions: [v241],
        .answered(words: "spring-web, UriComponents.java"),
        meaning: Meaning(.route, .placeholderMissing)
    )

    /// 2.44 does not allow the target, or anything else that it has no words for.
    package static let unexpectedError = DHIS2Message(
        "unexpected-error",
        .route,
        "An unexpected error occurred",
        example: "An unexpected error occurred",
        statuses: [502],
        versions: [v244],
        .answered(words: "dhis2-core, RouteService.java"),
        meaning: Meaning(.route, .targetNotAllowed)
    )

    /// The target's URL is none; the first gap holds the part that is wrong, the last one the whole URL with its secrets.
    package static let illegalCharacter = DHIS2Message(
        "illegal-character",
        .route,
        "Illegal character in \(.anything) at index \(.digits):\(.anything)",
        example: "Illegal character in path at index 28: http://127.0.0.1:8080/echo/a b",
        statuses: [400],
        versions: [v242, v243, v244],
        .answered(words: "the JDK, java/net/URI.java"),
        meaning: Meaning(.route, .targetURLMalformed)
    )

    /// 2.40 and 2.41 could not reach the target; the gap holds its URL, with its secrets, and then the engine's words.
    package static let targetFault = DHIS2Message(
        "target-fault-before-2.42",
        .route,
        "I/O error on \(.anything)",
        example: #"I/O error on GET request for "http://127.0.0.1:8080/x": Read timed out"#,
        statuses: [503],
        versions: [v241],
        .answered(words: "spring-web, RestTemplate.java"),
        meaning: Meaning(.route, .targetUnreachable, "an input or output error")
    )

    /// 2.40 and 2.41, which read the whole body before they pass it on, did not get all of it.
    package static let bodyCut = DHIS2Message(
        "body-cut-before-2.42",
        .route,
        "Error while extracting response for type \(.anything)",
        example: """
            Error while extracting response for type [class [B] and content type [application/json]; nested exception is \
            java.net.SocketException: Connection reset
            """,
        statuses: [503],
        versions: [v241],
        .answered(words: "spring-web, HttpMessageConverterExtractor.java"),
        meaning: Meaning(.upstream, .targetBrokeOff)
    )

    /// The target answered with the status in the gap, which 2.40 and 2.41 have no name for.
    package static let unknownStatus = DHIS2Message(
        "unknown-status-before-2.42",
        .route,
        "No matching constant for [\(.digits)]",
        example: "No matching constant for [520]",
        statuses: [400],
        versions: [v241],
        .answered(words: "spring-web, HttpStatus.java"),
        meaning: Meaning(.upstream, .answered)
    )

    /// A `%` of the query does not begin a percent-encoded byte once DHIS2 has decoded the query.
    package static let queryUndecodable = DHIS2Message(
        "query-undecodable",
        .route,
        "URLDecoder: \(.anything)",
        example: "URLDecoder: Incomplete trailing escape (%) pattern",
        statuses: [400],
        versions: [v241, v242, v243],
        .answered(words: "the JDK, java/net/URLDecoder.java"),
        meaning: Meaning(.job, .invalidRequest)
    )

    /// The same in the words of 2.44.
    package static let queryUndecodableFrom244 = DHIS2Message(
        "query-undecodable-from-2.44",
        .route,
        "Character decoding failed\(.anything)",
        example: "Character decoding failed. Parameter [v] with value [100%] has been ignored.",
        statuses: [409],
        versions: [v244],
        .answered(words: "Tomcat, Parameters.java"),
        meaning: Meaning(.job, .invalidRequest)
    )

    /// The sub-path `gist` is the Gist API's, which takes nothing but uids.
    package static let gistAsked = DHIS2Message(
        "gist-asked",
        .route,
        "Value '\(.anything)' is not valid for path parameter uid.\(.anything)",
        example: """
            Value 'fhir-prod' is not valid for path parameter uid. UID must be an alphanumeric string of 11 characters \
            starting with a letter, but was: fhir-prod
            """,
        statuses: [400],
        versions: [v243, v244],
        .answered(words: "dhis2-core, CrudControllerAdvice.java"),
        meaning: Meaning(.job, .pathNotRouted)
    )

    /// A multipart body without the boundary that its `Content-Type` should name.
    package static let multipartBroken = DHIS2Message(
        "multipart-broken",
        .route,
        "the request was rejected because no multipart boundary was found",
        example: "the request was rejected because no multipart boundary was found",
        statuses: [500],
        versions: running,
        .answered(words: "Tomcat, FileItemIteratorImpl.java"),
        meaning: Meaning(.job, .invalidRequest)
    )

    /// DHIS2 got no connection to its database within 30 s: the database is down, or other requests hold all of them.
    package static let databaseDown = DHIS2Message(
        "database-down",
        .route,
        "Could not open JPA EntityManager\(.anything)",
        example: "Could not open JPA EntityManager for transaction",
        statuses: [500],
        versions: [v243],
        .answered(words: "spring-orm, JpaTransactionManager.java"),
        meaning: Meaning(.dhis2, .database)
    )

    /// A mistake in DHIS2's own code: it asked something of an object that is not there.
    package static let nothingThere = DHIS2Message(
        "null-pointer",
        .route,
        "Cannot invoke \(.anything)",
        example: #"Cannot invoke "String.length()" because "value" is null"#,
        statuses: [500],
        versions: newSource,
        .written("the JDK, NullPointerException.java"),
        meaning: Meaning(.dhis2, .internalError)
    )

    /// The same for a route that is addressed by its uid, of which the Gist API wants a property.
    package static let gistAskedByUID = DHIS2Message(
        "gist-asked-by-uid",
        .route,
        "No such property: run",
        example: "No such property: run",
        statuses: [400],
        versions: running,
        .answered(words: "dhis2-core, GistQuery.java"),
        meaning: Meaning(.job, .pathNotRouted)
    )

    /// The target's URL holds a `%` that begins no percent-encoded byte; the last gap holds the URL with its secrets.
    package static let malformedEscape = DHIS2Message(
        "malformed-escape",
        .route,
        "Malformed escape pair at index \(.digits):\(.anything)",
        example: "Malformed escape pair at index 29: http://127.0.0.1:8080/echo?v=%",
        statuses: [400],
        versions: [v242, v243, v244],
        .answered(words: "the JDK, java/net/URI.java"),
        meaning: Meaning(.route, .targetURLMalformed)
    )

    /// 2.44 takes braces in what it makes the target's URL of for placeholders; the gap holds the name of one.
    package static let bracesUnfilledFrom244 = DHIS2Message(
        "braces-unfilled-from-2.44",
        .route,
        "Map has no value for '\(.anything)'",
        example: "Map has no value for 'id'",
        statuses: [400],
        versions: [v244],
        .answered(words: "spring-web, UriComponents.java"),
        meaning: Meaning(.route, .placeholderMissing)
    )

    /// A parameter of the query has no name, or is nothing but a name and an encoding that is none (2.44).
    package static let parameterWithoutName = DHIS2Message(
        "parameter-without-name",
        .route,
        "Invalid chunk starting at byte \(.anything)",
        example: "Invalid chunk starting at byte [0] and ending at byte [2] with a value of [=x] ignored",
        statuses: [409],
        versions: [v244],
        .answered(words: "Tomcat, Parameters.java"),
        meaning: Meaning(.job, .invalidRequest)
    )
}

/// A layer from a client to the target of a route, in the order in which a request passes them.
public enum OriginLayer: String, Sendable, Hashable, CaseIterable {
    /// The job that asks: its request cannot be sent as it is, and nothing was.
    case job
    /// The connection to DHIS2, or to what stands in front of it.
    case network
    /// A proxy, gateway or portal in front of DHIS2.
    case proxy
    /// DHIS2 itself: its servlet container, its authentication, its version.
    case dhis2
    /// DHIS2's route: missing, disabled, forbidden, or its target cannot be reached or gives DHIS2 no answer.
    case route
    /// The target of the route.
    case upstream
}

/// Why a layer is named; more may be added.
public struct OriginReason: Sendable, Hashable, CustomStringConvertible {
    /// The reason in kebab-case, as reports show it.
    public let description: String

    private init(_ description: String) {
        self.description = description
    }
}

// The layer `upstream`.
extension OriginReason {
    /// The target answered.
    public static let answered = Self("answered")
    /// The target answered with a redirect; with the layer `route`, DHIS2 followed it and got no answer.
    public static let redirected = Self("redirected")
    /// The target broke off in the middle of its answer.
    public static let targetBrokeOff = Self("target-broke-off")
    /// DHIS2 passed on an interim answer of the target (1xx) as if it were the answer.
    public static let interimAnswer = Self("interim-answer")
    /// The target refused the credentials that the route sends it, or that it sends none.
    public static let credentialsRefusedByTarget = Self("target-refused-credentials")
}

// The layer `job`.
extension OriginReason {
    /// The request could not be sent as it is.
    public static let invalidRequest = Self("invalid-request")
    /// A limit of the machine that runs the job, or of the run itself, ended the request.
    public static let localLimit = Self("local-limit")
    /// The servlet container or DHIS2's firewall refused the URL.
    public static let urlRefused = Self("url-refused")
    /// DHIS2 answers the path itself, instead of calling the route.
    public static let pathNotRouted = Self("path-not-routed")
}

// The layer `network`.
extension OriginReason {
    /// A host name does not resolve.
    public static let nameResolution = Self("name-resolution")
    /// The connection was refused.
    public static let connectionRefused = Self("connection-refused")
    /// The connection could not be made.
    public static let connectionFailed = Self("connection-failed")
    /// The connection was not made in time.
    public static let connectionTimeout = Self("connection-timeout")
    /// The TLS handshake or the certificate check failed.
    public static let tls = Self("tls")
    /// The answer was not complete in time.
    public static let timeout = Self("timeout")
    /// The connection broke before the answer was complete.
    public static let connectionReset = Self("connection-reset")
    /// What came is no HTTP.
    public static let notHTTP = Self("not-http")
    /// The body is not what its `Content-Encoding` says.
    public static let undecodableBody = Self("undecodable-body")
    /// The body came to its end, but what its `Content-Encoding` packed did not.
    public static let truncatedBody = Self("truncated-body")
    /// The answer is larger than a client accepts.
    public static let tooLarge = Self("too-large")
    /// The run was cancelled.
    public static let cancelled = Self("cancelled")
}

// The layer `proxy`.
extension OriginReason {
    /// The proxy cannot be reached, refused a tunnel, or answered with an error of its own.
    public static let proxyError = Self("proxy-error")
    /// The proxy wants credentials of its own.
    public static let proxyAuthentication = Self("proxy-authentication")
    /// The proxy redirects elsewhere, to https or to a sign-on page.
    public static let proxyRedirect = Self("proxy-redirect")
    /// The port wants HTTPS, and the request was plain HTTP.
    public static let httpsRequired = Self("https-required")
    /// A cache answered with what it had.
    public static let cached = Self("cached")
    /// The proxy could not reach DHIS2, or not in time.
    public static let gatewayError = Self("gateway-error")
    /// A page where DHIS2's answer was due: a captive portal, a maintenance page.
    public static let foreignPage = Self("foreign-page")
}

// The layer `dhis2`.
extension OriginReason {
    /// DHIS2 redirects to its login page: it saw no credentials.
    public static let loginRedirect = Self("login-redirect")
    /// DHIS2's login page itself came.
    public static let loginPage = Self("login-page")
    /// The username or the password is wrong, or the user has two-factor authentication on.
    public static let passwordRefused = Self("password-refused")
    /// The user's account is locked.
    public static let accountLocked = Self("account-locked")
    /// The user's account is disabled.
    public static let accountDisabled = Self("account-disabled")
    /// What was sent is not the text of a personal access token.
    public static let tokenMalformed = Self("token-malformed")
    /// DHIS2 has no such personal access token.
    public static let tokenUnknown = Self("token-unknown")
    /// The personal access token has expired.
    public static let tokenExpired = Self("token-expired")
    /// The personal access token may not be used with this HTTP method.
    public static let tokenMethod = Self("token-method-not-allowed")
    /// The personal access token may not be used from this address.
    public static let tokenAddress = Self("token-address-not-allowed")
    /// The personal access token wants another `Referer`.
    public static let tokenReferrer = Self("token-referrer-not-allowed")
    /// The token's owner is disabled or locked, or has two-factor authentication on.
    public static let tokenOwner = Self("token-owner-barred")
    /// DHIS2 refused the personal access token for another reason.
    public static let tokenRefused = Self("token-refused")
    /// DHIS2 refused the credentials for a reason that it did not tell.
    public static let credentialsRefused = Self("credentials-refused")
    /// DHIS2 has ended the session of the request, because it keeps only a few for a user.
    public static let sessionLimit = Self("session-limit")
    /// There is no DHIS2 under this path of the host.
    public static let wrongContextPath = Self("wrong-context-path")
    /// DHIS2 does not run routes with this method.
    public static let methodNotAllowed = Self("method-not-allowed")
    /// DHIS2 failed by itself.
    public static let internalError = Self("internal-error")
    /// DHIS2's connections to the target's host were all in use.
    public static let connectionPoolExhausted = Self("connection-pool-exhausted")
    /// The server is no DHIS2.
    public static let notDHIS2 = Self("not-dhis2")
    /// The server's DHIS2 is too old to have routes.
    public static let tooOld = Self("too-old")
    /// DHIS2 has not finished starting.
    public static let notReady = Self("not-ready")
    /// The server takes connections but answers nothing, as it does while DHIS2 starts.
    public static let starting = Self("starting")
    /// DHIS2's database does not answer, or all connections to it are in use.
    public static let database = Self("database")
    /// DHIS2 answered what is not expected.
    public static let unexpectedAnswer = Self("unexpected-answer")
}

// The layer `route`.
extension OriginReason {
    /// DHIS2 has no such route any more, or it is disabled.
    public static let routeNotFound = Self("route-not-found")
    /// The route is disabled.
    public static let routeDisabled = Self("route-disabled")
    /// The user may not run the route.
    public static let routeForbidden = Self("route-forbidden")
    /// The route's URL does not end with `/**`, so it takes no sub-path.
    public static let subPathNotAllowed = Self("sub-path-not-allowed")
    /// The route authenticates by query parameters, and the request had some too.
    public static let queryNotAllowed = Self("query-not-allowed")
    /// A placeholder of the route's URL got no value.
    public static let placeholderMissing = Self("placeholder-missing")
    /// The target's URL is malformed with this path or query.
    public static let targetURLMalformed = Self("target-url-malformed")
    /// DHIS2's configuration does not allow the target's host.
    public static let targetNotAllowed = Self("target-not-allowed")
    /// DHIS2 could not get the credentials that the route sends to its target.
    public static let targetAuthentication = Self("target-authentication-failed")
    /// The target refused DHIS2's connection.
    public static let targetRefused = Self("target-refused-connection")
    /// The target's host name does not resolve on the DHIS2 server.
    public static let targetNameResolution = Self("target-name-resolution")
    /// TLS between DHIS2 and the target failed.
    public static let targetTLS = Self("target-tls")
    /// What the target answered DHIS2 is not HTTP.
    public static let targetNotHTTP = Self("target-not-http")
    /// The target broke DHIS2's connection.
    public static let targetReset = Self("target-connection-reset")
    /// The target did not answer DHIS2 in time.
    public static let targetTimeout = Self("target-timeout")
    /// DHIS2's call of the target failed in another way.
    public static let targetFailed = Self("target-failed")
    /// DHIS2 could not reach the target for another reason.
    public static let targetUnreachable = Self("target-unreachable")
}

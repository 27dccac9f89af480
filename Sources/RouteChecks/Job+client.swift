public import Checks
public import CurlHTTP
public import DHIS2
public import Redaction
import Runner

extension CurlOptions {
    /// How a job's server wants to be connected to: TLS, proxy, time for a connection, connections for its checks.
    public init(_ job: Job) {
        self.init()
        userAgent = "routecheck/\(Version.current)"
        connectTimeout = job.server.connectTimeout
        maximumConnections = max(maximumConnections, job.concurrency)
        if let proxy = job.server.proxy { self.proxy = .url(proxy) }
        tls.certificateAuthorities = job.server.tls.certificateAuthority
        tls.clientCertificate = job.server.tls.certificate
        tls.clientKey = job.server.tls.key
        tls.verifiesServer = job.server.tls.verify
    }
}

extension DHIS2Client {
    /// Creates the client of a job's server, with a transport of its own that connects as the job says.
    ///
    /// - Throws: ``RouteChecks/UnusableJob`` when the server's URL or credentials cannot be used, `TransportError` when
    ///   the system refuses what the transport needs.
    public convenience init(_ job: Job) throws {
        try self.init(job, transport: CurlTransport(options: CurlOptions(job)))
    }

    /// Creates the client of a job's server.
    ///
    /// - Parameter transport: One that connects as the job says, made of ``CurlHTTP/CurlOptions/init(_:)``.
    convenience init(_ job: Job, transport: CurlTransport) throws(UnusableJob) {
        let server = job.server
        let credentials: DHIS2Credentials
        switch server.credentials {
        case .token(let token): credentials = .personalAccessToken(token)
        case .basic(let username, let password): credentials = .basic(username: username, password: password)
        case nil:
            throw UnusableJob(
                job,
                reason: "it names no credentials; set DHIS2_PAT, or write `token: ${…}` under `server`."
            )
        }
        let configuration = Configuration(
            skipVersionProbe: !server.probe,
            version: server.version.flatMap(ServerVersion.init),
            headers: server.headerFields,
            addressRoutesBy: .init(server.addressRoutesBy),
            keepsSession: server.keepsSession,
            retryAfterPatience: server.connectTimeout
        )
        do throws(DHIS2Error) {
            try self.init(
                baseURL: server.url,
                credentials: credentials,
                transport: transport,
                configuration: configuration
            )
        } catch {
            throw UnusableJob(job, reason: error.message)
        }
    }
}

/// Says why no request can be sent for a job.
public struct UnusableJob: Error, Sendable, Hashable, CustomStringConvertible {
    /// The job's file and a sentence that says what is wrong with its server's URL or credentials.
    public let message: RedactedText

    init(_ job: Job, reason: String) {
        // An address that cannot be used may have a password in it.
        message = Redactor(secretsOf: job).redact("\(job.file): \(reason)")
    }

    /// The message.
    public var description: String { message.value }
}

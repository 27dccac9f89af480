import Checks
import CurlHTTP
import DHIS2

extension CurlOptions {
    /// How a job's server wants to be connected to.
    init(_ job: Job) {
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
    /// The client of a job's server.
    convenience init(_ job: Job, transport: CurlTransport) throws(DHIS2Error) {
        let server = job.server
        let credentials: DHIS2Credentials
        switch server.credentials {
        case .token(let token): credentials = .personalAccessToken(token)
        case .basic(let username, let password): credentials = .basic(username: username, password: password)
        case nil:
            throw DHIS2Error(
                .invalidCredentials,
                message: "\(job.file) names no credentials; set DHIS2_PAT, or write `token: ${…}` under `server`."
            )
        }
        try self.init(
            baseURL: server.url,
            credentials: credentials,
            transport: transport,
            configuration: Configuration(
                skipVersionProbe: !server.probe,
                version: server.version.flatMap(ServerVersion.init),
                headers: server.headerFields,
                addressRoutesBy: server.addressRoutesBy == .uid ? .uid : .code,
                keepsSession: server.keepsSession
            )
        )
    }
}

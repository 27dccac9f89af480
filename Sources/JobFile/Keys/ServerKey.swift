/// The keys of `server`.
enum ServerKey: String, JobKey {
    case url, token
    case tokenFile = "token-file"
    case username, password
    case passwordFile = "password-file"
    case headers, tls, proxy
    case connectTimeout = "connect-timeout"
    case version, probe
    case addressRoutesBy = "address-routes-by"
    case session
    case redact

    static let table = KeyTable<Self>()

    var summary: String {
        switch self {
        case .url: "The base URL, http or https, with its context path and without credentials."
        case .token: "A personal access token, sent as Authorization: ApiToken."
        case .tokenFile: "A file that holds the personal access token."
        case .username: "The user to sign in as, with password or password-file."
        case .password: "The user's password."
        case .passwordFile: "A file that holds the user's password."
        case .headers: "Header fields sent with every request."
        case .tls: "How TLS is verified, and with what the client proves itself."
        case .proxy: "The proxy's URL; without it what the environment says."
        case .connectTimeout: "The bound on making a connection; 10s unless given."
        case .version: "The DHIS2 version to assume, such as 2.42, instead of asking the server."
        case .probe: "false skips /api/system/info, for tokens that may not read it."
        case .addressRoutesBy: "Whether requests name a route by its uid or by its code; uid unless given."
        case .session:
            "false makes a DHIS2 session for each request instead of one for the run; DHIS2 keeps 10 for a user."
        case .redact: "Names and /patterns/ of further values to hide from every output."
        }
    }

    var schema: Schema {
        switch self {
        case .url:
            .pattern(#"^[Hh][Tt][Tt][Pp][Ss]?://[\[\]:.~\w-]+(/(?!\.{1,2}(/|$))[^/?#\s"<>\\^`{|}]+)*/*$"#)
        case .token: .token
        case .username: .username
        case .password: .nonEmptyText
        case .tokenFile, .passwordFile: .plainText
        case .headers: .headers(.headerText)
        case .tls: .reference("tls")
        case .proxy: .pattern(#"^([Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss](4a?|5h?|4A?|5H?))://[^/?#\s]+/?$"#)
        case .connectTimeout: .reference("duration")
        case .version: .version
        case .probe, .session: .boolean
        case .addressRoutesBy: .choice(["uid", "code"])
        case .redact: .list(of: .nonEmptyText, atLeast: 0)
        }
    }
}

/// The keys of `server.tls`.
enum TLSKey: String, JobKey {
    case ca, cert, key, verify

    static let table = KeyTable<Self>()

    var summary: String {
        switch self {
        case .ca: "A PEM file with the certificates to trust instead of the system's."
        case .cert: "A PEM file with the client's certificate."
        case .key: "A PEM file with the client certificate's key."
        case .verify: "false accepts any certificate."
        }
    }

    var schema: Schema {
        switch self {
        case .ca, .cert, .key: .plainText
        case .verify: .boolean
        }
    }
}

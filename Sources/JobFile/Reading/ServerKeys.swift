internal import Checks
internal import YAMLTree

/// The keys of `server`.
enum ServerKeys {
    private static let token = Key<ServerDraft>(
        "token",
        .unread(.token),
        "A personal access token, sent as Authorization: ApiToken.",
        into: { $0.token = $1 }
    )
    private static let tokenFile = Key<ServerDraft>(
        "token-file",
        .unread(.tokenFile),
        "A file that holds the personal access token.",
        into: { $0.token = $0.token ?? $1 }
    )
    private static let username = Key<ServerDraft>(
        "username",
        .unread(.plainText.described(as: .username)),
        "The user to sign in as, with password or password-file.",
        into: { $0.username = $1 }
    )
    private static let password = Key<ServerDraft>(
        "password",
        .unread(.password),
        "The user's password.",
        into: { $0.password = $1 }
    )
    private static let passwordFile = Key<ServerDraft>(
        "password-file",
        .unread(.passwordFile),
        "A file that holds the user's password.",
        into: { $0.password = $0.password ?? $1 }
    )

    static let section = Section<ServerDraft>(
        [
            Key(
                "url",
                .unread(.serverURL),
                "The base URL, http or https, with its context path and without credentials.",
                into: { $0.url = $1 }
            ),
            token, tokenFile, username, password, passwordFile,
            Key(
                "headers",
                .headerFields(label: "server.headers", areForwarded: false),
                "Header fields sent with every request.",
                into: { $0.settings.headerFields = $1 }
            ),
            Key(
                "tls",
                .tls,
                "How TLS is verified, and with what the client proves itself.",
                noting: { $0.tls.keyNode = $1.keyNode },
                into: { draft, tls in
                    draft.settings.tls = tls.settings
                    draft.tls.settings = tls.settings
                    draft.tls.files = tls.files
                }
            ),
            Key(
                "proxy",
                .proxy,
                "The proxy's URL; without it what the environment says.",
                into: { $0.settings.proxy = $1.text }
            ),
            Key(
                "connect-timeout",
                .duration,
                default: .value("10s"),
                "The bound on making a connection.",
                into: { $0.settings.connectTimeout = $1 }
            ),
            Key(
                "version",
                .serverVersion,
                """
                The DHIS2 version that requests are written for, e.g. 2.42. A server of another version ends the run before \
                its checks; with probe: false it is assumed.
                """,
                noting: { $0.settings.versionPosition = $1.value.own.position },
                into: { $0.settings.version = $1 }
            ),
            Key(
                "probe",
                .boolean,
                "false skips /api/system/info, for tokens that may not read it.",
                into: { $0.settings.probe = $1 }
            ),
            Key(
                "address-routes-by",
                .choice(),
                default: .value("uid"),
                "Whether requests name a route by its uid or by its code.",
                into: { (draft: inout ServerDraft, way: ServerSettings.RouteAddressing) in
                    draft.settings.addressRoutesBy = way
                }
            ),
            Key(
                "session",
                .boolean,
                "false makes a DHIS2 session for each request instead of one for the run; DHIS2 keeps 10 for a user.",
                into: { $0.settings.keepsSession = $1 }
            ),
            Key(
                "redact",
                .redactions,
                "Names and /patterns/ of further values to hide from every output.",
                into: { $0.settings.redactions += $1 }
            ),
        ],
        exclusive: [
            [token, tokenFile], [password, passwordFile], [token, username], [token, password], [token, passwordFile],
            [tokenFile, username], [tokenFile, password], [tokenFile, passwordFile],
        ]
    )
}

/// The keys of `server.tls`.
enum TLSKeys {
    static let certificate = Key<TLSDraft>(
        "cert",
        .tlsFile(.certificate),
        "A PEM file with the client's certificate.",
        into: {
            $0.settings.certificate = $1.path
            $0.files.append($1)
        }
    )
    static let key = Key<TLSDraft>(
        "key",
        .tlsFile(.key),
        "A PEM file with the client certificate's key.",
        into: {
            $0.settings.key = $1.path
            $0.files.append($1)
        }
    )

    static let section = Section<TLSDraft>([
        Key(
            "ca",
            .tlsFile(.certificate),
            "A PEM file with the certificates to trust instead of the system's.",
            into: {
                $0.settings.certificateAuthority = $1.path
                $0.files.append($1)
            }
        ),
        certificate, key,
        Key("verify", .verification, "false accepts any certificate.", into: { $0.settings.verify = $1 }),
    ])
}

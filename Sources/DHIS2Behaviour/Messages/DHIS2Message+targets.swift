// What DHIS2 says of a target that it could not reach: a 500 from 2.42 on, part of a 503 before.
extension DHIS2Message {
    /// The words of DHIS2's HTTP engines and of what they stand on, the most telling first; one of them is enough.
    static let targets: [DHIS2Message] = [
        target(
            "pool-exhausted-before-2.42",
            "waiting for connection from pool",
            example: "Timeout waiting for connection from pool",
            versions: oldSource,
            .written("Apache HttpClient, PoolingHttpClientConnectionManager.java"),
            poolExhausted
        ),
        // Reactor's words for a wait that was too long, and for a queue that is full.
        target(
            "pool-wait",
            "pool#acquire",
            example: "Pool#acquire(Duration) has been pending for more than the configured timeout of 45000ms",
            versions: newSource,
            .written("reactor-pool, PoolAcquireTimeoutException.java"),
            poolExhausted
        ),
        target(
            "pool-queue",
            "pending acquire queue",
            example: "Pending acquire queue has reached its maximum size of 1000",
            versions: newSource,
            .written("reactor-pool, PoolAcquirePendingLimitException.java"),
            poolExhausted
        ),
        target(
            "certificate-path",
            "pkix",
            example: "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException",
            versions: [v242, v243, v244],
            .answered(words: "the JDK, sun/security/validator/PKIXValidator.java"),
            Meaning(.route, .targetTLS, "it does not trust the target's certificate")
        ),
        target(
            "database-pool",
            "hikaripool",
            example: "HikariPool-1 - Connection is not available, request timed out after 30000ms.",
            versions: newSource,
            .written("HikariCP, HikariPool.java"),
            Meaning(.dhis2, .database, "it got no connection to its own database")
        ),
        target(
            "database-statement",
            "statement timeout",
            example: "ERROR: canceling statement due to statement timeout",
            versions: newSource,
            .written("PostgreSQL, postgres.c"),
            Meaning(.dhis2, .database, "its own database took too long")
        ),
        target(
            "certificate",
            "certificateexception",
            example: "java.security.cert.CertificateException: No name matching target.example.org found",
            versions: oldSource + newSource,
            .written("the JDK, sun/security/util/HostnameChecker.java"),
            Meaning(.route, .targetTLS, "the target's certificate is not accepted")
        ),
        target(
            "handshake-timed-out",
            "handshake timed out",
            example: "handshake timed out after 10000ms",
            versions: [v243, v244],
            .answered(words: "Netty, SslHandler.java"),
            Meaning(
                .route,
                .targetTLS,
                "the TLS handshake did not finish within DHIS2's own limit of 10 s; the target may not speak TLS"
            )
        ),
        target(
            "handshake",
            "handshake",
            example: "Received fatal alert: handshake_failure",
            versions: oldSource + newSource,
            .written("the JDK, sun/security/ssl/Alert.java"),
            Meaning(.route, .targetTLS, "the TLS handshake failed")
        ),
        target(
            "tls",
            "ssl",
            example: "Unsupported or unrecognized SSL message",
            versions: oldSource + newSource,
            .written("the JDK, sun/security/ssl/SSLSocketInputRecord.java"),
            Meaning(.route, .targetTLS, "TLS failed")
        ),
        target(
            "connection-refused",
            "connection refused",
            example: "finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:8080",
            versions: running,
            .answered(words: "the operating system, through Netty or the JDK"),
            Meaning(.route, .targetRefused, "connection refused")
        ),
        target(
            "name-resolution",
            "failed to resolve",
            example: "Failed to resolve 'no-such-host.invalid' [A(1), AAAA(28)] after 2 queries",
            versions: [v243, v244],
            .answered(words: "Netty, DnsResolveContext.java"),
            unresolved
        ),
        target(
            "name-unknown",
            "unknownhost",
            example: "java.net.UnknownHostException: no-such-host.invalid",
            versions: oldSource,
            .written("the JDK, java/net/UnknownHostException.java"),
            unresolved
        ),
        target(
            "name-not-known",
            "not known",
            example: "no-such-host.invalid: Name or service not known",
            versions: [v241],
            .answered(words: "the operating system, through the JDK"),
            unresolved
        ),
        target(
            "name-resolve",
            "resolve",
            example: "java.nio.channels.UnresolvedAddressException",
            versions: oldSource + newSource,
            .written("the JDK, java/nio/channels/UnresolvedAddressException.java"),
            unresolved
        ),
        target(
            "connection-timed-out",
            "connection timed out",
            example: "connection timed out: /10.255.255.1:80",
            versions: [v242, v243],
            .answered(words: "Netty, AbstractNioChannel.java"),
            notTaken
        ),
        target(
            "connect-timed-out",
            "connect timed out",
            example: "Connect to 10.255.255.1:80 failed: connect timed out",
            versions: [v241],
            .answered(words: "the JDK, sun/nio/ch/NioSocketImpl.java"),
            notTaken
        ),
        target(
            "timed-out",
            "timed out",
            example: "Read timed out",
            versions: [v241],
            .answered(words: "the JDK, sun/nio/ch/NioSocketImpl.java"),
            late
        ),
        target(
            "timeout",
            "timeout",
            example: "Timeout on blocking read for 300000000000 NANOSECONDS",
            versions: newSource,
            .written("reactor-core, BlockingSingleSubscriber.java"),
            late
        ),
        target(
            "connection-reset",
            "connection reset",
            example: "recvAddress(..) failed with error(-104): Connection reset by peer",
            versions: [v241, v242, v243],
            .answered(words: "the operating system, through Netty or the JDK"),
            Meaning(.route, .targetReset, "the target broke the connection")
        ),
        target(
            "connection-closed",
            "prematurely closed",
            example: "Connection prematurely closed BEFORE response",
            versions: [v243, v244],
            .answered(words: "reactor-netty, PrematureCloseException.java"),
            closed
        ),
        target(
            "no-response",
            "failed to respond",
            example: "127.0.0.1:8080 failed to respond",
            versions: [v241],
            .answered(words: "Apache HttpClient, NoHttpResponseException.java"),
            closed
        ),
        target(
            "chunk-size",
            "invalid character in chunk size",
            example: "Invalid character in chunk size",
            versions: [v242, v243, v244],
            .answered(words: "Netty, HttpObjectDecoder.java"),
            notHTTP
        ),
        target(
            "http-version",
            "invalid version format",
            example: "invalid version format: SSH-2.0-OPENSSH_9.2",
            versions: [v242, v243, v244],
            .answered(words: "Netty, HttpVersion.java"),
            notHTTP
        ),
        target(
            "chunk-header",
            "bad chunk header",
            example: "Bad chunk header: zz",
            versions: [v241],
            .answered(words: "Apache HttpCore, ChunkedInputStream.java"),
            notHTTP
        ),
        target(
            "http-protocol",
            "clientprotocolexception",
            example: "null; nested exception is org.apache.http.client.ClientProtocolException",
            versions: [v241],
            .answered(words: "Apache HttpClient, ClientProtocolException.java"),
            notHTTP
        ),
        target(
            "no-way",
            "no route to host",
            example: "No route to host",
            versions: oldSource + newSource,
            .written("the operating system, through Netty or the JDK"),
            Meaning(.route, .targetUnreachable, "no route to that host")
        ),
        target(
            "network-unreachable",
            "unreachable",
            example: "Network is unreachable",
            versions: oldSource + newSource,
            .written("the operating system, through Netty or the JDK"),
            Meaning(.route, .targetUnreachable, "the network is unreachable")
        ),
    ]

    private static let poolExhausted = Meaning(
        .dhis2,
        .connectionPoolExhausted,
        "all its connections to that host were in use"
    )
    private static let unresolved = Meaning(
        .route,
        .targetNameResolution,
        "the host name does not resolve there"
    )
    private static let late = Meaning(.route, .targetTimeout, "no answer in time")
    private static let notTaken = Meaning(
        .route,
        .targetTimeout,
        "it did not accept a connection in time; it is down, or a firewall drops the packets"
    )
    /// The target spoke, but DHIS2's answer is DHIS2's own, as it is for a target that says nothing.
    private static let notHTTP = Meaning(.route, .targetNotHTTP, "what it answered is not HTTP")
    private static let closed = Meaning(
        .route,
        .targetReset,
        "the target closed the connection before it answered"
    )

    private static func target(
        _ name: String,
        _ words: String,
        example: String,
        versions: [ServerVersion],
        _ source: Source,
        _ meaning: Meaning
    ) -> DHIS2Message {
        DHIS2Message(
            name,
            .target,
            .holding(words),
            example: example,
            statuses: [500],
            versions: versions,
            source,
            meaning: meaning
        )
    }

    static let containers: [DHIS2Message] = [
        DHIS2Message(
            "container-failed",
            .container,
            "HTTP Status 500\(.anything)",
            example: "HTTP Status 500 – Internal Server Error",
            statuses: [500],
            versions: running,
            .answered(words: "Tomcat, ErrorReportValve.java"),
            meaning: Meaning(.dhis2, .internalError)
        )
    ]
}

/// What DHIS2 says of a target that it could not reach.
struct TargetFault {
    let layer: ResponseOrigin.Layer
    let reason: ResponseOrigin.Reason
    /// The fault as the end of a sentence.
    let phrase: String

    private init(_ reason: ResponseOrigin.Reason, _ phrase: String, layer: ResponseOrigin.Layer = .route) {
        self.layer = layer
        self.reason = reason
        self.phrase = phrase
    }

    /// Reads a message, which holds the words of DHIS2's HTTP engine; `nil` when none of them is known.
    init?(_ message: String) {
        let text = message.lowercased()
        for (word, fault) in Self.known where text.contains(word) {
            self = fault
            return
        }
        return nil
    }

    /// Reads the message of 2.40 and 2.41, `I/O error on GET request for "<url>": …`.
    ///
    /// Only what follows the URL is kept: the URL may hold secrets.
    init(ioError message: String) {
        let cause = message.firstRange(of: "\": ").map { String(message[$0.upperBound...]) } ?? ""
        self = TargetFault(cause) ?? TargetFault(.targetUnreachable, "an input or output error")
    }

    private static let poolExhausted = TargetFault(
        .connectionPoolExhausted,
        "all its connections to that host were in use",
        layer: .dhis2
    )

    /// The most telling words first; one of them is enough.
    private static let known: [(String, TargetFault)] = [
        ("waiting for connection from pool", poolExhausted),
        // Reactor's words, from 2.42 on: a wait that was too long, or a queue that is full.
        ("pool#acquire", poolExhausted),
        ("pending acquire queue", poolExhausted),
        ("pkix", TargetFault(.targetTLS, "it does not trust the target's certificate")),
        ("certificate", TargetFault(.targetTLS, "the target's certificate is not accepted")),
        ("handshake", TargetFault(.targetTLS, "the TLS handshake failed")),
        ("ssl", TargetFault(.targetTLS, "TLS failed")),
        ("connection refused", TargetFault(.targetRefused, "connection refused")),
        ("failed to resolve", TargetFault(.targetNameResolution, "the host name does not resolve there")),
        ("unknownhost", TargetFault(.targetNameResolution, "the host name does not resolve there")),
        ("not known", TargetFault(.targetNameResolution, "the host name does not resolve there")),
        ("resolve", TargetFault(.targetNameResolution, "the host name does not resolve there")),
        ("timed out", TargetFault(.targetTimeout, "no answer in time")),
        ("timeout", TargetFault(.targetTimeout, "no answer in time")),
        ("connection reset", TargetFault(.targetReset, "the target broke the connection")),
        ("prematurely closed", TargetFault(.targetReset, "the target closed the connection before it answered")),
        ("failed to respond", TargetFault(.targetReset, "the target closed the connection before it answered")),
        ("no route to host", TargetFault(.targetUnreachable, "no route to that host")),
        ("unreachable", TargetFault(.targetUnreachable, "the network is unreachable")),
    ]
}

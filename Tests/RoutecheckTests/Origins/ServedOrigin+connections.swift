import DHIS2
import DHIS2Simulator

// No answer, or none that is HTTP.
extension ServedOrigin {
    static let connections: [ServedOrigin] = [
        ServedOrigin(
            "refused connection",
            { $0.isGone = true },
            .network,
            .connectionRefused,
            .certain,
            "HOST refused the connection: DHIS2 is not running there, or the port is wrong."
        ),
        ServedOrigin(
            "https at a port for http",
            {
                $0.runsAtOnce()
                $0.usesTLS = true
            },
            .network,
            .tls,
            .certain,
            "HOST does not speak TLS: write the URL with http://, or name another port."
        ),
        ServedOrigin(
            "reset before the answer",
            { $0.meets(.resetBeforeHeaders) },
            .network,
            .connectionReset,
            .certain,
            "HOST broke the connection before the answer was complete."
        ),
        ServedOrigin(
            "reset in the answer",
            { $0.meets(.resetInBody) },
            .network,
            .connectionReset,
            .possible,
            "HOST broke the connection before the answer was complete.",
            or: .connectionReset
        ),
        ServedOrigin(
            "target that stops in the middle",
            // Era B reads the whole answer before it sends a byte.
            in: SimulatedEra.since42,
            {
                $0.route.responseTimeoutSeconds = 1
                $0.route.upstream = .always(UpstreamReply(body: Array("half of this".utf8), stallsInBody: true))
            },
            .network,
            .notHTTP,
            .possible,
            "The answer of HOST broke off: transfer closed with 6 bytes remaining to read.",
            or: .connectionReset
        ),

        ServedOrigin(
            "gzip that is none",
            { $0.meets(.badGzip) },
            .network,
            .undecodableBody,
            .possible,
            "The body from HOST could not be decoded as gzip: incorrect header check.",
            or: .undecodableBody
        ),
        ServedOrigin(
            "silence",
            {
                $0.meets(.hang)
                $0.timeout = .milliseconds(300)
            },
            .network,
            .timeout,
            .possible,
            "HOST did not answer within 300 ms.",
            or: .targetTimeout
        ),
    ]
}

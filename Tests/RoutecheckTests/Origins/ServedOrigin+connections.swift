import DHIS2
import DHIS2Simulator

// No answer, or none that is HTTP.
extension ServedOrigin {
    static let connections: [ServedOrigin] = [
        ServedOrigin(
            "refused connection",
            { $0.isGone = true },
            .network
        ),
        ServedOrigin(
            "https at a port for http",
            {
                $0.runsAtOnce()
                $0.usesTLS = true
            },
            .network
        ),
        ServedOrigin(
            "reset before the answer",
            { $0.meets(.resetBeforeHeaders) },
            .network
        ),
        ServedOrigin(
            "reset in the answer",
            { $0.meets(.resetInBody) },
            .network
        ),
        ServedOrigin(
            "target that stops in the middle",
            // Era B reads the whole answer before it sends a byte.
            in: SimulatedEra.since42,
            {
                $0.route.responseTimeoutSeconds = 1
                $0.route.upstream = .always(UpstreamReply(body: Array("half of this".utf8), stallsInBody: true))
            },
            .network
        ),

        ServedOrigin(
            "gzip that is none",
            { $0.meets(.badGzip) },
            .proxy
        ),
        ServedOrigin(
            "silence",
            {
                $0.meets(.hang)
                $0.timeout = .milliseconds(300)
            },
            .network
        ),
    ]
}

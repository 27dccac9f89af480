import DHIS2Behaviour

// A port that speaks TLS: DHIS2's, or that of a target, whose page DHIS2 passes on.
extension OriginDecision {
    /// Who wants TLS, or a certificate of the client.
    var demanded: ResponseOrigin {
        switch passage {
        case .throughDHIS2: return demandedByTarget(.certain)
        case .stripped where context.preflight.credentialsAccepted == true: return demandedByTarget(.likely)
        case .stripped, .unknown: return decide(demandInFront.0, .likely, demandInFront.1, or: [byDemandingTarget])
        case .aroundDHIS2, .container: return decide(demandInFront.0, .likely, demandInFront.1)
        }
    }

    private var demandInFront: (DHIS2Message.Meaning, String) {
        let host = context.server.hostAndPort
        switch demand {
        case .clientCertificate:
            let sentence = """
                \(host) wants a TLS certificate of the client (\(status)): name one that it accepts in \
                server.tls.certificate.
                """
            return (DHIS2Message.Meaning(.proxy, .proxyAuthentication), sentence)
        case .https, nil:
            let sentence =
                context.server.scheme == .http
                ? "\(host) answered that plain HTTP was sent to an HTTPS port (\(status)). Write the server URL with https://."
                : """
                \(OriginDecision.capitalized(context.inFront)) sends plain HTTP to an HTTPS port behind it (\(status)): let it \
                use https there.
                """
            return (DHIS2Message.Meaning(.proxy, .httpsRequired), sentence)
        }
    }

    private func demandedByTarget(_ certainty: Certainty) -> ResponseOrigin {
        decide(.upstream, .answered, certainty, byDemandingTarget.sentence)
    }

    private var byDemandingTarget: Alternative {
        let advice =
            demand == .https
            ? "it wants HTTPS. Write the route's URL with https://."
            : "it wants a TLS certificate of the client, and DHIS2 has none for routes."
        let sentence = "\(context.targetName) answered \(status): \(advice)"
        return Alternative(layer: .upstream, reason: .answered, sentence: sentence)
    }
}

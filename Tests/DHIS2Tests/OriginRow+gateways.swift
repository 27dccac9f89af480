import DHIS2

// What stands in front of DHIS2 says.
extension OriginRow {
    static let gateways: [OriginRow] = [502, 503, 504].flatMap { (status: Int) -> [OriginRow] in
        let byProxy =
            "A proxy in front of DHIS2 on dhis.example.org answered \(status): it could not reach DHIS2, or not in time."
        return [
            OriginRow("HTML \(status)", .page(status), .proxy, .gatewayError, .likely, byProxy, or: .answered),
            OriginRow(
                "HTML \(status) without preflight",
                .page(status),
                in: .blind,
                .proxy,
                .gatewayError,
                .likely,
                byProxy,
                or: .answered
            ),
            OriginRow(
                "HTML \(status) where marks are stripped",
                .page(status),
                in: .stripped,
                .proxy,
                .gatewayError,
                .possible,
                byProxy,
                or: .answered
            ),
            OriginRow(
                "empty \(status) that DHIS2 did not see",
                .answer(status),
                .proxy,
                .gatewayError,
                .likely,
                byProxy,
                or: .answered
            ),
            OriginRow(
                "empty \(status) without preflight",
                .answer(status),
                in: .blind,
                .upstream,
                .answered,
                .possible,
                "T\(target) answered \(status).",
                or: .proxyError
            ),
            OriginRow(
                "\(status) of a proxy that writes the same security headers",
                HTTPExchange.marked(status, ["Content-Type: text/html"], body: "<title>nginx</title>").phrased("Some"),
                in: .known(marks: [.securityHeaders, .emptyReasonPhrase]),
                .proxy,
                .gatewayError,
                .likely,
                byProxy,
                or: .answered
            ),
        ]
    }
}

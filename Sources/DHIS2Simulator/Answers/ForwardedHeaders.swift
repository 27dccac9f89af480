/// Which headers the route layer lets through, both ways (section 3.4).
enum ForwardedHeaders {
    private static let request = [
        "accept", "accept-encoding", "accept-language", "x-requested-with", "user-agent", "cache-control",
        "content-type", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
        "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-forwarded-prefix",
        "forwarded",
    ]

    private static let response = [
        "content-encoding", "content-language", "content-length", "content-type", "expires", "cache-control",
        "last-modified", "etag",
    ]

    static func isForwarded(_ name: String) -> Bool { request.contains { $0.isSameFieldName(as: name) } }

    static func isReturned(_ name: String) -> Bool { response.contains { $0.isSameFieldName(as: name) } }
}

/// A request as the simulated server received it.
///
/// Nothing of it is decoded or put right: what a client sends exactly is what tests look at in the log.
package struct SimulatedRequest: Sendable, Equatable {
    /// The method token, such as `GET`.
    package var method: String
    /// The path as it was sent, context path included, nothing decoded.
    package var path: String
    /// What followed the first `?`, nothing decoded; `nil` when there was no `?`.
    package var rawQuery: String?
    package var headers: HeaderList
    package var body: [UInt8]
    /// The connection it came on, counted from 1 in the order of acceptance.
    package var connection: Int

    package init(
        method: String = "GET",
        target: String,
        headers: HeaderList = [:],
        body: [UInt8] = [],
        connection: Int = 0
    ) {
        self.method = method
        if let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(target[..<mark])
            rawQuery = String(target[target.utf8.index(after: mark)...])
        } else {
            path = target
            rawQuery = nil
        }
        self.headers = headers
        self.body = body
        self.connection = connection
    }

    /// Path and query as they were sent.
    package var target: String { rawQuery.map { path + "?" + $0 } ?? path }

    /// The body as text, with replacement characters where it is not UTF-8.
    package var bodyText: String { String(decoding: body, as: UTF8.self) }
}

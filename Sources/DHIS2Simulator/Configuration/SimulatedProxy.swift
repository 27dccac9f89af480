/// An nginx in front of the simulated server (seen with 1.22.1).
///
/// It passes on what DHIS2 answers, status lines without a reason included, and answers itself where a limit of its own
/// is exceeded. Its own answers have a reason.
package struct SimulatedProxy: Sendable, Equatable {
    /// How long it waits for the first byte of an answer (`proxy_read_timeout`).
    package var readTimeout: Duration
    /// The bytes that a request's body can have (`client_max_body_size`).
    package var bodyLimit: Int
    /// What it shows instead of its own pages for 502, 503 and 504 (`error_page`).
    package var errorPage: String?

    package init(readTimeout: Duration = .seconds(60), bodyLimit: Int = 1 << 20, errorPage: String? = nil) {
        self.readTimeout = readTimeout
        self.bodyLimit = bodyLimit
        self.errorPage = errorPage
    }
}

/// How Netty, DHIS2's HTTP client from 2.42 on, reaches the operating system.
///
/// It decides the words for failed connections and nothing else.
package enum SimulatedTransport: String, Sendable, CaseIterable {
    /// Taken by 2.43 and later on a Linux that has it.
    case ioUring = "io_uring"
    /// Taken by 2.42 on Linux.
    case epoll
    /// Java's own, taken on other systems.
    case nio
}

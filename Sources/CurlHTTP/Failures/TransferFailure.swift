internal import CLibcurl
internal import DHIS2
internal import Glibc

/// What is known of a transfer that libcurl gave up.
///
/// A code of libcurl's alone does not say whose fault it is: the same one stands for a server and for a proxy that
/// refuses the connection. So all that is known is gathered while the handle still has it, and `TransportError+curl`
/// judges from these values, which tests can make without a connection.
struct TransferFailure {
    /// How far the transfer had come.
    enum Phase {
        case nameLookup
        case connect
        /// A connection stands, but is not ready for the request; see ``TransferFailure/step``.
        case handshake
        case waiting
        case answer

        init(hasAddress: Bool, isConnected: Bool, isRequestSent: Bool, hasAnswer: Bool) {
            self =
                if hasAnswer { .answer } else if isRequestSent { .waiting } else if isConnected {
                    .handshake
                } else if hasAddress { .connect } else { .nameLookup }
        }
    }

    /// Of what an answer had more than is accepted.
    enum Overflow {
        case headerSection
        case body
        /// More than so many bytes, for which alone there is memory.
        case memory(Int)
    }

    var code: CURLcode
    /// The `errno` of the failed system call, or 0.
    var systemError: CInt = 0
    /// Whether the system would open a socket, where that is worth to know.
    var canOpenSocket = true
    /// How long the transfer was paused for want of memory.
    var pausedTime = Duration.zero
    /// libcurl's own words, possibly empty.
    var text = ""
    var authority: Authority
    /// The proxy for the transfer, whether or not it was used; see ``ProxyName``.
    var proxy: ProxyName?
    var phase = Phase.nameLookup
    /// The port that a TCP connection was made to, or 0.
    var connectedPort = 0
    /// The status with which a proxy answered CONNECT, or 0.
    var tunnelStatus = 0
    /// The value of the answer's `Content-Encoding`, if it had one that is text.
    var contentEncoding: String?
    /// What is wrong with the coding of the body.
    var decodingFault: DecodingFault?
    var bodySize = 0
    /// What had come of the answer, if its header section had.
    var begunAnswer: HTTPExchange?
    /// The size of the body as the answer gave it.
    var announcedSize: Int?
    var overflow: Overflow?
    var limits = CurlOptions.Limits()
    var connectTimeout = Duration.zero
    var timeout = Duration.zero
    var timings = PhaseTimings()

    /// libcurl's own words, or its name for the code, on one line.
    var reason: String {
        // Where an "@" stands, it may be in a URL, behind credentials.
        let isUsable = !text.isEmpty && !text.contains("@")
        let words = isUsable ? text : String(cString: curl_easy_strerror(code))
        // A certificate's text may come from the server.
        let line = String(
            String.UnicodeScalarView(words.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 })
        )
        return line.hasSuffix(".") ? String(line.dropLast()) : line
    }

    /// The system's words for its error.
    var systemReason: String {
        systemError == 0 ? reason : systemMessage(systemError)
    }
}

/// The system's words for an error number.
func systemMessage(_ number: CInt) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        guard let text = buffer.baseAddress, strerror_r(number, text, buffer.count) == 0 else {
            return "error \(number)"
        }
        return String(cString: text)
    }
}

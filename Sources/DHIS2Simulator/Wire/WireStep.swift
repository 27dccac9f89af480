/// One thing that a connection does to answer a request; after the last step the next request is served.
package enum WireStep: Sendable, Equatable {
    case send([UInt8])
    case wait(Duration)
    /// Sends the same bytes again and again until the client goes away.
    case sendForever([UInt8])
    /// Ends the connection in order (FIN).
    case close
    /// Breaks the connection off (RST).
    case reset
    /// Breaks the connection off (RST) when the next request comes on it, which is not answered.
    case resetUnderNextRequest
    /// Leaves the connection open and never says anything again.
    case hang
}

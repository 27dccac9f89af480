/// How much of a request is read.
enum RequestLimits {
    /// The bytes of a head, from the first to the empty line, and again of the trailers of a chunked body.
    static let head = 64 << 10
    /// The fields of a head, and again of the trailers.
    static let fields = 1000
    /// The bytes of a body.
    ///
    /// Twice what a job file, in which the bodies of checks are written, may have; and little enough for a dozen
    /// connections that send as much at once. A body takes memory as it arrives, whatever its length was said to be.
    static let body = 64 << 20
    /// The bytes of all chunk extensions of a body together, as Tomcat's `maxExtensionSize`.
    static let extensions = 8 << 10
}

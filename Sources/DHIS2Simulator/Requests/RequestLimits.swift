/// The largest request that is read.
enum RequestLimits {
    /// The bytes of a head, from the first to the empty line, and again of the trailers of a chunked body.
    static let head = 64 << 10
    /// The fields of a head, and again of the trailers.
    static let fields = 1000
    /// The bytes of a body.
    ///
    /// Twice the size limit of a job file, which contains the bodies of its checks. A dozen such bodies at once still fit
    /// into memory. A body takes memory as it arrives, whatever length was announced.
    static let body = 64 << 20
    /// The bytes of all chunk extensions of a body together, as Tomcat's `maxExtensionSize`.
    static let extensions = 8 << 10
}

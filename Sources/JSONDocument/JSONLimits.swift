/// How large and how deep a JSON text may be.
public struct JSONLimits: Sendable, Hashable {
    /// The deepest nesting that any limits allow.
    ///
    /// Values are trees whose comparison and destruction recurse, so the bound keeps them within a thread's stack.
    public static let maximumDepth = 1_000

    /// The largest text that any limits allow, in bytes.
    public static let maximumBytes = Int(UInt32.max) - 1

    /// The deepest nesting of arrays and objects that is accepted, at most `maximumDepth`.
    public let depth: Int

    /// The largest text that is accepted, in bytes, at most `maximumBytes`.
    public let bytes: Int

    /// Sets the limits; larger ones than the maxima are lowered to them.
    public init(depth: Int = 256, bytes: Int = 256 * 1024 * 1024) {
        self.depth = min(depth, Self.maximumDepth)
        self.bytes = min(bytes, Self.maximumBytes)
    }
}

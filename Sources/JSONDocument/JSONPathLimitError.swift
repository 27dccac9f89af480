/// Says that evaluating a query was given up, because the query and the document multiply to too much work.
public struct JSONPathLimitError: Error, Hashable, CustomStringConvertible {
    /// A sentence that says which limit was hit.
    public let message: String

    /// The message.
    public var description: String { message }
}

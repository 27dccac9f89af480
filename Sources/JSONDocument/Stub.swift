public enum JSONValue: Sendable, Hashable { case null }
public struct JSONPath: Sendable, Hashable {}

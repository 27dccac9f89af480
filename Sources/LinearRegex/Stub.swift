public struct RegexPattern: Sendable, Hashable { public init() {} }

/// A set of HTTP status codes, such as `200`, `2xx`, `200-204` or `[200, 404]`.
public struct StatusSet: Sendable, Hashable, CustomStringConvertible {
    /// The parts, in the order they were written.
    public var parts: [Part]

    /// Creates a set from its parts.
    public init(_ parts: [Part]) {
        self.parts = parts
    }

    /// Every 2xx status.
    public static let successful = Self([.range(200...299)])

    /// Whether a status belongs to the set.
    public func contains(_ status: Int) -> Bool {
        parts.contains { part in
            switch part {
            case .code(let code): code == status
            case .range(let range): range.contains(status)
            }
        }
    }

    /// The set as a job file would have it.
    public var description: String {
        parts.map(\.description).joined(separator: ", ")
    }
}

extension StatusSet {
    /// One status or a range of them.
    public enum Part: Sendable, Hashable, CustomStringConvertible {
        /// One status, 100…599.
        case code(Int)
        /// Every status from the first to the last, both included.
        case range(ClosedRange<Int>)

        /// The part as a job file would have it.
        public var description: String {
            switch self {
            case .code(let code): "\(code)"
            case .range(let range) where range.lowerBound % 100 == 0 && range.upperBound == range.lowerBound + 99:
                "\(range.lowerBound / 100)xx"
            case .range(let range): "\(range.lowerBound)-\(range.upperBound)"
            }
        }
    }
}

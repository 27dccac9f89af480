/// Why bytes are not a report that can be read.
public struct ReportReadingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public var code: Code
    /// A sentence that a person can act on, with the place in the document.
    public var message: String

    /// The message.
    public var description: String { message }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What can be wrong with a report.
    public struct Code: Sendable, Hashable {
        private enum Value {
            case notAReport, unsupportedVersion, malformed, cutOff
        }

        private let value: Value

        /// The bytes are something else.
        public static let notAReport = Self(value: .notAReport)
        /// A newer routecheck wrote the report.
        public static let unsupportedVersion = Self(value: .unsupportedVersion)
        /// The report lacks something, or has it in a wrong shape.
        public static let malformed = Self(value: .malformed)
        /// The run was killed before it had written what it was to do.
        public static let cutOff = Self(value: .cutOff)
    }
}

extension ReportReadingError {
    /// What the decoder found, with the path to it.
    init(_ error: any Error, in subject: String) {
        guard let error = error as? DecodingError else {
            self.init(.notAReport, "\(subject) cannot be read: \(error)")
            return
        }
        switch error {
        case .keyNotFound(let key, let context):
            self.init(.malformed, "\(subject) lacks \"\(key.stringValue)\"\(Self.place(context.codingPath)).")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            self.init(.malformed, "\(subject) has a value of the wrong type\(Self.place(context.codingPath)).")
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            self.init(.notAReport, "\(subject) is not valid JSON.")
        case .dataCorrupted(let context):
            self.init(.malformed, "\(subject) has a wrong value\(Self.place(context.codingPath)).")
        @unknown default:
            self.init(.malformed, "\(subject) cannot be read.")
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        guard !path.isEmpty else { return "" }
        let steps = path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }
        return " at $\(steps.joined())"
    }
}

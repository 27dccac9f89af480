/// A configuration file that cannot be used.
package struct SimulatorConfigurationError: Error, Equatable, CustomStringConvertible {
    /// Where in the document, such as `routes[2].upstream`; empty for the document itself.
    package let path: String
    package let message: String

    package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

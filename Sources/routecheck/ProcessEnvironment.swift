import FoundationEssentials

/// The process's environment.
enum ProcessEnvironment {
    /// Every variable by its name.
    static var variables: [String: String] { ProcessInfo.processInfo.environment }
}

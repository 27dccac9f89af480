import Checks

extension RunEnding {
    /// The ending in kebab-case, as the machine formats have it.
    var name: String {
        switch self {
        case .completed: "completed"
        case .interrupted: "interrupted"
        case .deadline: "deadline"
        case .maximumFailures: "max-failures"
        case .serverUnusable: "server-unusable"
        }
    }

    /// What to tell a person about a run that ended early; `nil` for one that did not.
    var sentence: String? {
        switch self {
        case .completed: nil
        case .interrupted(let signal): "The run was interrupted by signal \(signal)."
        case .deadline: "The run reached its deadline."
        case .maximumFailures: "The run stopped because so many checks failed."
        case .serverUnusable: "The server was unreachable or refused the credentials."
        }
    }
}

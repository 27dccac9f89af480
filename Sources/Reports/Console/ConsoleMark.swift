import Checks

/// The sign in front of a result's line.
struct ConsoleMark {
    let symbol: String
    let word: String
    let ink: ConsoleInk

    init(_ result: CheckResult) {
        switch result.standing {
        case .passed: self.init("✓", "ok", .good)
        case .flaky: self.init("↻", "flaky", .doubtful)
        case .allowedFailure: self.init("~", "allowed", .doubtful)
        case .failed: self.init("✗", "FAIL", .bad)
        case .error: self.init("!", "ERROR", .bad)
        case .skipped: self.init("-", "skip", .quiet)
        case .notRun: self.init("·", "not run", .quiet)
        }
    }

    private init(_ symbol: String, _ word: String, _ ink: ConsoleInk) {
        (self.symbol, self.word, self.ink) = (symbol, word, ink)
    }
}

import Checks
import Reports
import Synchronization

/// Tells a person what happens during a run, as it happens.
final class Console: Sendable {
    private let renderer: ConsoleRenderer
    private let redactor: Redactor
    private let terminal: Terminal
    private let suite = Mutex<SuiteReport?>(nil)

    /// Creates a console on standard output, or on standard error if a report goes to standard output.
    init(on terminal: Terminal, redactor: Redactor) {
        self.terminal = terminal
        self.redactor = redactor
        renderer = ConsoleRenderer(
            style: ConsoleStyle(usesColor: terminal.usesColor, usesUnicode: Terminal.usesUnicode)
        )
    }

    /// Shows an event if it is worth it.
    func show(_ event: RunEvent) {
        switch event {
        case .suiteStarted(let started):
            suite.withLock { $0 = started }
            terminal.write(redactor.redact(renderer.text(forStartOf: started)))
        case .checkFinished(_, let result):
            guard result.outcome != .passed || result.isFlaky else { return }
            guard let suite = suite.withLock({ $0 }) else { return }
            let text = renderer.text(for: result, in: suite)
            if !text.isEmpty { terminal.write(redactor.redact(text)) }
        case .checkStarted, .attemptFinished, .suiteFinished:
            break
        }
    }

    /// Shows what came of the run.
    func show(summaryOf report: RunReport) {
        terminal.write(redactor.redact(renderer.summary(of: report)))
    }
}

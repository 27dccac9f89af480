import Checks
import Dispatch
import Redaction
import Reports
import Runner
import Synchronization

/// Tells a person what happens during a run, as it happens.
///
/// On a terminal a line of progress stands beneath what has been said; it is repainted at most ten times a second and
/// gone when the run is over.
final class Console: Sendable {
    private struct State {
        var suites: [Redacted<SuiteReport>] = []
        var progress: ProgressLine?
        var inFlight: [Place: ContinuousClock.Instant] = [:]
        /// How many columns the line of progress takes that stands there; zero if none does.
        var paintedColumns = 0
    }

    private struct Place: Hashable {
        var suite: Int
        var check: Int
    }

    private static let eraseLine = "\r\u{1B}[2K"

    private let output: OutputQueue
    private let renderer: ConsoleRenderer
    private let redactor: Redactor
    private let terminal: Terminal
    private let plans: [RunPlan]
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    /// Creates a console.
    ///
    /// - Parameters:
    ///   - settings: Where to, how much, and how.
    ///   - output: What it is written by.
    ///   - redactor: Hides secrets.
    ///   - plans: What is run.
    init(_ settings: ConsoleSettings, by output: OutputQueue, redactor: Redactor, plans: [RunPlan]) {
        terminal = settings.terminal
        renderer = settings.renderer
        self.output = output
        self.redactor = redactor
        self.plans = plans
        let showsProgress = terminal.movesCursor && renderer.verbosity != .quiet
        let total = plans.reduce(0) { $0 + $1.entries.count }
        state = Mutex(State(progress: showsProgress ? ProgressLine(total: total) : nil))
        if showsProgress { startPainting() }
    }

    /// Shows an event if it is worth it.
    func show(_ event: RunEvent) {
        switch event {
        case .suiteStarted(let suite):
            let suite = redactor.redact(suite)
            state.withLock { $0.suites.append(suite) }
            say(renderer.text(forStartOf: suite))
        case .checkStarted(let suite, let check):
            guard terminal.isTerminal else { return }
            state.withLock { state in
                guard state.progress != nil else { return }
                state.inFlight[Place(suite: suite, check: check)] = .now
            }
        case .checkFinished(let suite, let result):
            finish(result, suite: suite)
        case .attemptFinished, .suiteFinished:
            break
        }
    }

    /// Shows what came of the run and what has changed since an earlier one, and takes the line of progress away.
    func show(_ report: RedactedReport, _ comparison: RunComparison?) {
        var renderer = renderer
        if terminal.isTerminal { renderer.style.columns = terminal.width }
        say(renderer.summary(of: report), isLast: true)
        if let comparison { say(renderer.text(of: comparison), isLast: true) }
    }

    private func finish(_ result: CheckResult, suite number: Int) {
        let isPlain = result.standing == .passed && renderer.verbosity != .verbose
        // Most checks of most runs pass before nobody's eyes; they cost nothing here.
        if isPlain, !terminal.isTerminal { return }
        let suite = state.withLock { state -> Redacted<SuiteReport>? in
            state.inFlight[Place(suite: number, check: result.index)] = nil
            state.progress?.done += 1
            if result.failsRun { state.progress?.failing += 1 }
            if result.isFlaky { state.progress?.flaky += 1 }
            return state.suites.last
        }
        guard !isPlain, let suite else { return }
        say(renderer.text(for: redactor.redact(result), in: suite))
    }

    private func say(_ text: String, isLast: Bool = false) {
        state.withLock { state in
            let erasure = erasure(of: state.paintedColumns)
            state.paintedColumns = 0
            if isLast { state.progress = nil }
            guard !text.isEmpty || !erasure.isEmpty else { return }
            // Handed over under the lock, or a line of progress could get in between.
            output.show(erasure + text, on: terminal)
        }
    }

    private func startPainting() {
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + .milliseconds(200), repeating: .milliseconds(100))
        // The timer lives as long as its handler, which lets go of it when there is nothing left to paint.
        timer.setEventHandler { [self] in
            if !paint() { timer.cancel() }
        }
        timer.resume()
    }

    /// Paints the line of progress; returns whether there is one.
    private func paint() -> Bool {
        state.withLock { state in
            guard var progress = state.progress else { return false }
            // A terminal that takes nothing at the moment would show the same line many times once it does.
            guard output.isIdle else { return true }
            let now = ContinuousClock.now
            progress.elapsed = now - start
            progress.slowest = state.inFlight.min { $0.value < $1.value }.map { place, since in
                let name = plans[place.suite].job.checks[place.check].name
                return ProgressLine.InFlight(name: redactor.redact(name), elapsed: now - since)
            }
            let width = terminal.width
            let line = progress.text(width: width, style: renderer.style)
            let erasure = state.paintedColumns > 0 ? erasure(of: state.paintedColumns, on: width) : Self.eraseLine
            output.show(erasure + line, on: terminal)
            // Where nothing fits, what is painted is empty, and an erasure does no harm.
            state.paintedColumns = max(1, ProgressLine.columns(of: line))
            return true
        }
    }

    /// What takes away a line of so many columns; a terminal that has become narrower has wrapped it.
    private func erasure(of columns: Int, on width: Int? = nil) -> String {
        guard columns > 0 else { return "" }
        let rows = (columns - 1) / max(width ?? terminal.width, 1)
        return rows > 0 ? "\r\u{1B}[\(rows)A\u{1B}[J" : Self.eraseLine
    }
}

import Glibc
import Synchronization

/// A terminal without a screen, which keeps what is written to it.
final class PseudoTerminal: Sendable {
    private struct State {
        var text = ""
        var isOver = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// The end for the process that is to see a terminal.
    let far: Int32
    private let near: Int32
    private let state = Mutex(State())

    /// Opens a terminal of so many columns.
    init(columns: UInt16) throws {
        var ends: (near: Int32, far: Int32) = (-1, -1)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&ends.near, &ends.far, nil, nil, &size) == 0 else { throw POSIXFailure(number: errno) }
        near = ends.near
        far = ends.far
    }

    deinit { close(near) }

    /// Changes the number of columns.
    func resize(columns: UInt16) {
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        precondition(ioctl(near, UInt(TIOCSWINSZ), &size) == 0, "a terminal that is open takes a size")
    }

    /// Lets go of the far end, which a process has by now, and keeps what comes until that process ends.
    func startReading() {
        close(far)
        Thread.start { [self] in
            var chunk = [UInt8](repeating: 0, count: 4_096)
            var rest: [UInt8] = []
            // A read of a terminal that nobody holds any more fails.
            while case let count = read(near, &chunk, chunk.count), count > 0 {
                rest += chunk[..<count]
                // A character may come in two parts.
                guard let text = String(validating: rest, as: UTF8.self) else { continue }
                rest = []
                resumeWaiters { $0.text += text }
            }
            resumeWaiters { $0.isOver = true }
        }
    }

    /// What has been written when this holds of it, or all that was written if the process ends without.
    ///
    /// A terminal is sent a carriage return with each line feed, which Swift takes for one character; here it is a line
    /// feed.
    func text(once holds: (String) -> Bool = { _ in false }) async -> String {
        while true {
            let (text, isOver) = state.withLock { ($0.text, $0.isOver) }
            let lines = String(text.map { $0 == "\r\n" ? "\n" : $0 })
            if isOver || holds(lines) { return lines }
            await change(from: text.utf8.count)
        }
    }

    /// Waits until more has come than so many bytes, or nothing can come any more.
    private func change(from seen: Int) async {
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                if state.isOver || state.text.utf8.count > seen { return true }
                state.waiters.append(continuation)
                return false
            }
            if isDue { continuation.resume() }
        }
    }

    private func resumeWaiters(after change: (inout State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

import Checks
import DHIS2

extension CheckRunner {
    /// How long the end of a session may take.
    private static let closingBound = Duration.seconds(2)
    /// How long it may take once somebody wants the program to end.
    private static let hurriedBound = Duration.milliseconds(300)

    /// Ends the session that the client has at DHIS2, so that a run leaves none; never fails.
    ///
    /// It takes 2 s at most, 300 ms after an interrupt, whether that came before or comes meanwhile. It works in a
    /// task that has been cancelled too.
    ///
    /// - Parameter control: The control of the run.
    public func endSession(after control: RunControl = RunControl()) async {
        let closing = client.beginClosing(within: control.signal != nil ? Self.hurriedBound : Self.closingBound)
        let hurry = Task { [clock] in
            guard control.ending?.cancels != true else { return }
            await control.waitForEnd(untilCancelled: true)
            guard control.signal != nil, (try? await clock.sleep(Self.hurriedBound)) != nil else { return }
            closing.cancel()
        }
        await closing.value
        hurry.cancel()
    }
}

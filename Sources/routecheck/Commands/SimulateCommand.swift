import ArgumentParser
import DHIS2Simulator
import Glibc

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serve a DHIS2 look-alike on a loopback port until interrupted.",
        discussion: "Prints the lines that make a shell's routecheck use it: DHIS2_URL and DHIS2_PAT."
    )

    @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "n"))
    var port = 0

    mutating func validate() throws {
        if !(0...65_535).contains(port) {
            throw ValidationError("--port takes a number from 0 to 65535, not \(port).")
        }
    }

    func run() async throws {
        let simulator: DHIS2Simulator
        do {
            simulator = try await DHIS2Simulator.start(port: port)
        } catch {
            throw CommandFailure(.internalError, "cannot listen on port \(port): \(error)")
        }
        Terminal(.standardOutput).write(
            """
            export DHIS2_URL=\(simulator.baseURL)
            export DHIS2_PAT=\(SimulatorConfiguration.standardToken)

            """
        )
        await SignalWatcher.firstSignal()
        try await simulator.stop()
    }
}

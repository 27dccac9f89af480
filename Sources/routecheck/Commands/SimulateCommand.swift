import ArgumentParser
import DHIS2Simulator
import Glibc

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serve a DHIS2 look-alike on a loopback port until interrupted.",
        discussion: """
            Prints the lines that make a shell's routecheck use it: DHIS2_URL and DHIS2_PAT. Without a configuration \
            it has the users, the token and the routes of the demo.

            The configuration is a JSON map; all keys may be left out but those with an asterisk:
              version, era, context-path, accepts-tokens, content-security-policy, hides-marker, log-limit
              users: [{username*, password*, authorities, obstacle}]
              tokens: [{token*, username*, state, methods, addresses, referrers}]
              routes: [{code*, uid, name, url, disabled, public, readers, authorities, response-timeout-seconds, \
            headers, auth, allow-listed, upstream}]
              upstream: a reply {status, type, headers, body, json, delay-ms, compressed, stalls}, or one of \
            {echo: true}, {paths: {sub-path: reply}}, {redirect: URL, status}, {fails: \
            refused|unresolvable|tls|reset|pool-exhausted|connect-timeout|timeout, after-ms}
              faults: [{fault*, route, method, path, after, times}]; after is how many requests pass first, times how \
            many are hit; faults are \(FaultKind.allCases.map(\.rawValue).joined(separator: ", ")), and take bytes, \
            every-ms, ms, status, headers, body, retry-after or to

            jobs/simulator.json is an example, and jobs/simulated.yaml a job for it.
            """
    )

    @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "n"))
    var port = 0

    @Option(help: ArgumentHelp("A JSON file with routes, users, tokens and faults.", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "How DHIS2 runs routes: b as 2.40 and 2.41, d as 2.42 and 2.43, e as 2.44; wins over the configuration.",
            valueName: "era"
        )
    )
    var era: SimulatedEra?

    mutating func validate() throws {
        if !(0...65_535).contains(port) {
            throw ValidationError("--port takes a number from 0 to 65535, not \(port).")
        }
    }

    func run() async throws {
        let configuration = try configuration()
        let simulator: DHIS2Simulator
        do {
            simulator = try await DHIS2Simulator.start(configuration, port: port)
        } catch let error as PortError {
            let advice = "choose another with --port, or leave it out for a free one"
            throw CommandFailure(.usage, "cannot listen on port \(port): \(error.reason); \(advice)")
        }
        Terminal(.standardOutput).write(
            """
            export DHIS2_URL=\(simulator.baseURL)
            export DHIS2_PAT=\(configuration.workingToken ?? "")

            """
        )
        await SignalWatcher.firstSignal()
        try await simulator.stop()
    }

    private func configuration() throws(CommandFailure) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        if let config {
            do {
                configuration = try SimulatorConfiguration(json: FileReader.bytes(of: config, limit: 32 << 20))
            } catch let error as SimulatorConfigurationError {
                throw CommandFailure(.invalidJob, "\(config): \(error)")
            } catch {
                throw CommandFailure(.invalidJob, "cannot read the configuration \(error)")
            }
        }
        if let era {
            configuration.era = era
            configuration.version = era.defaultVersion
        }
        return configuration
    }
}

extension SimulatedEra: ExpressibleByArgument {}

extension SimulatorConfiguration {
    /// The first token that works with every request.
    fileprivate var workingToken: String? {
        tokens.first { $0.state == .valid }?.token
    }
}

import Arguments
import DHIS2Simulator
import Glibc

/// `routecheck simulate`.
struct SimulateCommand: ExecutableCommand {
    var port = 0
    var configurationPath: String?
    var era: SimulatedEra?

    static let command = command("simulate", "Serve a DHIS2 look-alike on a loopback port until interrupted.") {
        CommandTable(
            Self(),
            discussion: discussion,
            options: [
                OptionGroup(
                    "Server",
                    [
                        .value("port", .number(0...65_535), default: "0", "The port; 0 takes a free one.") {
                            $0.port = $1
                        },
                        .value("config", .file(), "A JSON file with routes, users, tokens and faults.") {
                            $0.configurationPath = $1
                        },
                        .value(
                            "era",
                            .choice("era"),
                            """
                            How DHIS2 runs routes: b as 2.40 and 2.41, d as 2.42 and 2.43, e as 2.44. Wins over the \
                            configuration.
                            """
                        ) { $0.era = $1 },
                    ]
                )
            ]
        ) { $0 }
    }

    private static var discussion: [HelpBlock] {
        let faults = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
        return [
            .paragraph(
                """
                Prints the lines that make a shell's routecheck use it: DHIS2_URL and DHIS2_PAT. Without a \
                configuration it has the users, the token and the routes of the demo.
                """
            ),
            .paragraph(
                """
                The configuration is a JSON object with these keys; those with an asterisk are required, all others \
                optional.
                """
            ),
            .terms([
                HelpBlock.Term(
                    "top level",
                    """
                    version, era, context-path, accepts-tokens, content-security-policy, hides-marker, log-limit, \
                    max-sessions-per-user, transport: io_uring|epoll|nio
                    """
                ),
                HelpBlock.Term("proxy", "an nginx in front: {read-timeout-ms, body-limit, error-page}"),
                HelpBlock.Term("users", "[{username*, password*, authorities, obstacle}]"),
                HelpBlock.Term("tokens", "[{token*, username*, state, methods, addresses, referrers}]"),
                HelpBlock.Term(
                    "routes",
                    """
                    [{code*, uid, name, url, disabled, public, readers, authorities, response-timeout-seconds, \
                    headers, auth, allow-listed, upstream}]
                    """
                ),
                HelpBlock.Term(
                    "upstream",
                    """
                    a reply {status, type, headers, body or json or base64, delay-ms, compressed, chunked, stalls, \
                    early-hints}, or one of {echo: true}, {paths: {sub-path: upstream}} (* stands for any characters), \
                    {redirect: URL, status, headers, then: upstream}, {fails: \
                    refused|unresolvable|tls|tls-timeout|reset|closes|pool-exhausted}, {fails: \
                    connect-timeout|timeout, after-ms}, {fails: bad-chunk|garbage, line}, {fails: broke-off, a reply's \
                    keys, announced-length, ending: closes|resets|stalls}
                    """
                ),
                HelpBlock.Term(
                    "faults",
                    """
                    [{fault*, route, method, path, after, times}]; after is the number of requests that pass first, \
                    times the number that are hit. The faults to inject are \(faults). They take bytes, every-ms, ms, \
                    status, headers, body, retry-after or to.
                    """
                ),
            ]),
            .paragraph("jobs/simulator.json is an example, and jobs/simulated.yaml a job for it."),
        ]
    }

    func run() async throws {
        let configuration = try configuration()
        // The signals are watched first: connections may take all descriptors, and whoever reads the address may stop it.
        try await SignalWatcher.withFirstSignal { signal in
            let simulator = try await start(configuration)
            // Without its address nobody can use it.
            try Terminal(.standardOutput).writeResult(
                """
                export DHIS2_URL=\(own: simulator.baseURL)
                export DHIS2_PAT=\(own: Shell.bash.word(configuration.workingToken ?? ""))

                """
            )
            await signal()
            try await simulator.stop()
        }
    }

    private func start(_ configuration: SimulatorConfiguration) async throws -> DHIS2Simulator {
        do {
            return try await DHIS2Simulator.start(configuration, port: port)
        } catch let error as PortError {
            let advice: Message = "choose another with --port, or leave it out for a free one"
            throw CommandFailure(.usage, "cannot listen on port \(Int(port)): \(own: error.reason); \(advice)")
        }
    }

    private func configuration() throws(CommandFailure) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        if let configurationPath {
            do {
                configuration = try SimulatorConfiguration(
                    json: FileReader.bytes(of: configurationPath, limit: 32 << 20)
                )
            } catch let error as SimulatorConfigurationError {
                throw CommandFailure(.invalidJob, "\(own: configurationPath): \(own: "\(error)")")
            } catch {
                throw CommandFailure(.invalidJob, "cannot read the configuration \(own: "\(error)")")
            }
        }
        if let era {
            configuration.era = era
            configuration.version = era.defaultVersion
        }
        return configuration
    }
}

extension SimulatorConfiguration {
    /// The first token that works with every request.
    fileprivate var workingToken: String? {
        tokens.first { $0.state == .valid }?.token
    }
}

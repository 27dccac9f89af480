import DHIS2
import Testing

/// Which part of a connection is named, and who is to look at what: the same in a check, at preflight and while waiting.
struct NetworkPhaseTests {
    @Test(arguments: [
        (
            TransportError.Code.connectTimeout, TransportError.Phase.nameLookup as TransportError.Phase?,
            "No luck (name lookup): DNS does not answer. Check this machine's DNS servers and the network to them."
        ),
        (.connectTimeout, .tcp, "No luck (TCP): it is down, or a firewall drops the packets."),
        (
            .connectTimeout, .tls,
            """
            No luck (TLS): what terminates TLS there, often a reverse proxy, hangs or is overloaded, or the port does not \
            speak TLS.
            """
        ),
        (.nameResolution, nil, "No luck (name lookup). Check the host name in the server URL, and this machine's DNS."),
        (.connect, nil, "No luck (TCP). Check the network between this machine and it."),
        (
            .reset, .tls,
            """
            dhis.example.org broke the connection during the TLS handshake: what terminates TLS there, often a reverse \
            proxy, is starting or overloaded or has no server behind it, or the port does not speak TLS.
            """
        ),
        (
            .reset, .waiting,
            """
            dhis.example.org broke the connection after the request was sent, before any answer: it was stopped, or what \
            stands in front of DHIS2 has no server behind it.
            """
        ),
        (.reset, .answer, "dhis.example.org broke the connection in the middle of its answer."),
        (.reset, nil, "dhis.example.org broke the connection before the answer was complete."),
    ])
    func namesThePhase(code: TransportError.Code, phase: TransportError.Phase?, sentence: String) throws {
        let error = TransportError(code, message: "No luck.", phase: phase)
        let context = OriginContext.known()
        let problem = Preflight.problem(of: error, from: context.server)
        #expect(problem.message == sentence)
        #expect(problem.mayPass)
        let origin = ResponseOrigin(of: error, in: context)
        #expect(origin.sentence == sentence)
        #expect(origin.layer == problem.layer)
        #expect(origin.reason == problem.reason)
    }

    @Test func doesNotNameAPhaseTwice() throws {
        let error = TransportError(.connectTimeout, message: "The TLS handshake took too long.", phase: .tls)
        let sentence = Preflight.problem(of: error, from: try BaseURL("https://h")).message
        #expect(sentence.hasPrefix("The TLS handshake took too long: what terminates TLS there"))
    }

    @Test func aProxyOnTheWayMayBeToBlameForASlowHandshake() {
        let error = TransportError(.connectTimeout, message: "Slow.", phase: .tls, proxy: "proxy.example:3128")
        let origin = ResponseOrigin(of: error, in: .known())
        #expect(origin.layer == .network)
        #expect(origin.certainty == .possible)
        #expect(origin.alternatives.map(\.layer) == [.proxy])
    }
}

import NIOCore
import NIOHTTP1

/// Serves one connection: gathers requests, and sends what the core decides as raw bytes, one answer after the other.
///
/// There is no HTTP encoder in the pipeline, because the faults need bytes that no encoder would write.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let core: SimulatorCore
    private var connection = 0
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    /// Requests that wait for the answers to those before them (pipelining).
    private var waiting = CircularBuffer<(request: SimulatedRequest, keepsAlive: Bool)>()
    private var isAnswering = false
    private var isReading = false
    private var isGone = false

    init(core: SimulatorCore) {
        self.core = core
    }

    func channelActive(context: ChannelHandlerContext) {
        connection = core.open(context.channel)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        isGone = true
        core.close(connection)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReading = true
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            if head.headers["Expect"].contains(where: { $0.lowercased() == "100-continue" }) {
                send(Array("HTTP/1.1 100 \r\n\r\n".utf8), context)
                context.flush()
            }
        case .body(let part):
            body += part.readableBytesView
        case .end:
            guard let head else { return }
            waiting.append((request(head), head.isKeepAlive))
            self.head = nil
            body = []
            answerNext(context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        context.flush()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else {
            context.close(promise: nil)
            return
        }
        // What cannot even be parsed gets Tomcat's page.
        isAnswering = true
        let page = HTMLPages.tomcat(400, message: "Invalid request")
        perform(page.steps(SimulatedReply.Manner(closes: true))[...], keepsAlive: false, context)
    }

    private func request(_ head: HTTPRequestHead) -> SimulatedRequest {
        SimulatedRequest(
            method: head.method.rawValue,
            target: head.uri,
            headers: HeaderList(head.headers.map { HeaderList.Field(name: $0.name, value: $0.value) }),
            body: body,
            connection: connection
        )
    }

    private func answerNext(_ context: ChannelHandlerContext) {
        guard !isAnswering, !isGone, let (request, keepsAlive) = waiting.popFirst() else { return }
        isAnswering = true
        let steps = core.steps(answering: request, keepsAlive: keepsAlive)
        perform(steps[...], keepsAlive: keepsAlive, context)
    }

    private func perform(_ steps: ArraySlice<WireStep>, keepsAlive: Bool, _ context: ChannelHandlerContext) {
        guard !isGone else { return }
        var rest = steps
        while let step = rest.popFirst() {
            switch step {
            case .send(let bytes):
                send(bytes, context)
            case .wait(let duration):
                context.flush()
                resume(rest, after: duration, keepsAlive: keepsAlive, context)
                return
            case .sendForever(let bytes):
                sendForever(bytes, context)
                return
            case .close:
                context.flush()
                context.close(promise: nil)
                return
            case .reset:
                reset(context)
                return
            case .hang:
                context.flush()
                return
            }
        }
        isAnswering = false
        if !isReading { context.flush() }
        guard keepsAlive else {
            context.flush()
            context.close(promise: nil)
            return
        }
        answerNext(context)
    }

    private func resume(
        _ steps: ArraySlice<WireStep>,
        after duration: Duration,
        keepsAlive: Bool,
        _ context: ChannelHandlerContext
    ) {
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(duration)) {
            self.perform(steps, keepsAlive: keepsAlive, context)
        }
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
    }

    private func sendForever(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        guard !isGone else { return }
        let buffer = context.channel.allocator.buffer(bytes: bytes)
        // The next write waits for this one, so a client that reads slowly is not buffered for.
        context.writeAndFlush(wrapOutboundOut(buffer)).assumeIsolated().whenSuccess {
            self.sendForever(bytes, context)
        }
    }

    private func reset(_ context: ChannelHandlerContext) {
        context.flush()
        let channel = context.channel
        core.lingerNot(channel).whenComplete { _ in channel.close(promise: nil) }
    }
}

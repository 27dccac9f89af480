import CurlHTTP
import DHIS2
import HTTPVocabulary
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FailureTests {
    @Test func saysThatAHostNameDoesNotResolve() async throws {
        try await withTransport { transport in
            let error = try await failure(of: transport, TransportRequest(url: "http://nosuchhost.invalid/x?token=s"))
            #expect(error.code == .nameResolution)
            #expect(error.message == "The host name \"nosuchhost.invalid\" could not be resolved.")
            #expect(error.phase == .nameLookup)
        }
    }

    @Test func saysThatTheHostRefusedTheConnection() async throws {
        let refusing = try RefusingPort()
        try await withTransport { transport in
            let error = try await failure(of: transport, TransportRequest(url: "http://127.0.0.1:\(refusing.port)/"))
            #expect(error.code == .refused)
            #expect(error.message == "127.0.0.1:\(refusing.port) refused the connection.")
        }
    }

    @Test func saysThatTheServerClosedWithoutAnAnswer() async throws {
        let error = try await failure { connection in
            _ = connection.readRequest()
        }
        #expect(error.code == .reset)
        #expect(error.message == "HOST closed the connection without an answer.")
        #expect(error.phase == .waiting)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nConte", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
    func saysThatTheConnectionWasReset(sent: String) async throws {
        let error = try await failure { connection in
            _ = connection.readRequest()
            connection.write(sent)
            connection.reset()
        }
        #expect(error.code == .reset)
        let moment = sent.isEmpty ? "after the request was sent, without an answer" : "before its answer was complete"
        #expect(error.message == "HOST reset the connection \(moment).")
        #expect(error.phase == (sent.isEmpty ? .waiting : .answer))
    }

    @Test(arguments: [true, false])
    func saysThatAHandshakeBrokeOff(isReset: Bool) async throws {
        let error = try await failure { base in
            TransportRequest(url: base.replacing("http://", with: "https://") + "/")
        } with: { connection in
            connection.waitForBytes()
            if isReset { connection.reset() }
        }
        #expect(error.code == .reset)
        #expect(error.message == "HOST broke the connection during the TLS handshake.")
        #expect(error.phase == .tls)
    }

    @Test func aShorterTimeoutOfTheRequestBoundsTheHandshakeToo() async throws {
        let error = try await failure { base in
            TransportRequest(url: base.replacing("http://", with: "https://") + "/", timeout: .seconds(2))
        } with: { connection in
            connection.waitForEnd()
        }
        #expect(error.code == .connectTimeout)
        #expect(error.message == "HOST accepted the connection, but the TLS handshake did not finish within 2 s.")
        #expect(error.phase == .tls)
    }

    @Test(arguments: [
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
            "The answer of HOST broke off: transfer closed with 7 bytes remaining to read."
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            "The answer of HOST broke off: transfer closed with outstanding read data remaining."
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
            "The answer of HOST is broken: Illegal or missing hexadecimal sequence in chunked-encoding."
        ),
        (
            "SSH-2.0-OpenSSH_9.2\r\n\r\n",
            "What HOST answered is not HTTP: Received HTTP/0.9 when not allowed."
        ),
    ])
    func saysHowAnAnswerIsBroken(sent: String, message: String) async throws {
        let error = try await failure { connection in
            _ = connection.readRequest()
            connection.write(sent)
        }
        #expect(error.code == .protocolViolation)
        #expect(error.message == message)
    }

    @Test(arguments: [
        ("gzip", Array("not gzip!".utf8), "gzip: incorrect header check"),
        ("gzip", packed + [0x21], "gzip: more follows its end"),
        ("gzip", packed.dropLast() + [0x21], "gzip: incorrect length check"),
        ("br", Array("not brotli".utf8), "br: PADDING_2"),
        (
            "\u{1B}[31mgzip", Array("abc".utf8),
            "it says: routecheck knows only gzip, deflate, br, zstd"
        ),
        (
            "x-secret", Array("abc".utf8),
            "x-secret: routecheck knows only gzip, deflate, br, zstd"
        ),
    ])
    func saysThatABodyIsNotPackedAsItSays(coding: String, body: [UInt8], reason: String) async throws {
        let error = try await failure { connection in
            _ = connection.readRequest()
            connection.write(
                "HTTP/1.1 200 OK\r\nContent-Encoding: \(coding)\r\nContent-Length: \(body.count)\r\n\r\n"
            )
            connection.write(body)
        }
        #expect(error.code == .undecodable)
        // Who named the coding is told by the rest of the header section.
        #expect(error.begunAnswer?.header("content-encoding")?.hasSuffix(coding.suffix(4)) == true)
        #expect(error.message == "The body from HOST could not be decoded as \(reason).")
    }

    /// `hi` in a gzip member with one stored block (RFC 1951, section 3.2.4).
    private static let packed: [UInt8] =
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1, 2, 0, 0xFD, 0xFF, 0x68, 0x69]
        + [0xAC, 0x2A, 0x93, 0xD8, 2, 0, 0, 0]

    @Test func saysThatNoAnswerCameInTime() async throws {
        let error = try await failure { base in
            TransportRequest(url: base + "/", timeout: .seconds(2))
        } with: { connection in
            connection.waitForEnd()
        }
        #expect(error.code == .timeout)
        #expect(error.message == "HOST did not answer within 2 s.")
        #expect(error.timings.total >= .seconds(2))
        #expect(error.timings.connect > .zero)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "3 of the 10 bytes of its body"),
        ("HTTP/1.1 200 OK\r\n\r\nabc", "3 bytes of its body"),
        ("HTTP/1.1 20", "not even its header fields"),
    ])
    func saysThatTheAnswerWasNotCompleteInTime(beginning: String, progress: String) async throws {
        let error = try await failure { base in
            TransportRequest(url: base + "/", timeout: .seconds(3))
        } with: { connection in
            _ = connection.readRequest()
            connection.write(beginning)
            connection.waitForEnd()
        }
        #expect(error.code == .timeout)
        #expect(
            error.message == "HOST began to answer, but did not finish within 3 s; \(progress) had come."
        )
        // What came of the body goes with the error.
        let begun = beginning.contains("abc") ? Array("abc".utf8) : nil
        #expect(error.begunAnswer?.truncatedEnd == begun)
        #expect(error.begunAnswer?.statusCode == begun.map { _ in 200 })
    }

    @Test func saysThatAHandshakeDidNotEndInTime() async throws {
        let error = try await failure { base in
            TransportRequest(url: base.replacing("http://", with: "https://") + "/")
        } options: {
            $0.connectTimeout = .seconds(2)
        } with: { connection in
            connection.waitForEnd()
        }
        #expect(error.code == .connectTimeout)
        #expect(error.message == "HOST accepted the connection, but the TLS handshake did not finish within 2 s.")
        #expect(error.phase == .tls)
    }

    @Test func saysThatAServerDoesNotSpeakTLS() async throws {
        let error = try await failure { base in
            TransportRequest(url: base.replacing("http://", with: "https://") + "/")
        } with: { connection in
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.waitForEnd()
        }
        #expect(error.code == .tls)
        #expect(error.message == "HOST does not speak TLS: write the URL with http://, or name another port.")
    }

    @Test func refusesEndlessHeaderFields() async throws {
        let error = try await failure { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n")
            while connection.write("X-More: \(String(repeating: "a", count: 1000))\r\n") {}
        }
        #expect(error.code == .tooLarge)
        #expect(error.message == "HOST sent more than 262144 bytes of header fields, the most that routecheck reads.")
    }

    @Test func refusesAnEndlessHeaderField() async throws {
        let error = try await failure { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nX-Long: ")
            while connection.write(String(repeating: "a", count: 1000)) {}
        }
        #expect(error.code == .tooLarge)
        #expect(error.message == "HOST sent a header field that is too long.")
    }

    @Test func refusesAnEndlessBody() async throws {
        let error = try await failure(options: { $0.limits.body = 1_000_000 }) { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
            while connection.write(Array(repeating: 0x61, count: 10_000)) {}
        }
        #expect(error.code == .tooLarge)
        #expect(error.message == "HOST sent a body of more than 1000000 bytes, the most that routecheck reads.")
    }

    @Test func refusesACompressedBodyThatUnpacksWithoutEnd() async throws {
        let error = try await failure { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
            connection.write(GzipBomb.start)
            while connection.write(GzipBomb.more) {}
        }
        #expect(error.code == .tooLarge)
        #expect(error.message == "HOST sent a body of more than 67108864 bytes, the most that routecheck reads.")
    }

    @Test(arguments: [
        ("ftp://127.0.0.1/", "The URL's scheme is neither http nor https."),
        ("127.0.0.1/", "The URL cannot be used: it has no scheme."),
        ("", "The URL cannot be used: it has no scheme."),
        ("http://127.0.0.1/a b", "The URL cannot be used: it contains a blank or a control character."),
        ("http://127.0.0.1/a\0b", "The URL cannot be used: it contains a blank or a control character."),
        (
            "http://user:secret@127.0.0.1/",
            "The URL cannot be used: it contains a user name; send credentials as a header field."
        ),
        (
            "http://127.0.0.1:99999/",
            "The URL cannot be used: Port number was not a decimal number between 0 and 65535."
        ),
    ])
    func refusesAURLThatItCannotSend(url: String, message: String) async throws {
        try await withTransport { transport in
            let error = try await failure(of: transport, TransportRequest(url: url))
            #expect(error.code == .invalidRequest)
            #expect(error.message == message)
        }
    }

    @Test func refusesAHeadRequestWithABody() async throws {
        try await withTransport { transport in
            let request = TransportRequest(method: .head, url: "http://127.0.0.1/", body: [])
            let error = try await failure(of: transport, request)
            #expect(error.code == .invalidRequest)
            #expect(error.message == "A HEAD request cannot have a body.")
        }
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\n", "a\0b", " a", "\t", "\u{85}"])
    func refusesAUserAgentThatNoFieldCanCarry(userAgent: String) async throws {
        try await withTransport {
            $0.userAgent = userAgent
        } _: { transport in
            let error = try await failure(of: transport, TransportRequest(url: "http://127.0.0.1/"))
            #expect(error.code == .invalidRequest)
            #expect(error.message == "The user agent cannot be sent in a header field.")
        }
    }
}

/// A gzip stream that unpacks to zeros without end, 158 bytes for each of its own.
private enum GzipBomb {
    /// The gzip header, and a deflate block that begins with a literal zero (RFC 1951, section 3.2.6).
    static let start: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + bytes(of: blockStart + padding)
    /// Repetitions of the last byte, 258 times each.
    static let more = bytes(of: Array(repeating: repetition, count: 8 * 1000).flatMap(\.self))

    /// Not the last block; Huffman codes fixed (01, low bit first); the code of the literal 0.
    private static let blockStart: [UInt8] = [0, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0]
    /// A repetition at distance 1, in the code of the length 258 and of the distance.
    private static let repetition: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0]
    /// As many repetitions as fill up the last byte: 11 + 13 are three bytes.
    private static let padding = repetition

    private static func bytes(of bits: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].enumerated().reduce(0) { $0 | $1.element << UInt8($1.offset) }
        }
    }
}

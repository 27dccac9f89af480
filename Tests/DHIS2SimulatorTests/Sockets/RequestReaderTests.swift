import Testing

@testable import DHIS2Simulator

/// Requests as bytes, whatever pieces they arrive in.
@Suite struct RequestReaderTests {
    /// Bytes that arrive in pieces of given sizes, the last size again and again.
    private final class Pieces: ByteSource {
        private var rest: ArraySlice<UInt8>
        private var sizes: [Int]
        private(set) var largestBuffer = 0

        init(_ bytes: [UInt8], sizes: [Int]) {
            rest = bytes[...]
            self.sizes = sizes
        }

        func receive(into buffer: UnsafeMutableRawBufferPointer) -> Int {
            largestBuffer = max(largestBuffer, buffer.count)
            let size = sizes.count > 1 ? sizes.removeFirst() : sizes[0]
            let part = rest.prefix(min(max(size, 1), buffer.count))
            buffer.copyBytes(from: part)
            rest = rest.dropFirst(part.count)
            return part.count
        }
    }

    /// What comes of all the requests in a text: each as `METHOD target [fields] body`, then how they end.
    private static func outcome(_ text: String, sizes: [Int] = [.max]) -> [String] {
        let reader = RequestReader(Pieces(Array(text.utf8), sizes: sizes))
        var lines: [String] = []
        do throws(RequestProblem) {
            while let head = try reader.head() {
                guard let body = try reader.body(head.framing) else { return lines + ["cut off"] }
                let target = head.path + (head.rawQuery.map { "?" + $0 } ?? "")
                let fields = head.headers.fields.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
                let marks = (head.keepsAlive ? "" : " closes") + (head.expectsContinue ? " expects" : "")
                lines.append("\(head.method) \(target) [\(fields)] \(String(decoding: body, as: UTF8.self))\(marks)")
            }
            return lines + ["end"]
        } catch {
            return lines + ["\(error.status)"]
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let outcome: [String]

        init(_ text: String, _ outcome: String...) {
            self.text = text
            self.outcome = outcome
        }

        var testDescription: String { text.debugDescription }
    }

    private static let post = "POST /p HTTP/1.1\r\nHost: h\r\n"

    static let sound: [Row] = [
        Row("", "end"),
        Row("GET /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a?b=c [Host=h] ", "end"),
        Row("GET /a? HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a? [Host=h] ", "end"),
        Row("\r\n\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / [Host=h] ", "end"),
        Row("GET / HTTP/1.1\nHost: h\n\n", "GET / [Host=h] ", "end"),
        Row("GET / HTTP/1.1\r\nhOsT:h\r\nX:\t a  b \t\r\nEmpty:\r\n\r\n", "GET / [hOsT=h;X=a  b;Empty=] ", "end"),
        Row("GET / HTTP/1.1\r\nHost:\r\nX: é\r\n\r\n", "GET / [Host=;X=é] ", "end"),
        Row("GET /é HTTP/1.1\r\nHost: h\r\n\r\n", "GET /é [Host=h] ", "end"),
        Row("CONNECT a:443 HTTP/1.1\r\nHost: h\r\n\r\n", "CONNECT a:443 [Host=h] ", "end"),
        Row("M-SEARCH * HTTP/1.7\r\nHost: h\r\n\r\n", "M-SEARCH * [Host=h] ", "end"),
        Row("GET / HTTP/1.0\r\n\r\n", "GET / []  closes", "end"),
        Row("GET / HTTP/1.0\r\nConnection: x, Keep-Alive\r\n\r\n", "GET / [Connection=x, Keep-Alive] ", "end"),
        Row(
            "GET / HTTP/1.0\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n",
            "GET / [Connection=keep-alive;Connection=close]  closes",
            "end"
        ),
        Row(
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: ,x,,CLOSE\r\n\r\n",
            "GET / [Host=h;Connection=,x,,CLOSE]  closes",
            "end"
        ),
        Row("GET / HTTP/1.1\r\nHost: h\r\nConnection: closed\r\n\r\n", "GET / [Host=h;Connection=closed] ", "end"),
        Row(post + "Content-Length: 3\r\n\r\nabcGET", "POST /p [Host=h;Content-Length=3] abc", "end"),
        Row(post + "Content-Length: 0003\r\n\r\nabc", "POST /p [Host=h;Content-Length=0003] abc", "end"),
        Row(post + "Content-Length: 4\r\n\r\nabc", "cut off"),
        Row(post + "Content-Length: 0\r\n\r\n", "POST /p [Host=h;Content-Length=0] ", "end"),
        Row(
            post + "Expect: x, 100-Continue\r\nContent-Length: 1\r\n\r\na",
            "POST /p [Host=h;Expect=x, 100-Continue;Content-Length=1] a expects",
            "end"
        ),
        Row(
            "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na",
            "POST / [Expect=100-continue;Content-Length=1] a closes",
            "end"
        ),
        Row(
            post + "Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n00000A ; x=\"y\";z\r\n0123456789\r\n0;q\r\n\r\n",
            "POST /p [Host=h;Transfer-Encoding=Chunked] abc0123456789",
            "end"
        ),
        Row(
            post
                + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nDigest: x\r\nY:\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST /p [Host=h;Transfer-Encoding=chunked] a",
            "GET / [Host=h] ",
            "end"
        ),
        Row(post + "Transfer-Encoding: chunked\r\n\r\n5\r\nabc", "cut off"),
        Row(post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n", "cut off"),
        // RFC 9112, section 6.1: chunks win, and the connection ends.
        Row(
            post + "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "POST /p [Host=h;Content-Length=9;Transfer-Encoding=chunked] a closes",
            "end"
        ),
        Row(
            "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
            "POST / [Connection=keep-alive;Content-Length=1;Transfer-Encoding=chunked] a closes",
            "end"
        ),
        Row("GET / HT", "end"),
        Row("GET / HTTP/1.1\r\nHost: h\r\n", "end"),
    ]

    static let refused: [Row] = [
        Row("nonsense\r\n", "400"), Row("GET\r\n", "400"), Row("GET /\r\n", "400"), Row("GET  / HTTP/1.1\r\n", "400"),
        Row("GET /  HTTP/1.1\r\n", "400"), Row("GET / HTTP/1.1 \r\n", "400"), Row(" GET / HTTP/1.1\r\n", "400"),
        Row("GET\t/ HTTP/1.1\r\n", "400"), Row("GET /a b HTTP/1.1\r\n", "400"), Row("GET /\u{7F} HTTP/1.1\r\n", "400"),
        Row("G(T / HTTP/1.1\r\n", "400"), Row("GÉT / HTTP/1.1\r\n", "400"), Row("GET / http/1.1\r\n", "400"),
        Row("GET / HTTP/11\r\n", "400"), Row("GET / HTTP/1.10\r\n", "400"), Row("GET / HTTP/1.x\r\n", "400"),
        Row("GET / HTTP/1.1\r\r\n", "400"), Row("GET / ICAP/1.0\r\n", "400"),
        Row("GET / HTTP/2.0\r\n", "505"), Row("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"),
        Row("GET / HTTP/0.9\r\n", "505"),
        // TLS, which has no line feed to wait for.
        Row("\u{16}\u{3}\u{1}", "400"), Row("\0", "400"), Row("\r\r", "400"), Row("{\"a\":", "400"),
        // RFC 9112, section 3.2.
        Row("GET / HTTP/1.1\r\n\r\n", "400"), Row("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", "400"),
        Row("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
        // Section 5.
        Row(post + "bad header\r\n", "400"), Row(post + "X : y\r\n", "400"), Row(post + ": y\r\n", "400"),
        Row(post + " folded\r\n", "400"), Row(post + "\tfolded: x\r\n", "400"), Row(post + "X: a\u{0}b\r\n", "400"),
        Row(post + "X: a\rb\r\n", "400"), Row(post + "X: \u{7F}\r\n", "400"), Row(post + "Ü: y\r\n", "400"),
        // Lengths.
        Row(post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", "400"),
        Row(post + "Content-Length: 1, 1\r\n", "400"),
        Row(post + "Content-Length:\r\n", "400"), Row(post + "Content-Length: +1\r\n", "400"),
        Row(post + "Content-Length: -1\r\n", "400"), Row(post + "Content-Length: 1 1\r\n", "400"),
        Row(post + "Content-Length: 0x1\r\n", "400"), Row(post + "Content-Length: ١\r\n", "400"),
        Row(post + "Content-Length: 9223372036854775808\r\n", "400"),
        Row(post + "Content-Length: 99999999999999999999\r\n", "400"),
        Row(post + "Content-Length: \(String(repeating: "9", count: 60_000))\r\n", "400"),
        Row(post + "Content-Length: 9223372036854775807\r\n\r\n", "413"),
        Row(post + "Content-Length: \((64 << 20) + 1)\r\n\r\n", "413"),
        // Codings.
        Row(post + "Transfer-Encoding: gzip\r\n", "501"), Row(post + "Transfer-Encoding: gzip, chunked\r\n", "501"),
        Row(post + "Transfer-Encoding: identity\r\n", "501"),
        Row(post + "Transfer-Encoding: chunked, chunked\r\n", "400"),
        Row(post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "400"),
        Row(post + "Transfer-Encoding:\r\n", "400"), Row(post + "Transfer-Encoding: ,\r\n", "400"),
        Row(post + "Transfer-Encoding: chunked;q=1\r\n", "400"), Row(post + "Transfer-Encoding: xchunked\r\n", "501"),
    ]

    /// What follows the head of a chunked request.
    static let refusedChunks = [
        "\r\n", "x\r\n", "g\r\n", " 1\r\na\r\n", "-1\r\n", "0x1\r\n", "1 x\r\na\r\n", "1\na\r\n", "1\r\nab\r\n",
        "1\r\na\n", "1\r\na\r\n\r\n", "1;\u{1}\r\na\r\n", "1\r;x\r\n", "000000001\r\na\r\n", "100000000\r\n",
        "ffffffffffffffff\r\n",
        "ffffffffffffffffff\r\n", "7fffffffffffffff\r\n", "0\r\nbad trailer\r\n", "0\r\nX : y\r\n", "0\r\n X: y\r\n",
        "1;\(String(repeating: "x", count: 8 << 10))\r\na\r\n",
        String(repeating: "1;\(String(repeating: "x", count: 1000))\r\na\r\n", count: 9),
        "0\r\n" + String(repeating: "X: y\r\n", count: 1001) + "\r\n",
        "0\r\nX: \(String(repeating: "y", count: 64 << 10))\r\n\r\n",
    ]

    @Test(arguments: sound + refused)
    func readsRequests(_ row: Row) {
        #expect(Self.outcome(row.text) == row.outcome)
    }

    @Test(arguments: refusedChunks)
    func refusesBrokenChunks(_ chunks: String) {
        #expect(Self.outcome(Self.post + "Transfer-Encoding: chunked\r\n\r\n" + chunks) == ["400"])
    }

    @Test func saysNothingOfWhatThePiecesWere() {
        var random = SeededNumbers(seed: 1)
        let chunked = Self.refusedChunks.map { Row(Self.post + "Transfer-Encoding: chunked\r\n\r\n" + $0, "400") }
        for row in Self.sound + Self.refused + chunked {
            #expect(Self.outcome(row.text, sizes: [1]) == row.outcome, "\(row.text.prefix(200).debugDescription)")
            for _ in 0..<20 {
                let sizes = (0..<20).map { _ in Int.random(in: 1...max(row.text.utf8.count / 4, 2), using: &random) }
                #expect(Self.outcome(row.text, sizes: sizes) == row.outcome, "\(sizes)")
            }
        }
    }

    @Test func isNeitherStoppedNorMisledByRandomBytes() {
        var random = SeededNumbers(seed: 1)
        let pool = Array(
            "GET / HTTP/1.1\r\n\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n5;x\r\n".utf8
        )
        for _ in 0..<2_000 {
            var bytes = Array(
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n".utf8
            )
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(pool.randomElement(using: &random) ?? 0, at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let whole = Self.outcome(text)
            #expect(Self.outcome(text, sizes: [1]) == whole, "\(text.debugDescription)")
        }
    }

    // MARK: Limits

    /// A head of so many bytes, in one long field or in many.
    private static func head(of count: Int, longFields: Int = 1) -> String {
        let start = "GET / HTTP/1.1\r\nHost: h\r\n"
        let share = (count - start.utf8.count - 2) / longFields
        let rest = (count - start.utf8.count - 2) - share * longFields
        let fields = (0..<longFields).map { index in
            "X: " + String(repeating: "x", count: share + (index == 0 ? rest : 0) - 5) + "\r\n"
        }
        return start + fields.joined() + "\r\n"
    }

    @Test(arguments: [1, 3, 100])
    func readsHeadsOf8KibibytesAndNoMore(longFields: Int) {
        for (size, status) in [(8_192, "end"), (8_193, "400"), (200_000, "400")] {
            for sizes in [[Int.max], [1000]] {
                let text = Self.head(of: size, longFields: longFields)
                #expect(text.utf8.count == size)
                #expect(Self.outcome(text, sizes: sizes).last == status)
            }
        }
    }

    @Test func readsAThousandFieldsAndNoMore() {
        for (count, status) in [(1000, "end"), (1001, "400"), (20_000, "400")] {
            let fields = "Host: h\r\n" + String(repeating: "X: y\r\n", count: count - 1)
            #expect(Self.outcome("GET / HTTP/1.1\r\n\(fields)\r\n").last == status)
        }
    }

    @Test func doesNotWaitForTheEndOfWhatIsTooMuch() {
        #expect(Self.outcome("GET /" + String(repeating: "x", count: 70_000)) == ["400"])
        #expect(Self.outcome(String(repeating: "\r\n", count: 40_000)) == ["400"])
        #expect(
            Self.outcome(Self.post + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: "0", count: 9_000)) == [
                "400"
            ]
        )
    }

    @Test func reservesNothingForBytesThatOnlyWereAnnounced() throws {
        for announcement in ["Content-Length: 67108864\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n4000000\r\n"] {
            let source = Pieces(Array((Self.post + announcement + "abc").utf8), sizes: [.max])
            let reader = RequestReader(source)
            let head = try #require(try reader.head())
            #expect(try reader.body(head.framing) == nil)
            #expect(source.largestBuffer <= 16 << 10)
        }
    }

    @Test func keepsABodyWithinItsBound() {
        let megabyte = "100000\r\n" + String(repeating: "x", count: 1 << 20) + "\r\n"
        let start = Self.post + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: megabyte, count: 64)
        #expect(Self.outcome(start + "0\r\n\r\n").last == "end")
        #expect(Self.outcome(start + "1\r\na\r\n0\r\n\r\n") == ["413"])
    }
}

/// Random numbers that a seed decides, so that what fails once fails again.
private struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        // The multiplier and increment are Knuth's, for MMIX; the lowest bits of such a sequence repeat soon.
        let halves = (0..<2).map { _ -> UInt64 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 32
        }
        return halves[0] << 32 | halves[1]
    }
}

import DHIS2
import Testing

@testable import CurlHTTP

/// Packed bodies, and where they end.
@Suite(.timeLimit(.minutes(5)))
struct BodyDecoderTests {
    /// `hello, hello, hello`, packed by the tools of each coding.
    struct Packed: Sendable, CustomTestStringConvertible {
        let coding: String
        let bytes: [UInt8]
        let testDescription: String

        init(_ name: String, _ coding: String, _ hex: String) {
            self.coding = coding
            testDescription = name
            bytes = stride(from: 0, to: hex.utf8.count, by: 2).compactMap {
                UInt8(hex.dropFirst($0).prefix(2), radix: 16)
            }
        }
    }

    static let text = "hello, hello, hello"
    static let gzip = Packed("gzip", "gzip", "1f8b0800000000000203cb48cdc9c9d751c840a2009fa1ca0913000000")
    static let brotli = Packed("br", "br", "1b1200f88d946ede44095286966c2c6f114f24d07100")
    static let zstandard = Packed("zstd", "zstd", "28b52ffd04586d00003868656c6c6f2c200100e28a1175f3988e")
    static let all = [
        gzip, brotli, zstandard, Packed("deflate in zlib's format", "deflate", "789ccb48cdc9c9d751c840a200442806d5"),
        Packed("raw deflate", "deflate", "cb48cdc9c9d751c840a200"),
    ]

    private func unpacked(_ pieces: [[UInt8]], _ coding: String) throws -> (text: String, isComplete: Bool) {
        let decoder = try #require(try BodyDecoder(contentEncoding: coding))
        var body: [UInt8] = []
        for piece in pieces {
            try piece.withUnsafeBytes { bytes in
                let wantsMore = try decoder.decode(bytes) {
                    body += $0
                    return true
                }
                #expect(wantsMore)
            }
        }
        return (String(decoding: body, as: UTF8.self), decoder.isComplete)
    }

    @Test(arguments: all)
    func unpacksWhateverThePieces(packed: Packed) throws {
        for size in [1, 2, 3, 7, packed.bytes.count] {
            let pieces = stride(from: 0, to: packed.bytes.count, by: size).map {
                Array(packed.bytes[$0..<min($0 + size, packed.bytes.count)])
            }
            let outcome = try unpacked(pieces, packed.coding)
            #expect(outcome.text == Self.text)
            #expect(outcome.isComplete)
        }
    }

    /// Wherever the bytes end before the stream does, the checksum behind it included.
    @Test(arguments: all)
    func knowsThatAStreamBreaksOffWhereverItDoes(packed: Packed) throws {
        for count in 1..<packed.bytes.count {
            #expect(try !unpacked([Array(packed.bytes.prefix(count))], packed.coding).isComplete, "\(count) bytes")
        }
    }

    @Test(arguments: [gzip, zstandard], [[1], [1, 1], [5]])
    func takesSeveralStreamsForOneBody(packed: Packed, rests: [Int]) throws {
        let body = Array([[UInt8]](repeating: packed.bytes, count: rests.count + 1).joined())
        let outcome = try unpacked([body], packed.coding)
        #expect(outcome.text == String(repeating: Self.text, count: rests.count + 1))
        #expect(outcome.isComplete)
        let cut = try unpacked([Array(body.dropLast(rests[0]))], packed.coding)
        #expect(!cut.isComplete)
    }

    @Test(arguments: all)
    func refusesWhatFollowsTheEnd(packed: Packed) {
        #expect(throws: DecodingFault.trailing) { try unpacked([packed.bytes + [0x21]], packed.coding) }
        let pieces = [packed.bytes, [0x21, 0x22, 0x23, 0x24]]
        #expect(throws: DecodingFault.trailing) { try unpacked(pieces, packed.coding) }
    }

    /// A frame of raw blocks (RFC 8878, section 3.1.1.2.2), as large as what the decoder takes at once, or a byte less or more.
    @Test(arguments: [32_767, 32_768, 32_769, 65_536, 131_072, 262_144])
    func unpacksZstandardOfAnySize(size: Int) throws {
        var frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x80 | 0x20]
        frame += (0..<4).map { UInt8(truncatingIfNeeded: size >> ($0 * 8)) }
        var left = size
        while left > 0 {
            // A run-length block: its size, and the byte that it repeats.
            let count = min(left, 128 * 1024)
            left -= count
            let header = count << 3 | 1 << 1 | (left == 0 ? 1 : 0)
            frame += (0..<3).map { UInt8(truncatingIfNeeded: header >> ($0 * 8)) } + [0x61]
        }
        let outcome = try unpacked([frame], "zstd")
        #expect(outcome.text.utf8.count == size)
        #expect(outcome.isComplete)
        #expect(try unpacked([frame, frame], "zstd").isComplete)
        #expect(try !unpacked([Array(frame.dropLast())], "zstd").isComplete)
    }

    /// What is large between two codings and small at the end would take for ever all the same.
    @Test func boundsWhatEachCodingUnpacksTo() throws {
        let decoder = try #require(try BodyDecoder(contentEncoding: "gzip, deflate", limit: 40))
        // A stored block of deflate holds two gzip members as they are.
        let inner = Self.gzip.bytes + Self.gzip.bytes
        let count = UInt8(inner.count)
        let outer: [UInt8] = [1, count, 0, ~count, 0xFF] + inner
        #expect(throws: DecodingFault.tooLarge) {
            try outer.withUnsafeBytes { bytes in _ = try decoder.decode(bytes) { _ in true } }
        }
    }

    @Test func readsTheCodingsOfSeveralFields() async throws {
        let inner = Self.gzip.bytes
        let count = UInt8(inner.count)
        let twice: [UInt8] = [1, count, 0, ~count, 0xFF] + inner
        let exchange = try await exchange { connection in
            _ = connection.readRequest()
            connection.write(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Encoding: deflate\r\nContent-Length: \(twice.count)\r\n\r\n"
            )
            connection.write(twice)
        }
        #expect(exchange.bodyText == Self.text)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nX-One: 1\r\nContent-Type: app", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n",
        "HTTP/1.1 200 OK\r\n",
    ])
    func anAnswerThatEndsInItsHeaderSectionIsNone(begun: String) async throws {
        let error = try await failure { connection in
            _ = connection.readRequest()
            connection.write(begun)
        }
        #expect(error.code == .protocolViolation)
        #expect(error.message.hasPrefix("The answer of HOST broke off"))
        #expect(error.begunAnswer == nil)
    }

    @Test func unpacksCodingsOneInTheOther() throws {
        let inner = Self.gzip.bytes
        // A stored block of deflate holds the bytes as they are (RFC 1951, section 3.2.4).
        let count = UInt8(inner.count)
        let outer: [UInt8] = [1, count, 0, ~count, 0xFF] + inner
        let outcome = try unpacked([outer], "gzip, deflate")
        #expect(outcome.text == Self.text)
        #expect(outcome.isComplete)
        #expect(try !unpacked([Array(outer.dropLast())], "gzip, deflate").isComplete)
    }

    @Test(arguments: ["gzip", " GZIP ", "x-gzip", "identity, gzip", ",gzip,"])
    func knowsTheNamesOfACoding(field: String) throws {
        #expect(try unpacked([Self.gzip.bytes], field).text == Self.text)
    }

    @Test(arguments: ["identity", "", " , ", "Identity"])
    func hasNothingToDoForABodyThatIsNotPacked(field: String) throws {
        #expect(try BodyDecoder(contentEncoding: field) == nil)
    }

    @Test(arguments: ["UTF-8", "gzip, UTF-8", "compress", "gzip;q=1", "none"])
    func refusesCodingsThatItDoesNotKnow(field: String) {
        #expect(throws: DecodingFault.unknownCoding) { try BodyDecoder(contentEncoding: field) }
    }

    @Test func refusesMoreCodingsThanAnybodyUses() {
        let field = Array(repeating: "gzip", count: 6).joined(separator: ",")
        #expect(throws: DecodingFault.tooManyCodings) { try BodyDecoder(contentEncoding: field) }
    }

    @Test func refusesAWindowThatNoServerMayUse() {
        // A frame with a window of 16 MiB (RFC 8878, section 3.1.1; RFC 9659 allows 8).
        let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x70, 0x01, 0x00, 0x00]
        #expect(throws: DecodingFault.broken("Frame requires too much memory for decoding")) {
            try unpacked([frame], "zstd")
        }
    }

    @Test(arguments: all, [true, false])
    func aCutBodyIsNoAnswer(packed: Packed, hasLength: Bool) async throws {
        for count in [packed.bytes.count / 2, packed.bytes.count - 1] {
            let cut = Array(packed.bytes.prefix(count))
            let error = try await failure { connection in
                _ = connection.readRequest()
                let length = hasLength ? "Content-Length: \(count)\r\n" : ""
                connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: \(packed.coding)\r\n\(length)\r\n")
                connection.write(cut)
            }
            #expect(error.code == .truncatedBody)
            #expect(error.message == "The body from HOST broke off: its \(packed.coding) stream does not end.")
            #expect(error.begunAnswer?.statusCode == 200)
        }
    }

    /// A body of which nothing is kept is unpacked to its end all the same.
    @Test func aCutBodyThatNobodyWantsIsNoAnswerEither() async throws {
        let error = try await failure { base in
            TransportRequest(url: base + "/", keptBody: 0)
        } with: { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\n")
            connection.write(Array(Self.gzip.bytes.prefix(12)))
        }
        #expect(error.code == .truncatedBody)
    }

    @Test(arguments: [
        "HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Encoding: UTF-8\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 0\r\n\r\n",
    ])
    func anAnswerWithoutABodyNeedsNoStream(answer: String) async throws {
        let exchange = try await exchange { connection in
            _ = connection.readRequest()
            connection.write(answer)
        }
        #expect(exchange.bodySize == 0)
    }

    @Test func saysWhichCodingsItAccepts() async throws {
        let exchange = try await exchange { connection in
            guard let request = connection.readRequest() else { return }
            connection.write(ok(request.headers.joined(separator: "\n")))
        }
        #expect(exchange.bodyText.contains("Accept-Encoding: gzip, deflate, br, zstd"))
    }
}

import TestFuzzing
import Testing

@testable import CurlHTTP

/// Whatever a server sends: header lines one by one, and a body in pieces.
struct AnswerFuzzTests {
    private static let answers = [
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 \r\nServer: x\r\nX: y\r\n z\r\n\r\n{\"a\":1}",
        "HTTP/2 204\r\nDate: Thu, 26 Nov 2026 20:00:00 GMT\r\nContent-Encoding: gzip, br\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: 9223372036854775807\r\n\r\n\u{1F}\u{8B}\u{8}",
        "HTTP/1.0 999 x\nTransfer-Encoding: chunked\n\n5\r\nhello\r\n0\r\n\r\n",
    ]

    @Test
    func collectsAnyAnswer() async {
        var limits = CurlOptions.Limits()
        limits.body = 1 << 16
        limits.headerSection = 1 << 12
        let words = ["Content-Encoding: ", "gzip", "br", "zstd", "deflate", "identity", "HTTP/1.1 ", "\r\n\r\n"]
        let fuzzer = Fuzzer("curl-answers", samples: Self.answers, words: words, inputs: 3_000)
        let outcome = await fuzzer.run { bytes in
            var collector = ResponseCollector(limits: limits)
            var rest = bytes[...]
            while !rest.isEmpty, !collector.hasHeaderSection {
                let line = rest.prefix { $0 != 0x0A } + [0x0A]
                rest = rest.dropFirst(line.count)
                guard Array(line).withUnsafeBytes({ collector.takeHeaderLine($0) }) else { return }
            }
            for size in [1, 7, rest.count] where !rest.isEmpty {
                let piece = Array(rest.prefix(size))
                let taking = piece.withUnsafeBytes {
                    collector.takeBody($0, announcedSize: { bytes.count &* 0x7FFF_FFFF })
                }
                guard case .taken = taking else { return }
                rest = rest.dropFirst(piece.count)
            }
            #expect(collector.bodySize >= collector.body.count)
        }
        #expect(!outcome.isTooSlow, "\(String(decoding: outcome.slowest, as: UTF8.self))")
    }

    /// Packed texts, of which each byte may be another.
    @Test
    func unpacksAnyBody() async {
        let packed = BodyDecoderTests.all
        let words = ["\u{1F}\u{8B}", "(\u{B5}/\u{FD}", "x\u{9C}"]
        var number = 0
        // The samples only say how long the bytes are, since they are not text.
        let samples = packed.map { String(repeating: "a", count: $0.bytes.count) }
        let outcome = await Fuzzer("curl-bodies", samples: samples, words: words, inputs: 3_000).run { mask in
            number += 1
            let sample = packed[number % packed.count]
            var bytes = sample.bytes
            // Where a mutation has left its mark, the packed byte gets it too.
            for place in bytes.indices where place < mask.count && mask[place] != UInt8(ascii: "a") {
                bytes[place] ^= mask[place]
            }
            bytes += mask.dropFirst(bytes.count + number % 3)
            guard let decoder = try? BodyDecoder(contentEncoding: sample.coding, limit: 1 << 16) else { return }
            var size = 0
            _ = bytes.withUnsafeBytes { bytes in
                try? decoder.decode(bytes) {
                    size += $0.count
                    return true
                }
            }
            #expect(size <= 2 << 16)
        }
        #expect(!outcome.isTooSlow)
    }
}

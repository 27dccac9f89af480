import Testing

@testable import DHIS2Simulator

@Suite struct GzipTests {
    @Test func computesTheChecksumOfTheStandardsExample() {
        #expect(CRC32.checksum(of: "123456789".utf8) == 0xCBF4_3926)
    }

    @Test(arguments: [0, 1, 2, 3, 257, 258, 259, 1000, 65_537])
    func computesTheChecksumOfZerosWithoutThem(count: Int) {
        #expect(CRC32.checksum(ofZeros: count) == CRC32.checksum(of: Array(repeating: 0, count: count)))
    }

    @Test func storesBytesInBlocks() {
        // What Python's gzip module reads as "hi".
        #expect(
            Gzip.stored(Array("hi".utf8))
                == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1, 2, 0, 0xFD, 0xFF, 0x68, 0x69]
                + [0xAC, 0x2A, 0x93, 0xD8, 2, 0, 0, 0]
        )
        #expect(Gzip.stored(Array(repeating: 1, count: 70_000)).count == 10 + 5 + 0xFFFF + 5 + 4465 + 8)
    }

    @Test func packsZerosTightly() {
        let packed = Gzip.zeros(1 << 20)
        #expect(packed.count < 6700)
        #expect(packed.suffix(4) == [0, 0, 16, 0])
    }
}

import Testing

@testable import Text

/// Sets of bytes hold what was put into them and nothing else, on both sides of every word's edge.
struct ByteSetTests {
    @Test(arguments: [[], [0], [63, 64], [127, 128], [191, 192, 255], Array(0...255)] as [[UInt8]])
    func holdsItsBytesAlone(bytes: [UInt8]) {
        let set = ByteSet(bytes)
        #expect((UInt8.min...UInt8.max).filter(set.contains) == bytes)
    }

    @Test
    func takesCapitalsAlongForLowerCaseAlone() {
        let set = ByteSet("aZ[{".utf8, ignoringCase: true)
        #expect((UInt8.min...UInt8.max).filter(set.contains) == Array("AZ[a{".utf8))
    }

    @Test
    func aUnionHoldsBoth() {
        let set = ByteSet("ab").union(ByteSet("bc\u{E4}"))
        #expect(set == ByteSet("cab\u{E4}"))
        #expect(set.contains(0xC3) && set.contains(0xA4))
    }

    @Test(arguments: [("", true), ("abba", true), ("abc", false), ("a\u{E4}", false)])
    func saysWhetherATextIsOfItsBytes(text: String, isOfThem: Bool) {
        #expect(ByteSet("ab").containsAll(of: text) == isOfThem)
    }
}

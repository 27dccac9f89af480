import SourceDiagnostics
import Testing
import YAMLTree

@Suite struct YAMLLimitTests {
    @Test func refusesAnAliasBomb() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...20 {
            bomb += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }
        #expect(bomb.utf8.count < 2048)
        #expect(
            problems(bomb) == [
                "a:6:45: error: the file has more than 1000000 nodes when its aliases are expanded"
            ]
        )
    }

    @Test func countsMergedMapsToo() {
        var bomb = "a0: &a0 {k: x, l: x}\n"
        for level in 1...40 { bomb += "a\(level): &a\(level) {k: *a\(level - 1), <<: *a\(level - 1)}\n" }
        #expect(problems(bomb).last?.hasSuffix("more than 1000000 nodes when its aliases are expanded") == true)
    }

    @Test(arguments: [10_000, 65])
    func refusesDeepNesting(levels: Int) {
        #expect(
            problems(String(repeating: "[", count: levels)) == [
                "a:1:65: error: maps and lists are nested more than 64 deep"
            ]
        )
        #expect(
            problems(String(repeating: "- ", count: levels)) == [
                "a:1:129: error: maps and lists are nested more than 64 deep"
            ]
        )
    }

    @Test func takesTheDeepestNestingThatIsAllowed() {
        #expect(problems(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) == [])
    }

    @Test func countsTheDepthBehindAnAlias() {
        let deep = "a: &a \(String(repeating: "[", count: 40))\(String(repeating: "]", count: 40))\n"
        let fits = "\(String(repeating: "[", count: 23))*a\(String(repeating: "]", count: 23))"
        #expect(problems(deep + "b: \(fits)\n") == [])
        #expect(problems(deep + "b: [\(fits)]\n") == ["a:2:28: error: maps and lists are nested more than 64 deep"])
    }

    @Test func refusesAFileThatIsTooLarge() {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 33 * 1024 * 1024)
        #expect(problems(bytes) == ["a: error: the file is larger than 32 MiB (34603008 bytes)"])
    }

    @Test func refusesTooManyNodes() {
        var limits = YAMLLimits()
        limits.nodes = 10
        #expect(problems("[1, 2, 3, 4, 5, 6, 7, 8, 9]", limits: limits) == [])
        #expect(
            problems("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", limits: limits) == [
                "a:1:29: error: the file has more than 10 nodes when its aliases are expanded"
            ]
        )
        #expect(problems("{a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9}", limits: limits) == [])
    }
}

import Testing

@testable import DHIS2Behaviour

@Suite struct SubPathRulesTests {
    @Test(arguments: [
        ("a", PathCharacter.plain), ("~", .plain), ("/", .plain), ("$", .plain), ("@", .plain), ("\0", .control),
        ("\n", .control), ("\u{7F}", .control), ("\u{85}", .control), ("?", .end), ("#", .end), ("\\", .backslash),
        ("%", .disguise), (";", .disguise), ("{", .brace), ("}", .brace), (" ", .otherASCII), ("|", .otherASCII),
        ("\"", .otherASCII), ("[", .otherASCII), ("é", .beyondASCII), ("日", .beyondASCII), ("\u{A0}", .beyondASCII),
        ("\u{200B}", .invisible), ("\u{202E}", .invisible), ("\u{2028}", .invisible), ("\u{E000}", .invisible),
    ])
    func sortsCharacters(character: String, sort: PathCharacter) throws {
        let scalar = try #require(character.unicodeScalars.first)
        #expect(PathCharacter(scalar) == sort)
        #expect(SubPathRules.sorts(in: "a\(scalar)/b") == (sort == .plain ? [] : [sort]))
    }

    /// What is refused is passed on by nobody, and what some version passes on is what some release does.
    @Test(arguments: PathCharacter.allCases)
    func agreesWithTheVersions(sort: PathCharacter) {
        let passing = PossibleBehaviour.borders.map(RouteBehaviour.init).filter { sort.isPassedOn(by: $0) }
        #expect(passing.isEmpty == !sort.isEverPassedOn)
        if sort.isRefused { #expect(passing.isEmpty) }
        if sort == .plain { #expect(passing.count == PossibleBehaviour.borders.count) }
    }

    /// The encoder passes on what the rules say, for each character that can be.
    @Test(arguments: ["2.40.3", "2.41.8", "2.42.2", "2.43.0", "2.44-SNAPSHOT"])
    func theEncoderKeepsToTheRules(text: String) throws {
        let version = try #require(ServerVersion(text))
        let behaviour = RouteBehaviour(version)
        for value in [0..<0x180, 0x2000..<0x2070, 0xE000..<0xE002].joined() {
            let scalar = try #require(Unicode.Scalar(UInt32(value)))
            guard scalar != "/" else { continue }
            let isSent = (try? SubPathEncoder.encode("a\(scalar)b", for: version)) != nil
            #expect(isSent == PathCharacter(scalar).isPassedOn(by: behaviour), "U+\(String(value, radix: 16))")
        }
    }

    /// A mark that combines with a character does not hide it.
    @Test(arguments: [
        ("2.43.0", "a \u{301}b"), ("2.41.8", "a{\u{301}b"), ("2.41.8", "a?\u{301}b"), ("2.43.0", "a%\u{301}"),
        ("2.42.2", "a;\u{20DD}b"),
    ])
    func looksAtEachScalar(version: String, path: String) {
        #expect(throws: RequestEncodingError.self) { try SubPathEncoder.encode(path, for: ServerVersion(version)) }
        #expect(!SubPathRules.sorts(in: path).subtracting([.beyondASCII]).isEmpty)
    }

    @Test(arguments: [
        ("", nil), ("a", nil), ("a/", nil), ("a/b", nil), ("...", nil), (".a/b.", nil),
        ("/", SubPathRules.SegmentFault.empty),
        ("a//b", .empty), ("a//", .empty), (".", .dots), ("..", .dots), ("a/.", .dots), ("a/../b", .dots),
        ("../", .dots), ("a/..//", .dots), ("a//..", .empty),
    ])
    func findsTheFirstBadSegment(path: String, fault: SubPathRules.SegmentFault?) {
        #expect(SubPathRules.segmentFault(in: path) == fault)
    }

    @Test(arguments: [
        ("gist", true), ("gist/", true), ("gist.csv", true), ("Gist", false), ("gist//", false), ("gist/x", false),
        ("x/gist", false), ("gist.json", false), ("gist\u{301}", false), ("", false),
    ])
    func knowsTheGistAPI(path: String, isGist: Bool) {
        #expect(SubPathRules.isGist(path) == isGist)
    }

    @Test(arguments: [("", ""), ("/", ""), ("/a", "a"), ("a", "a"), ("//a", "/a"), ("a/", "a/")])
    func dropsOneSlash(path: String, relative: String) {
        #expect(SubPathRules.relative(path) == relative)
    }
}

@Suite struct RouteCodeRulesTests {
    @Test(arguments: [
        ("chap", true), ("a b", true), ("é", true), ("a?b", true), ("a#b", true), ("...", true), ("", false),
        (".", false),
        ("..", false), ("a/b", false), ("a\\b", false), ("a;b", false), ("a%b", false), ("a\nb", false),
        ("a\u{7F}", false),
    ])
    func aPathCanHoldMostCodes(code: String, isAddressable: Bool) {
        #expect(RouteCodeRules.isAddressable(code) == isAddressable)
    }

    @Test(arguments: [
        ("chap", true, true), ("a:b", true, false), ("a b", true, false), ("é", true, false), ("[t]", false, false),
        ("@t", false, false), ("t@", false, false), (":a", false, false), ("a\u{A0}", false, false),
        ("\u{3000}a", false, false),
        ("日 本", true, false), ("a!", false, false), ("a/b", false, false), ("a\u{200B}b", false, false),
        ("a_b-c.d~e", true, true),
        ("", false, false), (" a", false, false), ("a ", false, false), ("a:", false, false), ("a,b", false, false),
        ("a\tb", false, false), ("a\u{7F}", false, false),
    ])
    func aFilterCanHoldSomeCodes(code: String, isSafe: Bool, isSafeInList: Bool) {
        #expect(RouteCodeRules.isSafeToFilter(code) == isSafe)
        #expect(RouteCodeRules.isSafeInList(code) == isSafeInList)
    }
}

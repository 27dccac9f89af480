import Testing

@testable import DHIS2Behaviour

@Suite struct DHIS2MessageTests {
    @Test(arguments: DHIS2Message.all)
    func isRecognisedInItsOwnText(message: DHIS2Message) {
        #expect(message.pattern.match(message.example) != nil)
        #expect(!message.statuses.isEmpty)
        for status in message.statuses {
            let found = DHIS2Message.recognise(message.example, about: message.subject, status: status)
            #expect(found?.message.name == message.name)
        }
        #expect(
            DHIS2Message.recognise(message.example, about: message.subject, status: nil)?.message.name == message.name
        )
    }

    /// The text of one message is never taken for another, whatever it is asked about; words of DHIS2's HTTP engine can be
    /// inside any other text, so that they are only looked for where they are due.
    @Test(arguments: DHIS2Message.all)
    func isNotTakenForAnother(message: DHIS2Message) {
        for subject in DHIS2Message.Subject.allCases where subject != .target || message.subject == .target {
            let found = DHIS2Message.recognise(message.example, about: subject, status: nil)
            #expect(found == nil || found?.message == message)
        }
    }

    /// Text before or after a message makes it another one, unless the pattern leaves it open.
    @Test(arguments: DHIS2Message.all.filter { $0.subject != .target })
    func isRecognisedAsAWholeOnly(message: DHIS2Message) {
        #expect(message.pattern.match("x" + message.example) == nil)
        #expect(message.pattern.match(" " + message.example) == nil)
        #expect(message.pattern.match(String(message.example.dropFirst())) == nil)
        #expect(message.pattern.match("") == nil)
        let gaps = message.pattern.match(message.example) ?? []
        if gaps.isEmpty {
            #expect(message.pattern.match(message.example + ".") == nil)
            #expect(message.pattern.match(String(message.example.dropLast())) == nil)
            #expect(message.pattern.match(message.example.uppercased()) == nil)
        }
    }

    @Test(arguments: DHIS2Message.all)
    func doesNotCountUnderOtherStatuses(message: DHIS2Message) {
        for status in [200, 302, 400, 401, 403, 404, 405, 409, 500, 502, 503, 504]
        where !message.statuses.contains(status) {
            let found = DHIS2Message.recognise(message.example, about: message.subject, status: status)
            #expect(found?.message != message)
        }
    }

    @Test func everyRowSaysWhereItWasSeen() {
        let names = DHIS2Message.all.map(\.name)
        #expect(Set(names).count == names.count)
        for message in DHIS2Message.all {
            #expect(!message.versions.isEmpty, "\(message.name)")
            #expect(message.versions.allSatisfy { RouteBehaviour($0).hasRoutes }, "\(message.name)")
            let words =
                switch message.source {
                case .answered(let words), .written(let words): words
                }
            #expect(words.count > 3, "\(message.name)")
            if case .answered = message.source {
                #expect(message.versions.allSatisfy(DHIS2Message.running.contains), "\(message.name)")
            }
        }
    }

    /// What is said of tokens, passwords and targets is said with the words of the table.
    @Test func phrasesGoIntoSentences() {
        for message in DHIS2Message.all where [.token, .password, .target].contains(message.subject) {
            #expect(!message.meaning.phrase.isEmpty, "\(message.name)")
            #expect(!message.meaning.phrase.hasSuffix("."), "\(message.name)")
        }
    }

    @Test(arguments: [
        ("Route not found: 'a'", 404, ["a"]), ("Route not found: ''", 404, [""]),
        ("Route not found: 'it's'", 404, ["it's"]), ("Route a b not found", 404, ["a b"]),
        ("Route '59' does not allow sub-paths", 502, ["59"]),
        ("Missing or blank value for placeholder: site", 502, ["site"]),
        ("Illegal character in query at index 40: https://h/p?a=b c", 400, ["query", "40", " https://h/p?a=b c"]),
        ("Not enough variable values available to expand 'id'", 400, ["id"]),
    ])
    func readsWhatIsInTheGaps(text: String, status: Int, gaps: [String]) {
        #expect(DHIS2Message.recognise(text, about: .route, status: status)?.gaps == gaps)
    }

    @Test(arguments: [
        "Route not found: 'a", "Route not found", "Route a not found.", "route a not found", "Route '5' does not allow",
        "Illegal character in name: use letters", "Illegal character in path at index x: /",
        "Illegal character in path at index : /", "Illegal character in path at index 5", "User not authorised",
        "User not authorized to execute route.", "an unexpected error occurred", "",
    ])
    func takesNothingElseForAMessage(text: String) {
        for status in [400, 403, 404, 502, 503] {
            #expect(DHIS2Message.recognise(text, about: .route, status: status) == nil)
        }
    }

    /// The one that comes first counts where a text holds the words of several.
    @Test(arguments: [
        ("Timeout waiting for connection from pool", "pool-exhausted-before-2.42"),
        ("handshake timed out after 10000ms", "handshake-timed-out"),
        ("PKIX path building failed: SSLHandshakeException: certificate", "certificate-path"),
        ("Connect to h:443 failed: Connection refused", "connection-refused"),
        ("CONNECTION RESET", "connection-reset"), ("Read timed out", "timed-out"),
    ])
    func theMostTellingWordsCount(text: String, name: String) {
        #expect(DHIS2Message.recognise(text, about: .target, status: 500)?.message.name == name)
        #expect(DHIS2Message.recognise(text, about: .target, status: nil)?.message.name == name)
    }
}

@Suite struct MessagePatternTests {
    private static let patterns: [(MessagePattern, String, [String]?)] = [
        ("a", "a", []), ("a", "b", nil), ("a", "ab", nil), ("a", "", nil), ("", "", []), ("", "a", nil),
        ("\(.anything)", "", [""]), ("\(.anything)", "a", ["a"]), ("a\(.anything)", "a", [""]),
        ("a\(.anything)b", "ab", [""]), ("a\(.anything)b", "abab", ["ba"]), ("a\(.anything)b", "a", nil),
        ("a\(.anything)a", "a", nil), ("a\(.anything)a", "aa", [""]), ("\(.digits)", "12", ["12"]),
        ("\(.digits)", "", nil), ("\(.digits)", "1x", nil), ("\(.digits)x", "1x", ["1"]), ("\(.digits)", "٣", nil),
        ("a\(.anything) \(.digits):\(.anything)", "ab 1: 2", ["b", "1", " 2"]),
        // The text after a gap is looked for where it comes first, and nowhere else.
        ("a\(.anything) \(.digits):\(.anything)", "a b c 1: 2", nil),
        // Byte for byte: an accent of its own is not part of the pattern.
        ("é", "e\u{301}", nil), ("a", "a\u{301}", nil),
        (.holding("reset"), "Connection RESET by peer", ["connection ", " by peer"]),
        (.holding("reset"), "re set", nil),
    ]

    @Test(arguments: patterns.indices)
    func matchesFromTheFirstByteToTheLast(index: Int) {
        let (pattern, text, gaps) = Self.patterns[index]
        #expect(pattern.match(text) == gaps, "\(text)")
    }
}

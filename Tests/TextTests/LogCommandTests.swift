import TestLogs
import Testing

@testable import Text

/// What CI systems obey is broken, and what only looks similar stays.
struct LogCommandTests {
    static let commands = [
        ("##vso[task.setvariable variable=a]b", "\\u{23}#vso[task.setvariable variable=a]b"),
        ("x ##[error]y", "x \\u{23}#[error]y"),
        ("###[group]z", "#\\u{23}#[group]z"),
        ("##TeamCity[x", "\\u{23}#TeamCity[x"),
        ("::error::x", "\\u{3A}:error::x"),
        ("::error file=a,line=1::x", "\\u{3A}:error file=a,line=1::x"),
        ("\u{A0}\u{2003} ::add-mask::x", "\u{A0}\u{2003} \\u{3A}:add-mask::x"),
        ("::error", "\\u{3A}:error"),
        ("::", "\\u{3A}:"),
        ("travis_fold:start:x", "travis_fold\\u{3A}start:x"),
        ("travis_time:end:x", "travis_time\\u{3A}end:x"),
    ]

    @Test(arguments: commands)
    func breaksCommands(text: String, shown: String) {
        #expect(VisibleText.line(text) == shown)
        #expect(VisibleText.line(shown) == shown)
        #expect(LogText.safe(text) == shown)
        #expect(LogText.safe("a\n" + text) == "a\n" + shown)
    }

    @Test(arguments: [
        "## heading", "##heading", "##v", "# [x]", "#", "a::b", "std::vector", "::1", "::1 is IPv6", "[::1]:80",
        "::ffff:1.2.3.4",
        "a ::error::x", "10::20::30", "fold:start", "{\"a\":\"::error::x\"}", "12:30", "",
    ])
    func leavesOtherTextAsItIs(text: String) {
        #expect(VisibleText.line(text) == text)
        #expect(LogText.safe(text) == text)
    }

    /// Inside of a line, the start of one means nothing.
    @Test
    func writesJSONThatIsNoCommandAndReadsTheSame() {
        #expect(JSONEscape.visible("##[error]a") == #""\u0023#[error]a""#)
        #expect(JSONEscape.visible("::error::a") == #""::error::a""#)
    }

    @Test(arguments: [
        ("--- a", "\\u{2D}-- a"), ("+++", "\\u{2B}++"), ("^^^ +++", "\\u{5E}^^ +++"), ("~~~ b", "\\u{7E}~~ b"),
    ])
    func breaksGroupHeadersAtTheStartOfALine(text: String, shown: String) {
        #expect(LogText.safe(text) == shown)
        #expect(LogText.safe("a\n\(text)\nb") == "a\n\(shown)\nb")
        #expect(LogText.safe("  \(text)") == "  \(text)")
        #expect(LogText.safe("\(text.prefix(2))") == text.prefix(2))
    }

    /// Pieces that are no commands alone.
    @Test
    func breaksCommandsOfPieces() {
        let pieces = ["#", "#", "[", ":", ":", "error", " ", "vso[", "teamcity[", "\n", "::", "x", "\u{A0}", "-", "- "]
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    let text = LogText.safe("\(first)\(second)\(third)::")
                    #expect(LogReader.commands(in: text).isEmpty)
                }
            }
        }
    }
}

/// What may go to a stream at all.
struct LogTextTests {
    @Test
    func keepsColoursLinesAndTabs() {
        let text = "\u{1B}[1;31mFAIL\u{1B}[0m a\tb\nä 漢 🙂\n"
        #expect(LogText.safe(text) == text)
    }

    @Test(arguments: ["\r\u{1B}[2K", "\r\u{1B}[12A\u{1B}[J"])
    func keepsWhatTakesALineAwayAtTheBeginning(eraser: String) {
        #expect(LogText.safe(eraser + "x\n") == eraser + "x\n")
        #expect(!LogText.safe("x" + eraser).contains("\u{1B}"))
    }

    @Test(arguments: [
        ("\u{1B}]0;t\u{7}", "\\u{1B}]0;t\\u{7}"), ("\u{1B}[2J", "\\u{1B}[2J"), ("\r\n", "\\r\n"), ("a\rb", "a\\rb"),
        ("\u{85}\u{9B}31m", "\\u{85}\\u{9B}31m"), ("\u{202E}\u{2066}\u{61C}", "\\u{202E}\\u{2066}\\u{61C}"),
        ("\u{2028}\u{FEFF}\u{E0041}", "\\u{2028}\\u{FEFF}\\u{E0041}"), ("\u{7F}\u{0}", "\\u{7F}\\u{0}"),
        ("\u{1B}", "\\u{1B}"), ("\u{1B}[", "\\u{1B}["), ("\u{1B}[1;", "\\u{1B}[1;"),
    ])
    func showsWhatSteersATerminal(text: String, shown: String) {
        #expect(LogText.safe(text) == shown)
    }

    /// What is shown is what was there, and showing it again changes nothing.
    @Test
    func isStableForEveryScalar() {
        let values = Array(UInt32(0)...0x30FF) + Array(0xFE00...0xFFFF) + Array(0xE_0000...0xE_007F)
        for value in values.compactMap(Unicode.Scalar.init) {
            let text = LogText.safe("a\(Character(value))b")
            #expect(LogText.safe(text) == text)
            guard !VisibleText.isHidden(value) else { continue }
            #expect(text == "a\(Character(value))b")
        }
    }
}

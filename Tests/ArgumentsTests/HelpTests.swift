import Arguments
import Testing

/// Lines that ask for help, and what the pages say.
@Suite struct HelpTests {
    @Test(arguments: [
        (["--help"], Reading.help("Cook dishes.")), (["-h"], .help("Cook dishes.")), (["help"], .help("Cook dishes.")),
        (["help", "help"], .help("Cook dishes.")), (["help", "make"], .help("Make dishes.")),
        (["help", "-h", "make"], .help("Make dishes.")), (["help", "heat"], .help("About heat.")),
        (["make", "-h"], .help("Make dishes.")), (["make", "--help"], .help("Make dishes.")),
        (["-h", "make"], .help("Make dishes.")), (["make", "-qh"], .help("Make dishes.")),
        (["nope", "-qh"], .help("Cook dishes.")), (["-hh"], .help("Cook dishes.")),
        (["-qh", "make"], .help("Make dishes.")),
        (["make", "--nope", "-z", "--limit=x", "-h"], .help("Make dishes.")),
        (["make", "--limit", "--help"], .help("Make dishes.")), (["make", "--spice", "-h"], .help("Make dishes.")),
        (["make", "--version", "--help"], .help("Make dishes.")), (["nope", "--help"], .help("Cook dishes.")),
        (["--help", "nope"], .help("Cook dishes.")), (["--version", "-h"], .help("Cook dishes.")),
        (["compare", "--limit", "-h"], .help("Compare two dishes.")),
        (["--version"], .version), (["make", "--version"], .version), (["make", "--nope", "--version"], .version),
        (["nope", "--version"], .version), (["--version", "make"], .version), (["help", "--version"], .version),
        (
            ["make", "--", "--help"],
            .run(
                {
                    var make = Cooking("make")
                    make.dishes = ["--help"]
                    return make
                }()
            )
        ),
        (
            ["make", "soup", "--spice=--help"],
            .run(
                {
                    var make = Cooking("make")
                    make.dishes = ["soup"]
                    make.spices = ["--help"]
                    return make
                }()
            )
        ),
    ])
    func winsBeforeTwoDashes(words: [String], reading: Reading) {
        #expect(Reading(words) == reading)
    }

    private func page(_ words: String..., width: Int = 80) -> String {
        guard case .help(let page) = Cooking.program.parse(words) else { return "" }
        return page.text(width: width)
    }

    @Test func aCommandsPageShowsGroupsAsTheyAreDeclared() {
        #expect(
            page("make", "--help") == """
                Make dishes.

                Usage: cook make [options] <dish>...

                All dishes are made at once.

                Arguments:
                  <dish>...  The dishes.

                Kitchen:
                  -l, --limit <n>        At most this many. More is too many.
                  --shuffle <seed>       The order.
                  --heat <level>         How hot. (values: low, medium, high; default: low)
                  -s, --spice <name>...  Add a spice. May be repeated.
                  --token <name=value>   Something that errors must not show.

                Table:
                  -q, --quiet           Say nothing.
                  -v, --verbose         Say more.
                  --[no-]garnish        Put something on top.
                  -o, --output <plate>  Where to.

                Help:
                  -h, --help  Show help; -h leaves out details.
                  --version   Show the version.

                """
        )
    }

    @Test func theShortPageLeavesOutDetails() {
        let page = page("make", "-h")
        #expect(!page.contains("All dishes are made at once."))
        #expect(page.contains("  -l, --limit <n>        At most this many.\n"))
        #expect(page.contains("(values: low, medium, high; default: low)"))
    }

    @Test func theProgramsPageListsShownCommandsAndTopics() {
        let short = page("-h")
        #expect(
            short == """
                Cook dishes.

                Usage: cook <command> [options]

                Commands:
                  make     Make dishes.
                  compare  Compare two dishes.
                  taste    Taste one dish, or the last.
                  help     Show help on a command or a topic.

                Options:
                  -h, --help  Show help; -h leaves out details.
                  --version   Show the version.

                Help topics:
                  heat  About heat.

                For a command's options, see 'cook <command> --help'.

                """
        )
        #expect(page("--help").contains("About heat:\n  Water boils at 100 degrees.\n\n  low  A candle.\n"))
    }

    @Test(arguments: [20, 30, 40, 59, 60, 80, 132, 1000])
    func noLineIsWiderThanAsked(width: Int) {
        for words in [["--help"], ["-h"], ["make", "--help"], ["help", "heat"]] {
            guard case .help(let page) = Cooking.program.parse(words) else { continue }
            for line in page.text(width: width).split(separator: "\n") {
                // A word alone may be longer than a narrow line.
                #expect(line.count <= max(width, 20) || line.split(separator: " ").count == 1)
                #expect(line.last != " ")
            }
        }
    }

    @Test func aMeaningStandsUnderItsTermWhereThePageIsNarrow() {
        #expect(page("make", "-h", width: 30).contains("  --shuffle <seed>\n      The order.\n"))
    }

    @Test func aLongTermStandsAlone() {
        let layout = page("help", "heat", width: 60)
        #expect(layout == "About heat.\n\nWater boils at 100 degrees.\n\n  low  A candle.\n")
    }

    @Test(arguments: [
        ("One. Two.", "One."), ("One.", "One."), ("Such as e.g. This. Two.", "Such as e.g. This."), ("", ""),
        ("i.e. That. Two.", "i.e. That."), ("From 2.44. Two.", "From 2.44."), ("a. b", "a. b"),
    ])
    func aShortHelpIsTheFirstSentence(text: String, sentence: String) {
        let program = Program<Int>(
            "p",
            "P.",
            example: "p c",
            commands: [
                Command("c", "C.") {
                    CommandTable(0, options: [OptionGroup("G", [.flag("f", text) { _ in }])]) { $0 }
                }
            ],
            topics: []
        )
        guard case .help(let page) = program.parse(["c", "-h"]) else {
            Issue.record("no help")
            return
        }
        #expect(page.text(width: 80).contains("G:\n  --f  \(sentence)\n") || sentence.isEmpty)
    }

    @Test func theMoreDetailedPageIsShown() {
        for words in [["-h", "make", "--help"], ["--help", "make", "-h"], ["make", "-h", "--help"]] {
            guard case .help(let page) = Cooking.program.parse(words) else { continue }
            #expect(page.text(width: 80).contains("All dishes are made at once."))
        }
    }
}

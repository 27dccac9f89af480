import Arguments
import Testing

/// Lines that are refused, and what a person is told.
@Suite struct ProblemTests {
    private static let lines: [(words: [String], problems: [String])] = [
        ([], ["say what to do, e.g. cook make soup"]),
        (["mak"], ["unknown command \"mak\"; did you mean make?"]),
        (["xyz", "--limit", "3"], ["unknown command \"xyz\""]),
        (["soup.dish"], ["unknown command \"soup.dish\"; to make a dish, write cook make"]),
        (["secre"], ["unknown command \"secre\""]),
        (["hlep"], ["unknown command \"hlep\"; did you mean help?"]),
        ([""], ["unknown command \"\""]),
        (["a\nb\u{1B}[31m"], ["unknown command \"a\\nb\\u{1B}[31m\""]),
        (["--limit", "3", "make", "soup"], ["--limit belongs to make, after the command's name"]),
        (["-q", "make", "soup"], ["-q belongs to make and compare, after the command's name"]),
        (["--nope", "make", "soup"], ["unknown option --nope"]),
        (["--limti=3", "make", "soup"], ["unknown option --limti; did you mean --limit, which belongs to make?"]),
        (["--limti", "3", "make", "soup"], ["unknown option --limti; did you mean --limit, which belongs to make?"]),
        (["--nope", "3", "make", "soup"], ["unknown option --nope"]),
        (
            ["-qv", "make", "soup"],
            [
                "-q belongs to make and compare, after the command's name",
                "-v belongs to make, after the command's name",
            ]
        ),
        (["--limit", "-1", "make", "soup"], ["--limit belongs to make, after the command's name"]),
        (["--version=1"], ["--version takes no value"]),
        (["--help=make"], ["--help takes no value"]),
        (["-h=1"], ["-h takes no value"]),
        (["--", "--help"], ["unknown command \"--help\"; did you mean help?"]),

        (["make"], ["missing argument <dish>: the dishes"]),
        (["make", "-q"], ["missing argument <dish>: the dishes"]),
        (["compare", "soup"], ["missing argument <level>: low, medium or high"]),
        (["compare"], ["missing argument <old>: the old dish", "missing argument <level>: low, medium or high"]),
        (["compare", "a", "low", "b"], ["unexpected argument \"b\"; compare takes only <old> <level>"]),
        (
            ["compare", "a", "low", "b", "c"],
            ["unexpected arguments \"b\" and \"c\"; compare takes only <old> <level>"]
        ),
        (["compare", "a", "lwo"], ["<level> takes low, medium or high, not \"lwo\"; did you mean low?"]),
        (["compare", "a", ""], ["<level> takes low, medium or high, not an empty value"]),
        (["taste", ""], ["<dish> takes a file, not an empty value"]),
        (["taste", "a", "b"], ["unexpected argument \"b\"; taste takes only [<dish>]"]),
        (["secret", "a"], ["unexpected argument \"a\"; secret takes no arguments"]),

        (["make", "soup", "--nope"], ["unknown option --nope"]),
        (["make", "soup", "--lmit", "3"], ["unknown option --lmit; did you mean --limit?"]),
        (["make", "soup", "--Limit=3"], ["unknown option --Limit; did you mean --limit?"]),
        (["make", "soup", "--lim", "3"], ["unknown option --lim; did you mean --limit?"]),
        (["make", "soup", "--ver"], ["unknown option --ver; did you mean --verbose or --version?"]),
        (["make", "soup", "--no-quiet"], ["unknown option --no-quiet; did you mean --quiet?"]),
        (["make", "soup", "-limit", "3"], ["-l takes a whole number from 1 to 9, not \"imit\""]),
        (["make", "soup", "-help"], ["unknown option -help; did you mean --help?"]),
        (["make", "soup", "-heat=low"], ["unknown option -heat; did you mean --heat?"]),
        (["make", "soup", "-z"], ["unknown option -z"]),
        (["make", "soup", "-V"], ["unknown option -V; did you mean -v?"]),
        (["make", "soup", "-qz"], ["unknown option -z in -qz"]),
        (["make", "soup", "-zh"], ["unknown option -z in -zh"]),
        (["make", "soup", "-1"], ["unknown option -1"]),
        (["make", "soup", "-q=1"], ["-q takes no value"]),
        (["make", "soup", "-=3"], ["unknown option -="]),
        (["make", "soup", "-qq=1"], ["-q takes no value"]),
        (["make", "soup", "-\u{301}"], ["unknown option -\u{301}"]),
        (["make", "soup", "-\u{301}q"], ["unknown option -\u{301} in -\u{301}q"]),
        (["make", "soup", "-q\u{301}"], ["unknown option -\u{301} in -q\u{301}"]),
        (
            ["make", "soup", "--spice", "--x=s3cret"],
            [
                "--spice needs a value: <name>; to pass a value that begins with a dash, write --spice=--x=s3cret",
                "unknown option --x",
            ]
        ),
        (
            ["make", "soup", "--token", "--x=s3cret"],
            [
                "--token needs a value: NAME=value; to pass a value that begins with a dash, write --token=--x=s3cret",
                "unknown option --x",
            ]
        ),
        (
            ["make", "soup", "--spice", "--a b"],
            [
                "--spice needs a value: <name>; to pass a value that begins with a dash, write --spice='--a b'",
                "unknown option --a b",
            ]
        ),
        (
            ["make", "soup", "--shuffle=18446744073709551616"],
            [
                "--shuffle takes a whole number, 0 or more, not \"18446744073709551616\": the largest is 18446744073709551615"
            ]
        ),
        (["make", "soup", "--=3"], ["unknown option --"]),
        (["make", "--nope"], ["unknown option --nope"]),
        (["compare", "a", "low", "--nope", "b"], ["unknown option --nope"]),
        (["compare", "--nope", "--nope"], ["unknown option --nope", "unknown option --nope"]),

        (["make", "soup", "--quiet=1"], ["--quiet takes no value"]),
        (["make", "soup", "--quiet="], ["--quiet takes no value"]),
        (["make", "soup", "--no-garnish=1"], ["--no-garnish takes no value"]),
        (["make", "soup", "--help=1"], ["--help takes no value"]),
        (["make", "soup", "--version="], ["--version takes no value"]),

        (["make", "soup", "--limit"], ["--limit needs a value: a whole number from 1 to 9"]),
        (["make", "soup", "-l"], ["-l needs a value: a whole number from 1 to 9"]),
        (["make", "soup", "-ql"], ["-l needs a value: a whole number from 1 to 9"]),
        (["make", "soup", "--spice"], ["--spice needs a value: <name>"]),
        (["make", "soup", "--spice", "--"], ["--spice needs a value: <name>"]),
        (
            ["make", "soup", "--spice", "--x=1"],
            [
                "--spice needs a value: <name>; to pass a value that begins with a dash, write --spice=--x=1",
                "unknown option --x",
            ]
        ),
        (
            ["make", "soup", "--spice", "-q"],
            ["--spice needs a value: <name>; to pass a value that begins with a dash, write --spice=-q"]
        ),
        (
            ["make", "soup", "-s", "-qv"],
            ["-s needs a value: <name>; to pass a value that begins with a dash, write -s-qv"]
        ),
        (
            ["make", "soup", "--output", "-oplate"],
            ["--output needs a value: a file; to pass a value that begins with a dash, write --output=-oplate"]
        ),
        (
            ["make", "soup", "--token", "--s3cret"],
            [
                "--token needs a value: NAME=value; to pass a value that begins with a dash, write --token=--s3cret",
                "unknown option --s3cret",
            ]
        ),

        (["make", "soup", "--limit", "10"], ["--limit takes a whole number from 1 to 9, not \"10\""]),
        (["make", "soup", "--limit", "0"], ["--limit takes a whole number from 1 to 9, not \"0\""]),
        (["make", "soup", "--limit", "-1"], ["--limit takes a whole number from 1 to 9, not \"-1\""]),
        (
            ["make", "soup", "--limit=99999999999999999999"],
            ["--limit takes a whole number from 1 to 9, not \"99999999999999999999\""]
        ),
        (["make", "soup", "--limit="], ["--limit takes a whole number from 1 to 9, not an empty value"]),
        (["make", "soup", "--limit= 3"], ["--limit takes a whole number from 1 to 9, not \" 3\""]),
        (["make", "soup", "-lx"], ["-l takes a whole number from 1 to 9, not \"x\""]),
        (["make", "soup", "--shuffle", "-1"], ["--shuffle takes a whole number, 0 or more, not \"-1\""]),
        (["make", "soup", "--heat", "hihg"], ["--heat takes low, medium or high, not \"hihg\"; did you mean high?"]),
        (["make", "soup", "--heat", "blue"], ["--heat takes low, medium or high, not \"blue\""]),
        (["make", "soup", "--output", ""], ["--output takes a file, not an empty value"]),
        (["make", "soup", "--output="], ["--output takes a file, not an empty value"]),
        (["make", "soup", "--token", "s3cret"], ["--token takes NAME=value: there is no \"=\""]),
        (
            ["make", "soup", "--limit=0", "--heat=x", "--nope", "-z"],
            [
                "--limit takes a whole number from 1 to 9, not \"0\"", "--heat takes low, medium or high, not \"x\"",
                "unknown option --nope", "unknown option -z",
            ]
        ),
        (
            ["make", "soup", "--limit=0", "--limit=3"],
            ["--limit takes a whole number from 1 to 9, not \"0\""]
        ),

        (["compare", "a", "low", "--limit", "3"], ["--limit belongs to make"]),
        (["compare", "a", "low", "--limit=3"], ["--limit belongs to make"]),
        (["compare", "a", "low", "-l", "3"], ["-l belongs to make"]),
        (["compare", "a", "low", "--limit", "--quiet"], ["--limit belongs to make"]),
        (["compare", "a", "low", "--no-garnish"], ["--no-garnish belongs to make"]),
        (["compare", "a", "low", "-ql3"], ["-l belongs to make"]),
        (["compare", "a", "low", "-vq"], ["-v belongs to make"]),
        (["taste", "-qv"], ["-q belongs to make and compare", "-v belongs to make"]),
        (["taste", "-vl", "3"], ["-v belongs to make", "-l belongs to make"]),
        (
            ["taste", "-vl3", "a", "b"],
            ["-v belongs to make", "-l belongs to make", "unexpected argument \"b\"; taste takes only [<dish>]"]
        ),
        (["taste", "-q"], ["-q belongs to make and compare"]),
        (
            ["taste", "--quiet", "a", "b"],
            ["--quiet belongs to make and compare", "unexpected argument \"b\"; taste takes only [<dish>]"]
        ),
        (["taste", "--limt"], ["unknown option --limt; did you mean --limit, which belongs to make?"]),

        (["help", "nope"], ["no command or topic is called \"nope\""]),
        (["help", "mkae"], ["no command or topic is called \"mkae\"; did you mean make?"]),
        (["help", "make", "taste"], ["unexpected argument \"taste\"; help takes only [<command>]"]),
        (["help", "--nope"], ["unknown option --nope"]),
    ]

    @Test(arguments: lines)
    func areTold(words: [String], problems: [String]) {
        #expect(Reading(words) == .problems(problems))
    }

    /// An error is one line, without anything that steers a terminal, and shows no value that is not to be shown.
    @Test func everyProblemIsOneLine() {
        let words = [
            "make", "soup", "--limit", "-l", "-q", "-z", "--token", "--heat", "--no", "s3cret\n\u{1B}]0;x\u{7}", "=",
            "-",
            "--", "\u{202E}", "compare", "--output=", "-h\u{0}", "help",
        ]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let line = (0..<Int.random(in: 1...6, using: &generator)).compactMap { _ in
                words.randomElement(using: &generator)
            }
            guard case .problems(let problems) = Reading(line) else { continue }
            #expect(!problems.isEmpty)
            for problem in problems {
                #expect(!problem.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0.value == 0x202E })
            }
        }
    }

    @Test(arguments: [
        ["--limit", long], ["--\(long)"], ["-\(long)"], ["-q\(long)"], ["--limit", "e\(marks)"],
        ["--spice", "--\(long)"],
    ])
    func cutsWhatIsTooLongToShow(words: [String]) {
        guard case .problems(let problems) = Reading(["make", "soup"] + words) else {
            Issue.record("a long word is taken")
            return
        }
        #expect(problems.allSatisfy { $0.unicodeScalars.count < 300 })
        guard case .problems(let others) = Reading(words + ["soup"]) else { return }
        #expect(others.allSatisfy { $0.unicodeScalars.count < 300 })
    }

    private static let long = String(repeating: "x", count: 100_000)
    private static let marks = String(repeating: "\u{301}", count: 100_000)

    /// A word that stands for an option is never taken for an operand or passed over.
    @Test func whateverBeginsWithADashIsRead() {
        let alphabet: [Unicode.Scalar] = ["-", "=", "q", "z", "h", "\u{301}", "\u{0}", "é", "\u{200D}", "1"]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let scalars = (0..<Int.random(in: 1...5, using: &generator)).compactMap { _ in
                alphabet.randomElement(using: &generator)
            }
            let word = "-" + String(String.UnicodeScalarView(scalars))
            guard word != "--" else { continue }
            guard case .run(let values) = Reading(["make", "soup", word]) else { continue }
            #expect(word.unicodeScalars.dropFirst().allSatisfy { $0 == "q" })
            #expect(values.dishes == ["soup"])
            #expect(values.isQuiet)
        }
    }

    @Test func theUsageOfTheCommandFollows() {
        guard case .problems(_, let usage) = Cooking.program.parse(["make", "--nope"]) else {
            Issue.record("an unknown option is taken")
            return
        }
        #expect(usage.text(width: 80) == "Usage: cook make [options] <dish>...\nFor more, see 'cook make --help'.\n")
    }
}

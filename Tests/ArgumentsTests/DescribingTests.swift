import Arguments
import Testing

/// What is made of the table for other programs to read; CI lets those programs read it.
@Suite struct DescribingTests {
    private static let manual = ManualPage(Cooking.program.shape, date: "November 29, 2026").text

    @Test func theManualPageHasEveryOptionOfEveryShownCommand() {
        let lines = Self.manual.split(separator: "\n")
        #expect(lines.first == ".Dd November 29, 2026")
        for command in Cooking.program.shape.shownCommands {
            #expect(lines.contains(".Ss \(command.name)"))
            for option in command.allOptions {
                #expect(Self.manual.contains("Fl \\&\\-\(option.long)"), "\(option.long)")
            }
        }
        #expect(!Self.manual.contains("secret"))
        #expect(lines.contains(".Sh HEAT"))
        #expect(lines.contains(".Ss help"))
        #expect(lines.contains("Values: low, medium, high."))
        #expect(lines.contains("Default: low."))
    }

    /// Text that means something to mdoc is text after all.
    @Test(arguments: [".Sh x", "'br", "\\fB bold", "a - b", "Ar Fl Op", "..."])
    func theManualPageTakesNoTextForARequest(text: String) {
        let program = Program<Int>(
            "p",
            "P.",
            example: "p c",
            commands: [Command("c", text) { CommandTable(0, discussion: [.paragraph(text)]) { $0 } }],
            topics: [HelpTopic("t", text) { [.terms([HelpBlock.Term(text, text)])] }]
        )
        let lines = ManualPage(program.shape, date: "May 1, 2026").text.split(separator: "\n")
        let known = [".Dd", ".Dt", ".Os", ".Sh", ".Nm", ".Nd", ".Cm", ".Pp", ".Ss", ".Bl", ".It", ".El", ".Op", ".Ar"]
        for line in lines where line.first == "." || line.first == "'" {
            #expect(known.contains { line == $0 || line.hasPrefix($0 + " ") }, "\(line)")
        }
        #expect(!lines.contains(".Sh x"))
        #expect(!lines.contains { $0.hasPrefix("\\f") })
    }

    @Test(arguments: Shell.allCases)
    func aScriptNamesEveryOptionOfEveryShownCommand(shell: Shell) {
        let script = shell.script(for: Cooking.program.shape)
        for command in Cooking.program.shape.shownCommands {
            #expect(script.contains(command.name))
            for option in command.allOptions { #expect(script.contains(option.long), "\(option.long)") }
        }
        #expect(script.contains("no-garnish"))
        #expect(!script.contains("secret"))
    }

    @Test(arguments: Shell.allCases)
    func aWordIsQuotedWhereItHasTo(shell: Shell) {
        #expect(shell.word("plain-1.2_3/x=y") == "plain-1.2_3/x=y")
        #expect(shell.word("") == "''")
        #expect(shell.word("a b") == "'a b'")
        #expect(shell.word("$(x)") == "'$(x)'")
        #expect(shell.word("it's") == (shell == .fish ? #"'it\'s'"# : #"'it'\''s'"#))
    }

    @Test func aLineThatIsNotFinishedHasValuesToo() {
        let values = Cooking.program.partialAction(["make", "soup", "--nope", "--limit", "3", "--spice"])
        #expect(values?.limit == 3)
        #expect(Cooking.program.partialAction(["nope"]) == nil)
        #expect(Cooking.program.partialAction([]) == nil)
    }
}

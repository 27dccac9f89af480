import Arguments

/// A program that exists for tests: every kind of option and operand is in it.
struct Cooking: Sendable, Equatable {
    var command = ""
    var dishes: [String] = []
    var limit: Int?
    var seed: UInt64?
    var heat = Heat.low
    var isQuiet = false
    var verbosity = 0
    var isGarnished: Bool?
    var output: String?
    var spices: [String] = []
    var secret: String?

    enum Heat: String, CaseIterable {
        case low
        case medium
        case high
    }

    init(_ command: String) {
        self.command = command
    }

    static let program = Program<Cooking>(
        "cook",
        "Cook dishes.",
        example: "cook make soup",
        advice: { $0.hasSuffix(".dish") ? "to make a dish, write cook make" : nil },
        commands: [
            Command("make", "Make dishes.") { make },
            Command("compare", "Compare two dishes.", alias: "--compare-dishes") { compare },
            Command("taste", "Taste one dish, or the last.") { taste },
            Command("secret", "Nobody sees this.", isHidden: true) { CommandTable(Cooking("secret")) { $0 } },
        ],
        topics: [
            HelpTopic("heat", "About heat.") {
                [.paragraph("Water boils at 100 degrees."), .terms([HelpBlock.Term("low", "A candle.")])]
            }
        ]
    )

    private static var make: CommandTable<Cooking> {
        CommandTable(
            Cooking("make"),
            discussion: [.paragraph("All dishes are made at once.")],
            operands: [.repeated(.text("dish", completion: .file), "The dishes.") { $0.dishes.append($1) }],
            options: [
                OptionGroup(
                    "Kitchen",
                    [
                        .value("limit", short: "l", .number(1...9), "At most this many. More is too many.") {
                            $0.limit = $1
                        },
                        .value("shuffle", .number(0...UInt64.max, "seed"), "The order.") { $0.seed = $1 },
                        .value("heat", .choice("level"), default: "low", "How hot.") { $0.heat = $1 },
                        .values("spice", short: "s", .text("name"), "Add a spice. May be repeated.") {
                            $0.spices.append($1)
                        },
                        .value("token", hidden, "Something that errors must not show.") { $0.secret = $1 },
                    ]
                ),
                OptionGroup(
                    "Table",
                    [
                        .flag("quiet", short: "q", "Say nothing.") { $0.isQuiet = true },
                        .flag("verbose", short: "v", "Say more.") { $0.verbosity += 1 },
                        .toggle("garnish", "Put something on top.") { $0.isGarnished = $1 },
                        .value("output", short: "o", .file("plate"), "Where to.") { $0.output = $1 },
                    ]
                ),
            ]
        ) { $0 }
    }

    private static var compare: CommandTable<Cooking> {
        CommandTable(
            Cooking("compare"),
            operands: [
                .required(.text("old"), "The old dish.") { $0.dishes.append($1) },
                .required(.choice("level"), "How hot.") { (values: inout Cooking, heat: Heat) in values.heat = heat },
            ],
            options: [OptionGroup("Table", [.flag("quiet", short: "q", "Say nothing.") { $0.isQuiet = true }])]
        ) { $0 }
    }

    private static var taste: CommandTable<Cooking> {
        CommandTable(
            Cooking("taste"),
            operands: [.optional(.file("dish"), "The dish.") { $0.dishes.append($1) }],
            options: [OptionGroup("Spoon", [.value("spoon", .text("size"), "Which spoon.") { $0.output = $1 }])]
        ) { $0 }
    }

    private static let hidden = ValueKind<String>("name=value", takes: "NAME=value", isShown: false) {
        text throws(UnusableValue) in
        guard text.contains("=") else { throw UnusableValue("there is no \"=\"") }
        return text
    }
}

/// What a command line came to, in a form that tests compare.
enum Reading: Equatable {
    case run(Cooking)
    case help(String)
    case version
    case problems([String])

    init(_ words: [String]) {
        self =
            switch Cooking.program.parse(words) {
            case .run(let values, _): .run(values)
            case .help(let page): .help(page.text(width: 80).split(separator: "\n").first.map(String.init) ?? "")
            case .version: .version
            case .problems(let problems, _): .problems(problems.map(\.message))
            }
    }
}

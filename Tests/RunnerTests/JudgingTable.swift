import Testing

/// One matcher against one value of each kind, with the verdicts of the matcher and of its negation.
///
/// The verdicts are those of the columns `right`, `wrong`, `missing`, `null`, `other` (another type) and `empty`:
///
/// - `+` passes,
/// - `-` fails: the value was judged,
/// - `?` fails: the matcher does not apply to the value, and the message says so,
/// - `.` fails: there is nothing to judge, and the message says so.
struct JudgingRow: Sendable, CustomTestStringConvertible {
    let matcher: String
    /// JSON, or the text of a header field or body; `nil` where the matcher has no such value.
    let right, wrong, other, empty: String?
    let verdicts, negated: String

    init(
        _ matcher: String,
        right: String?,
        wrong: String?,
        other: String?,
        empty: String?,
        _ verdicts: String,
        not negated: String
    ) {
        self.matcher = matcher
        (self.right, self.wrong, self.other, self.empty) = (right, wrong, other, empty)
        self.verdicts = verdicts
        self.negated = negated
    }

    var testDescription: String { matcher }
}

/// Matchers of one node, at `$.a`.
extension JudgingRow {
    //                                                                                   right wrong missing null other empty
    static let members: [Self] = [
        .init("{equals: UP}", right: #""UP""#, wrong: #""DOWN""#, other: "1", empty: #""""#, "+-.---", not: "-+.+++"),
        .init("{equals: 200}", right: "200", wrong: "201", other: #""200""#, empty: "[]", "+-.---", not: "-+.+++"),
        .init("{equals: '200'}", right: #""200""#, wrong: "200", other: "[]", empty: #""""#, "+-.---", not: "-+.+++"),
        .init("{equals: null}", right: "null", wrong: "false", other: #""null""#, empty: "{}", "+-.+--", not: "-+.-++"),
        .init("{equals: true}", right: "true", wrong: "false", other: #""true""#, empty: "{}", "+-.---", not: "-+.+++"),
        .init("{equals: ''}", right: #""""#, wrong: #"" ""#, other: "0", empty: "[]", "+-.---", not: "-+.+++"),
        .init("{equals: [1, 2]}", right: "[1,2]", wrong: "[2,1]", other: "1", empty: "[]", "+-.---", not: "-+.+++"),
        .init(
            "{equals: {b: 1}}",
            right: #"{"b":1}"#,
            wrong: #"{"b":2}"#,
            other: "[1]",
            empty: "{}",
            "+-.---",
            not: "-+.+++"
        ),
        .init(
            "{one-of: [UP, 1]}",
            right: "1",
            wrong: #""DOWN""#,
            other: "true",
            empty: #""""#,
            "+-.---",
            not: "-+.+++"
        ),
        .init("{one-of: [UP, null]}", right: #""UP""#, wrong: "0", other: "[]", empty: "{}", "+-.+--", not: "-+.-++"),
        .init(
            "{contains: err}",
            right: #""an err""#,
            wrong: #""ok""#,
            other: "7",
            empty: #""""#,
            "+-.??-",
            not: "-+.??+"
        ),
        .init(
            "{contains: error}",
            right: #"["error"]"#,
            wrong: #"["an error"]"#,
            other: "true",
            empty: "[]",
            "+-.??-",
            not: "-+.??+"
        ),
        .init("{contains: 2}", right: "[1,2]", wrong: #"[1,"2"]"#, other: "2", empty: "[]", "+-.??-", not: "-+.??+"),
        .init(
            "{contains: id}",
            right: #"{"id":null}"#,
            wrong: #"{"ID":1}"#,
            other: "1",
            empty: "{}",
            "+-.??-",
            not: "-+.??+"
        ),
        .init(
            "{starts-with: ab}",
            right: #""abc""#,
            wrong: #""cab""#,
            other: #"["ab"]"#,
            empty: #""""#,
            "+-.??-",
            not: "-+.??+"
        ),
        .init(
            "{ends-with: bc}",
            right: #""abc""#,
            wrong: #""bca""#,
            other: #"{"bc":1}"#,
            empty: #""""#,
            "+-.??-",
            not: "-+.??+"
        ),
        .init(
            "{matches: '^[0-9]+$'}",
            right: #""12""#,
            wrong: #""v""#,
            other: "12",
            empty: #""""#,
            "+-.??-",
            not: "-+.??+"
        ),
        .init("{matches: '^$'}", right: #""""#, wrong: #""v""#, other: "[]", empty: "{}", "+-.???", not: "-+.???"),
        .init("{type: string}", right: #""x""#, wrong: "1", other: "{}", empty: #""""#, "+-.--+", not: "-+.++-"),
        .init("{type: number}", right: "1.5", wrong: #""1""#, other: "true", empty: "[]", "+-.---", not: "-+.+++"),
        .init("{type: integer}", right: "1.0", wrong: "1.5", other: #""1""#, empty: "{}", "+-.---", not: "-+.+++"),
        .init("{type: boolean}", right: "false", wrong: "0", other: #""false""#, empty: "[]", "+-.---", not: "-+.+++"),
        .init("{type: 'null'}", right: "null", wrong: "0", other: #""null""#, empty: #""""#, "+-.+--", not: "-+.-++"),
        .init("{type: array}", right: "[1]", wrong: "{}", other: "1", empty: "[]", "+-.--+", not: "-+.++-"),
        .init("{type: object}", right: #"{"b":1}"#, wrong: "[]", other: "1", empty: "{}", "+-.--+", not: "-+.++-"),
        .init("{length: 2}", right: #""äö""#, wrong: #""a""#, other: "12", empty: #""""#, "+-.??-", not: "-+.??+"),
        .init("{length: 2}", right: "[1,2]", wrong: "[1]", other: "true", empty: "[]", "+-.??-", not: "-+.??+"),
        .init(
            "{length: {at-least: 1}}",
            right: #"{"b":1}"#,
            wrong: "{}",
            other: "1",
            empty: "[]",
            "+-.??-",
            not: "-+.??+"
        ),
        .init("{length: {not: 0}}", right: "[0]", wrong: "[]", other: "0", empty: "{}", "+-.??-", not: "-+.??+"),
        .init("{length: 0}", right: "[]", wrong: "[0]", other: "0", empty: #""""#, "+-.??+", not: "-+.??-"),
        .init("{greater-than: 10}", right: "11", wrong: "10", other: #""99""#, empty: #""""#, "+-.???", not: "-+.???"),
        .init("{at-least: 10}", right: "10", wrong: "9.99", other: "[11]", empty: "[]", "+-.???", not: "-+.???"),
        .init("{less-than: 10}", right: "9", wrong: "10", other: #""9""#, empty: #""""#, "+-.???", not: "-+.???"),
        .init("{at-most: 10}", right: "10", wrong: "1e400", other: "false", empty: "{}", "+-.???", not: "-+.???"),
        .init(
            "{less-than: '2026'}",
            right: #""2025""#,
            wrong: #""2026""#,
            other: "2025",
            empty: #""""#,
            "+-.??+",
            not: "-+.??-"
        ),
        .init(
            "{greater-than: b}",
            right: #""c""#,
            wrong: #""b""#,
            other: #"["c"]"#,
            empty: #""""#,
            "+-.??-",
            not: "-+.??+"
        ),
        .init("{exists: true}", right: "0", wrong: nil, other: "{}", empty: #""""#, "+ .+++", not: "- +---"),
        .init("{exists: false}", right: nil, wrong: "0", other: "{}", empty: #""""#, " -+---", not: " +.+++"),
        .init("{count: 1}", right: "0", wrong: nil, other: "{}", empty: "[]", "+ -+++", not: "- +---"),
        .init("{count: 0}", right: nil, wrong: "0", other: "[1]", empty: "[]", " -+---", not: " +-+++"),
        .init(
            "{every: UP}",
            right: #"["UP","UP"]"#,
            wrong: #"["UP","X"]"#,
            other: #"{"b":"UP"}"#,
            empty: "[]",
            "+-.??.",
            not: "-+.??."
        ),
        .init(
            "{any: UP}",
            right: #"["X","UP"]"#,
            wrong: #"["X"]"#,
            other: #""UP""#,
            empty: "[]",
            "+-.??-",
            not: "-+.??+"
        ),
        .init(
            "{none: UP}",
            right: #"["X"]"#,
            wrong: #"["UP","X"]"#,
            other: #"{"b":"X"}"#,
            empty: "[]",
            "+-.??+",
            not: "-+.??-"
        ),
        // Of several conditions one that fails decides, whatever the others cannot be asked.
        .init(
            "{type: number, at-least: 10}",
            right: "11",
            wrong: "9",
            other: #""11""#,
            empty: #""""#,
            "+-.---",
            not: "-+.+++"
        ),
        .init(
            "{at-least: 10, type: number}",
            right: "11",
            wrong: "9",
            other: #""11""#,
            empty: #""""#,
            "+-.---",
            not: "-+.+++"
        ),
        .init(
            "{at-least: 5, at-most: 9}",
            right: "7",
            wrong: "10",
            other: #""7""#,
            empty: "[]",
            "+-.???",
            not: "-+.???"
        ),
        .init(
            "{not: {contains: x}, length: 1}",
            right: #""a""#,
            wrong: #""x""#,
            other: "1",
            empty: "[]",
            "+-.??-",
            not: "-+.??+"
        ),
        .init(
            "{exists: true, equals: UP}",
            right: #""UP""#,
            wrong: #""X""#,
            other: "1",
            empty: #""""#,
            "+-.---",
            not: "-+.+++"
        ),
    ]

    /// Matchers of what `$.a[*]` selects.
    static let selections: [Self] = [
        .init(
            "{every: UP}",
            right: #"["UP","UP"]"#,
            wrong: #"["UP","X"]"#,
            other: #""UP""#,
            empty: "[]",
            "+-..?.",
            not: "-+..?."
        ),
        .init("{any: UP}", right: #"["X","UP"]"#, wrong: #"["X"]"#, other: "1", empty: "[]", "+-.-?-", not: "-+.+?+"),
        .init(
            "{none: UP}",
            right: #"["X"]"#,
            wrong: #"["UP","X"]"#,
            other: "true",
            empty: "[]",
            "+-.+?+",
            not: "-+.-?-"
        ),
        .init(
            "{any: {length: 1}}",
            right: #"["X",1]"#,
            wrong: #"["XY"]"#,
            other: "1",
            empty: "{}",
            "+-.-?-",
            not: "-+.+?+"
        ),
        .init("{count: 2}", right: "[1,2]", wrong: "[1]", other: #""ab""#, empty: "[]", "+-.-?-", not: "-+.+?+"),
        .init("{count: 0}", right: "[]", wrong: "[1]", other: "0", empty: "{}", "+-.+?+", not: "-+.-?-"),
        .init(
            "{count: {at-most: 5}}",
            right: "[1]",
            wrong: "[1,2,3,4,5,6]",
            other: "1",
            empty: "[]",
            "+-.+?+",
            not: "-+.-?-"
        ),
    ]
}

/// Matchers of text.
extension JudgingRow {
    /// Matchers of the header field `X-A`, which is never null.
    //                                                                              right wrong missing null other empty
    static let fields: [Self] = [
        .init("{equals: on}", right: "on", wrong: "off", other: "5", empty: "", "+-. --", not: "-+. ++"),
        .init("{equals: 5}", right: "5", wrong: "5.0", other: "five", empty: "", "+-. --", not: "-+. ++"),
        .init("{one-of: [on, 1]}", right: "1", wrong: "2", other: "true", empty: "", "+-. --", not: "-+. ++"),
        .init("{contains: err}", right: "an err", wrong: "ok", other: "7", empty: "", "+-. --", not: "-+. ++"),
        .init("{starts-with: W/}", right: "W/1", wrong: "1", other: "7", empty: "", "+-. --", not: "-+. ++"),
        .init("{ends-with: .org}", right: "a.org", wrong: "org", other: "7", empty: "", "+-. --", not: "-+. ++"),
        .init("{matches: '^v'}", right: "v1", wrong: "1v", other: "7", empty: "", "+-. --", not: "-+. ++"),
        .init("{length: 2}", right: "ab", wrong: "a", other: "123", empty: "", "+-. --", not: "-+. ++"),
        .init("{greater-than: 9}", right: "10", wrong: "9", other: "soon", empty: "", "+-. ??", not: "-+. ??"),
        .init("{at-least: 9}", right: "9.0", wrong: "8", other: "[10]", empty: "", "+-. ??", not: "-+. ??"),
        .init("{less-than: 9}", right: "-1", wrong: "9", other: "1s", empty: "", "+-. ??", not: "-+. ??"),
        .init("{at-most: 9}", right: "9", wrong: "10", other: "0x1", empty: "", "+-. ??", not: "-+. ??"),
        .init("{less-than: b}", right: "a", wrong: "b", other: "5", empty: "", "+-. ++", not: "-+. --"),
        .init("{exists: true}", right: "x", wrong: nil, other: "5", empty: "", "+ . ++", not: "- + --"),
        .init("{exists: false}", right: nil, wrong: "x", other: "5", empty: "", " -+ --", not: " +. ++"),
    ]

    /// Matchers of a body, which is never missing or null; of another type is one whose bytes are not UTF-8, given here
    /// in ISO-8859-1.
    //                                                                               right wrong missing null other empty
    static let bodies: [Self] = [
        .init("{equals: UP}", right: "UP", wrong: "DOWN", other: "\u{E9} UP", empty: "", "+-  --", not: "-+  ++"),
        .init("{equals: é UP}", right: "é UP", wrong: "é", other: "\u{E9} UP", empty: "", "+-  ?-", not: "-+  ?+"),
        .init("{one-of: [UP, OK]}", right: "OK", wrong: "X", other: "\u{E9} UP", empty: "", "+-  --", not: "-+  ++"),
        .init("{one-of: [UP, é UP]}", right: "UP", wrong: "X", other: "\u{E9} UP", empty: "", "+-  ?-", not: "-+  ?+"),
        .init("{contains: UP}", right: "is UP", wrong: "X", other: "\u{E9} UP", empty: "", "+-  +-", not: "-+  -+"),
        .init("{contains: err}", right: "an err", wrong: "X", other: "\u{E9} UP", empty: "", "+-  --", not: "-+  ++"),
        .init("{contains: é}", right: "é UP", wrong: "e UP", other: "\u{E9} UP", empty: "", "+-  ?-", not: "-+  ?+"),
        .init("{starts-with: ' '}", right: " UP", wrong: "UP", other: "\u{E9} UP", empty: "", "+-  --", not: "-+  ++"),
        .init("{starts-with: é}", right: "é UP", wrong: "UP", other: "\u{E9} UP", empty: "", "+-  ?-", not: "-+  ?+"),
        .init("{ends-with: UP}", right: "is UP", wrong: "UPS", other: "\u{E9} UP", empty: "", "+-  +-", not: "-+  -+"),
        .init("{ends-with: é}", right: "é", wrong: "e", other: "UP \u{E9}", empty: "", "+-  ?-", not: "-+  ?+"),
        .init("{matches: 'U[P]$'}", right: "UP", wrong: "UPS", other: "\u{E9} UP", empty: "", "+-  +-", not: "-+  -+"),
        .init("{matches: '[é]'}", right: "é UP", wrong: "e UP", other: "\u{E9} UP", empty: "", "+-  ?-", not: "-+  ?+"),
        .init("{matches: '\\u00e9'}", right: "é", wrong: "e", other: "\u{E9} UP", empty: "", "+-  ?-", not: "-+  ?+"),
        .init("{length: 4}", right: "é UP", wrong: "UP", other: "\u{E9} UP", empty: "", "+-  ?-", not: "-+  ?+"),
        .init("{at-least: 9}", right: "10\n", wrong: "8", other: "10\u{E9}", empty: "", "+-  ??", not: "-+  ??"),
        .init("{greater-than: b}", right: "c", wrong: "a", other: "\u{E9} UP", empty: "", "+-  ?-", not: "-+  ?+"),
        .init("{exists: true}", right: "x", wrong: nil, other: "\u{E9} UP", empty: "", "+   +.", not: "-   -+"),
        .init("{exists: false}", right: nil, wrong: "x", other: "\u{E9} UP", empty: "", " -  -+", not: " +  +."),
    ]
}

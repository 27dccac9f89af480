import Testing

/// One matcher against one value of each kind, with the verdicts of the matcher and of its negation.
///
/// The verdicts stand in the order `right`, `wrong`, `missing`, `null`, `other` (another type), `empty`:
///
/// - `+` passes,
/// - `-` fails: the value was judged,
/// - `?` fails: the matcher does not apply to the value, and the message says so,
/// - `.` fails: there is nothing to judge, and the message says so,
/// - `_` the matcher has no such value.
struct JudgingRow: Sendable, CustomTestStringConvertible {
    let matcher: String
    /// JSON, or the text of a header field or body; `nil` where the matcher has no such value.
    let right, wrong, other, empty: String?
    let verdicts, negated: [Character]

    var testDescription: String { matcher }

    /// The rows of a table, whose cells stand between bars: `–` for no value, `∅` for empty text.
    private static func rows(_ table: String) -> [Self] {
        table.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: " | ").map { cell in
                String(cell.reversed().drop { $0 == " " }.reversed())
            }
            let values = cells[1...4].map { $0 == "–" ? nil : $0 == "∅" ? "" : $0 }
            return Self(
                matcher: cells[0],
                right: values[0],
                wrong: values[1],
                other: values[2],
                empty: values[3],
                verdicts: Array(cells[5]),
                negated: Array(cells[6])
            )
        }
    }
}

// swift-format-ignore
extension JudgingRow {
    /// Matchers of one node, at `$.a`. Of several conditions one that fails decides, whatever cannot be asked.
    static let members = rows(#"""
        matcher                         | right       | wrong        | other      | empty | verdicts | of not
        {equals: UP}                    | "UP"        | "DOWN"       | 1          | ""    | +-.---   | -+.+++
        {equals: 200}                   | 200         | 201          | "200"      | []    | +-.---   | -+.+++
        {equals: '200'}                 | "200"       | 200          | []         | ""    | +-.---   | -+.+++
        {equals: null}                  | null        | false        | "null"     | {}    | +-.+--   | -+.-++
        {equals: true}                  | true        | false        | "true"     | {}    | +-.---   | -+.+++
        {equals: ''}                    | ""          | " "          | 0          | []    | +-.---   | -+.+++
        {equals: [1, 2]}                | [1,2]       | [2,1]        | 1          | []    | +-.---   | -+.+++
        {equals: {b: 1}}                | {"b":1}     | {"b":2}      | [1]        | {}    | +-.---   | -+.+++
        {one-of: [UP, 1]}               | 1           | "DOWN"       | true       | ""    | +-.---   | -+.+++
        {one-of: [UP, null]}            | "UP"        | 0            | []         | {}    | +-.+--   | -+.-++
        {contains: err}                 | "an err"    | "ok"         | 7          | ""    | +-.??-   | -+.??+
        {contains: error}               | ["error"]   | ["an error"] | true       | []    | +-.??-   | -+.??+
        {contains: 2}                   | [1,2]       | [1,"2"]      | 2          | []    | +-.??-   | -+.??+
        {contains: id}                  | {"id":null} | {"ID":1}     | 1          | {}    | +-.??-   | -+.??+
        {starts-with: ab}               | "abc"       | "cab"        | ["ab"]     | ""    | +-.??-   | -+.??+
        {ends-with: bc}                 | "abc"       | "bca"        | {"bc":1}   | ""    | +-.??-   | -+.??+
        {matches: '^[0-9]+$'}           | "12"        | "v"          | 12         | ""    | +-.??-   | -+.??+
        {matches: '^$'}                 | ""          | "v"          | []         | {}    | +-.???   | -+.???
        {type: string}                  | "x"         | 1            | {}         | ""    | +-.--+   | -+.++-
        {type: number}                  | 1.5         | "1"          | true       | []    | +-.---   | -+.+++
        {type: integer}                 | 1.0         | 1.5          | "1"        | {}    | +-.---   | -+.+++
        {type: boolean}                 | false       | 0            | "false"    | []    | +-.---   | -+.+++
        {type: 'null'}                  | null        | 0            | "null"     | ""    | +-.+--   | -+.-++
        {type: array}                   | [1]         | {}           | 1          | []    | +-.--+   | -+.++-
        {type: object}                  | {"b":1}     | []           | 1          | {}    | +-.--+   | -+.++-
        {length: 2}                     | "äö"        | "a"          | 12         | ""    | +-.??-   | -+.??+
        {length: 2}                     | [1,2]       | [1]          | true       | []    | +-.??-   | -+.??+
        {length: {at-least: 1}}         | {"b":1}     | {}           | 1          | []    | +-.??-   | -+.??+
        {length: {not: 0}}              | [0]         | []           | 0          | {}    | +-.??-   | -+.??+
        {length: 0}                     | []          | [0]          | 0          | ""    | +-.??+   | -+.??-
        {greater-than: 10}              | 11          | 10           | "99"       | ""    | +-.???   | -+.???
        {at-least: 10}                  | 10          | 9.99         | [11]       | []    | +-.???   | -+.???
        {less-than: 10}                 | 9           | 10           | "9"        | ""    | +-.???   | -+.???
        {at-most: 10}                   | 10          | 1e400        | false      | {}    | +-.???   | -+.???
        {less-than: '2026'}             | "2025"      | "2026"       | 2025       | ""    | +-.??+   | -+.??-
        {greater-than: b}               | "c"         | "b"          | ["c"]      | ""    | +-.??-   | -+.??+
        {exists: true}                  | 0           | –            | {}         | ""    | +_.+++   | -_+---
        {exists: false}                 | –           | 0            | {}         | ""    | _-+---   | _+.+++
        {count: 1}                      | 0           | –            | {}         | []    | +_-+++   | -_+---
        {count: 0}                      | –           | 0            | [1]        | []    | _-+---   | _+-+++
        {every: UP}                     | ["UP","UP"] | ["UP","X"]   | {"b":"UP"} | []    | +-.??.   | -+.??.
        {any: UP}                       | ["X","UP"]  | ["X"]        | "UP"       | []    | +-.??-   | -+.??+
        {none: UP}                      | ["X"]       | ["UP","X"]   | {"b":"X"}  | []    | +-.??+   | -+.??-
        {type: number, at-least: 10}    | 11          | 9            | "11"       | ""    | +-.---   | -+.+++
        {at-least: 10, type: number}    | 11          | 9            | "11"       | ""    | +-.---   | -+.+++
        {at-least: 5, at-most: 9}       | 7           | 10           | "7"        | []    | +-.???   | -+.???
        {not: {contains: x}, length: 1} | "a"         | "x"          | 1          | []    | +-.??-   | -+.??+
        {exists: true, equals: UP}      | "UP"        | "X"          | 1          | ""    | +-.---   | -+.+++
        """#)

    /// Matchers of what `$.a[*]` selects.
    static let selections = rows(#"""
        matcher               | right       | wrong         | other | empty | verdicts | of not
        {every: UP}           | ["UP","UP"] | ["UP","X"]    | "UP"  | []    | +-..?.   | -+..?.
        {any: UP}             | ["X","UP"]  | ["X"]         | 1     | []    | +-.-?-   | -+.+?+
        {none: UP}            | ["X"]       | ["UP","X"]    | true  | []    | +-.+?+   | -+.-?-
        {any: {length: 1}}    | ["X",1]     | ["XY"]        | 1     | {}    | +-.-?-   | -+.+?+
        {count: 2}            | [1,2]       | [1]           | "ab"  | []    | +-.-?-   | -+.+?+
        {count: 0}            | []          | [1]           | 0     | {}    | +-.+?+   | -+.-?-
        {count: {at-most: 5}} | [1]         | [1,2,3,4,5,6] | 1     | []    | +-.+?+   | -+.-?-
        """#)

    /// Matchers of the header field `X-A`, which is never null.
    static let fields = rows(#"""
        matcher           | right  | wrong | other | empty | verdicts | of not
        {equals: on}      | on     | off   | 5     | ∅     | +-._--   | -+._++
        {equals: 5}       | 5      | 5.0   | five  | ∅     | +-._--   | -+._++
        {one-of: [on, 1]} | 1      | 2     | true  | ∅     | +-._--   | -+._++
        {contains: err}   | an err | ok    | 7     | ∅     | +-._--   | -+._++
        {starts-with: W/} | W/1    | 1     | 7     | ∅     | +-._--   | -+._++
        {ends-with: .org} | a.org  | org   | 7     | ∅     | +-._--   | -+._++
        {matches: '^v'}   | v1     | 1v    | 7     | ∅     | +-._--   | -+._++
        {length: 2}       | ab     | a     | 123   | ∅     | +-._--   | -+._++
        {greater-than: 9} | 10     | 9     | soon  | ∅     | +-._??   | -+._??
        {at-least: 9}     | 9.0    | 8     | [10]  | ∅     | +-._??   | -+._??
        {less-than: 9}    | -1     | 9     | 1s    | ∅     | +-._??   | -+._??
        {at-most: 9}      | 9      | 10    | 0x1   | ∅     | +-._??   | -+._??
        {less-than: b}    | a      | b     | 5     | ∅     | +-._++   | -+._--
        {exists: true}    | x      | –     | 5     | ∅     | +_._++   | -_+_--
        {exists: false}   | –      | x     | 5     | ∅     | _-+_--   | _+._++
        """#)

    /// Matchers of a body, which is never missing or null. Of another type is one that declares UTF-8 and is
    /// ISO-8859-1.
    static let bodies = rows(#"""
        matcher              | right  | wrong | other | empty | verdicts | of not
        {equals: UP}         | UP     | DOWN  | é UP  | ∅     | +-__--   | -+__++
        {equals: é UP}       | é UP   | é     | é UP  | ∅     | +-__?-   | -+__?+
        {one-of: [UP, OK]}   | OK     | X     | é UP  | ∅     | +-__--   | -+__++
        {one-of: [UP, é UP]} | UP     | X     | é UP  | ∅     | +-__?-   | -+__?+
        {contains: UP}       | is UP  | X     | é UP  | ∅     | +-__+-   | -+__-+
        {contains: err}      | an err | X     | é UP  | ∅     | +-__--   | -+__++
        {contains: é}        | é UP   | e UP  | é UP  | ∅     | +-__?-   | -+__?+
        {starts-with: U}     | UP     | é UP  | é UP  | ∅     | +-__--   | -+__++
        {starts-with: é}     | é UP   | UP    | é UP  | ∅     | +-__?-   | -+__?+
        {ends-with: UP}      | is UP  | UPS   | é UP  | ∅     | +-__+-   | -+__-+
        {ends-with: é}       | é      | e     | UP é  | ∅     | +-__?-   | -+__?+
        {matches: 'U[P]$'}   | UP     | UPS   | é UP  | ∅     | +-__+-   | -+__-+
        {matches: '[é]'}     | é UP   | e UP  | é UP  | ∅     | +-__?-   | -+__?+
        {matches: '\u00e9'}  | é      | e     | é UP  | ∅     | +-__?-   | -+__?+
        {length: 4}          | é UP   | UP    | é UP  | ∅     | +-__?-   | -+__?+
        {at-least: 9}        | 10.0  | 8     | 10é   | ∅     | +-__??   | -+__??
        {greater-than: b}    | c      | a     | é UP  | ∅     | +-__?-   | -+__?+
        {exists: true}       | x      | –     | é UP  | ∅     | +___+.   | -___-+
        {exists: false}      | –      | x     | é UP  | ∅     | _-__-+   | _+__+.
        """#)
}

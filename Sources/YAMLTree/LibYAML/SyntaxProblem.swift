internal import CLibYAML
internal import SourceDiagnostics

/// What libyaml says of a file that it cannot read, copied out of its memory.
///
/// libyaml tells what its grammar missed, in its own terms and often at the end of what is wrong. The rest of this file
/// makes a sentence of it that names what a person did, at the place where they did it, and adds what to do where the
/// slip is a common one. Words of libyaml's that are not known here are passed on.
struct SyntaxProblem {
    enum Stage {
        case reader, scanner, parser, memory
    }

    /// A mark as libyaml counts: from 0, with line breaks of its own.
    struct Mark: Equatable {
        var index: Int
        var line: Int
        var column: Int

        init(_ mark: yaml_mark_t) {
            index = Int(clamping: mark.index)
            line = Int(clamping: mark.line)
            column = Int(clamping: mark.column)
        }
    }

    let stage: Stage
    let problem: String
    let problemMark: Mark
    /// The byte at which a reader problem lies, and the value found there, or -1.
    let offset: Int
    let value: Int
    let context: String?
    let contextMark: Mark

    init(_ parser: yaml_parser_t) {
        stage =
            switch parser.error {
            case YAML_READER_ERROR: .reader
            case YAML_SCANNER_ERROR: .scanner
            case YAML_PARSER_ERROR: .parser
            default: .memory
            }
        problem = parser.problem.map { String(cString: $0) } ?? ""
        problemMark = Mark(parser.problem_mark)
        offset = Int(clamping: parser.problem_offset)
        value = Int(parser.problem_value)
        context = parser.context.map { String(cString: $0) }
        contextMark = Mark(parser.context_mark)
    }
}

// The sentence and its place.
extension SyntaxProblem {
    /// The problem in a sentence, at its true place.
    func diagnostic(in source: SourceText, placer: MarkPlacer) -> Diagnostic {
        switch stage {
        case .reader:
            Diagnostic(
                .error,
                readerMessage,
                file: source.name,
                position: source.position(ofByte: brokenCharacter(in: source))
            )
        case .memory:
            Diagnostic(.error, "memory is short", file: source.name, position: nil)
        case .scanner, .parser:
            advised(syntaxDiagnostic(in: source, placer: placer), in: source)
        }
    }

    private func advised(_ diagnostic: Diagnostic, in source: SourceText) -> Diagnostic {
        var diagnostic = diagnostic
        diagnostic.help = diagnostic.position.flatMap { slip(at: $0, in: source) }
        return diagnostic
    }

    /// Where the character that cannot be read begins; of a broken sequence libyaml names a later byte.
    private func brokenCharacter(in source: SourceText) -> Int {
        let place = source.textStart + offset
        guard problem == "invalid trailing UTF-8 octet" else { return place }
        return source.bytes[..<min(place, source.bytes.count)].lastIndex { $0 >= 0xC0 } ?? place
    }

    private var readerMessage: String {
        let code = String(max(0, value), radix: 16, uppercase: true)
        return switch problem {
        case "control characters are not allowed": "the control character U+\(padded(code)) cannot stand in YAML"
        case "invalid Unicode character": "U+\(padded(code)) is no character; the file is not valid UTF-8"
        default: "the file is not valid UTF-8"
        }
    }

    private func padded(_ code: String) -> String {
        String(repeating: "0", count: max(0, 4 - code.count)) + code
    }

    private func syntaxDiagnostic(in source: SourceText, placer: MarkPlacer) -> Diagnostic {
        let place = placer.position(problemMark)
        var diagnostic = Diagnostic(.error, sentence, file: source.name, position: place)
        if problem == "found character that cannot start any token" {
            diagnostic.message = Self.strangeStart(at: place, in: source)
        }
        guard let context else { return diagnostic }
        let start = placer.position(contextMark)
        switch context {
        case "while scanning a quoted scalar":
            diagnostic.position = start
        case "while parsing a quoted scalar":
            diagnostic.position = start
            diagnostic.notes = [Diagnostic.Note("the escape is here", file: source.name, position: place)]
        case "while scanning a simple key":
            diagnostic.position = start
        case "while parsing a flow sequence", "while parsing a flow mapping":
            diagnostic.notes = [Diagnostic.Note("it was opened here", file: source.name, position: start)]
        case "while parsing a block mapping" where start != place:
            diagnostic.notes = [Diagnostic.Note("the map began here", file: source.name, position: start)]
        case "while parsing a block collection" where start != place:
            diagnostic.notes = [Diagnostic.Note("the list began here", file: source.name, position: start)]
        case "while scanning an anchor", "while scanning an alias", "while scanning a tag", "while parsing a tag":
            diagnostic.position = start
        default:
            break
        }
        return diagnostic
    }

    private static func strangeStart(at place: SourcePosition, in source: SourceText) -> String {
        var walker = SourceWalker(source)
        walker.advance(to: place)
        guard let byte = walker.byte, byte != UInt8(ascii: "\t") else {
            return "a tab cannot indent; use spaces"
        }
        return "a value cannot begin with \"\(String(decoding: [byte], as: UTF8.self))\"; put it in quotes"
    }

    /// libyaml's own words become sentences that say what to look for.
    private var sentence: String {
        switch (problem, context) {
        case ("found unexpected end of stream", "while scanning a quoted scalar"),
            ("found unexpected document indicator", _):
            "the quote that opens here is never closed"
        case ("found unknown escape character", _):
            "unknown escape in a double-quoted text; single quotes take a backslash as it is"
        case ("did not find expected hexdecimal number", _):
            "an escape in this text lacks hexadecimal digits"
        case ("found invalid Unicode character escape code", _):
            "an escape in this text is no Unicode character"
        case ("could not find expected ':'", _):
            "expected a \":\" after this key"
        case ("mapping values are not allowed in this context", _):
            "a \":\" cannot stand here; quote the text, or check the indentation"
        case ("block sequence entries are not allowed in this context", _):
            "a \"- \" item cannot stand here; put it on a line of its own"
        case ("did not find expected ',' or ']'", _):
            "expected \",\" or \"]\" in the list"
        case ("did not find expected ',' or '}'", _):
            "expected \",\" or \"}\" in the map"
        case ("did not find expected key", _):
            "expected a key of the map here; check the indentation"
        case ("did not find expected '-' indicator", _):
            "expected a \"- \" item of the list here; check the indentation"
        case ("did not find expected node content", _):
            "expected a value here"
        case ("did not find expected <document start>", _):
            "expected the end of the file here; the document is already complete"
        case ("found undefined tag handle", _):
            "this tag's prefix is not defined; only core tags such as !!str can be used"
        case ("found unknown directive name", _):
            "unknown directive; only %YAML and %TAG exist"
        case ("found incompatible YAML document", _):
            "this YAML version cannot be read; use 1.1 or 1.2"
        case ("found a tab character that violates indentation", _):
            "a tab cannot indent; use spaces"
        case ("did not find expected alphabetic or numeric character", "while scanning an alias"):
            "\"*\" needs the name of an anchor; quote a text that begins with it"
        case ("did not find expected alphabetic or numeric character", _):
            "\"&\" needs a name; quote a text that begins with it"
        case ("did not find expected comment or line break", _):
            "only a comment can follow \"|\" or \">\" on its line"
        default:
            context.map { "not valid YAML \($0): \(problem)" } ?? "not valid YAML: \(problem)"
        }
    }
}

// Slips that everybody makes, and that libyaml's own words do not name.
extension SyntaxProblem {
    /// What to do about the problem, where it is one of these slips.
    ///
    /// - Parameter place: Where the problem is shown.
    private func slip(at place: SourcePosition, in source: SourceText) -> String? {
        switch problem {
        case "could not find expected ':'":
            Self.missingSpace(in: Self.line(place.line, of: source))
        case "mapping values are not allowed in this context":
            // The line before was taken for the beginning of a text that goes on here.
            Self.missingSpace(in: Self.line(place.line - 1, of: source))
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            Self.isReference(at: place, in: source) ? "put \"${…}\" in quotes inside { } and [ ]" : nil
        default:
            nil
        }
    }

    /// What to do about a line in which a space is missing behind its `-` or its key.
    private static func missingSpace(in line: String) -> String? {
        var rest = line.drop { $0 == " " }
        while rest.hasPrefix("- ") { rest = rest.dropFirst().drop { $0 == " " } }
        if rest.first == "-", let next = rest.dropFirst().first, next != "-" {
            return "a space is missing behind \"-\""
        }
        let key = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "-") }
        let value = rest.dropFirst(key.count)
        guard !key.isEmpty, value.first == ":", let next = value.dropFirst().first, next != " ", next != "/" else {
            return nil
        }
        return "a space is missing behind \"\(key):\""
    }

    /// Whether a place is the brace of a `${`.
    private static func isReference(at place: SourcePosition, in source: SourceText) -> Bool {
        line(place.line, of: source).unicodeScalars.prefix(place.column).suffix(2).elementsEqual("${".unicodeScalars)
    }

    private static func line(_ number: Int, of source: SourceText) -> String {
        let lines = source.bytes[source.textStart...].split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.indices.contains(number - 1) else { return "" }
        return String(decoding: lines[number - 1].filter { $0 != 0x0D }, as: UTF8.self)
    }
}

internal import CLibYAML

/// libyaml's parser over bytes that stay in place: the only code that touches libyaml's memory.
///
/// Its structures live on the heap because libyaml keeps pointers to them.
struct EventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>

    /// Starts on bytes that must outlive the reader; `nil` when memory is short.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        event = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            event.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        event.deallocate()
    }

    /// Lends the next event for the length of `body`.
    func withNext<Result, Failure: Error>(
        _ body: (borrowing yaml_event_t) throws(Failure) -> Result,
        failed: (SyntaxProblem) -> Failure
    ) throws(Failure) -> Result {
        guard yaml_parser_parse(parser, event) == 1 else { throw failed(SyntaxProblem(parser.pointee)) }
        defer { yaml_event_delete(event) }
        return try body(event.pointee)
    }
}

/// What libyaml says of a file that it cannot read, copied out of its memory.
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

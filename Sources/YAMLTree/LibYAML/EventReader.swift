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

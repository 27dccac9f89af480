import Text

/// Parses a JSON text in one pass, without recursion.
///
/// What is open is a list of its own rather than the call stack, so that the depth of a text costs memory that is
/// bounded by the limits, and never the stack of a thread. What comes next is one of four expectations; the error
/// messages are written from it.
struct JSONParser {
    /// An array or object whose end has not been seen.
    private struct OpenContainer {
        let entry: Int
        let isObject: Bool
        var count: UInt32 = 0
        let firstName: Int
    }

    private enum Expectation {
        case value
        /// After `[`: a value or the end.
        case firstElement
        /// After `{`: a name or the end.
        case firstMember
        /// After a value: a comma, the end of the container, or the end of the text.
        case separator
    }

    private let limits: JSONLimits
    private var entries: [TapeEntry] = []
    private var open: [OpenContainer] = []
    private var names = MemberNames()

    private init(limits: JSONLimits) {
        self.limits = limits
    }

    static func parse(_ bytes: [UInt8], limits: JSONLimits) throws(JSONError) -> [TapeEntry] {
        let text = bytes.span
        guard bytes.count <= limits.bytes else {
            throw JSONError(
                .textTooLarge,
                "The text has \(bytes.count.counting("byte")); the limit is \(limits.bytes).",
                at: JSONPosition(offset: 0, in: text)
            )
        }
        var parser = JSONParser(limits: limits)
        // Real documents have an entry for every 12 to 20 bytes.
        parser.entries.reserveCapacity(bytes.count / 16 + 8)
        try parser.parse(text, bytes)
        return parser.entries
    }

    private mutating func parse(_ text: Span<UInt8>, _ bytes: [UInt8]) throws(JSONError) {
        var position = JSONScanner.skipWhitespace(text, from: JSONScanner.lengthOfByteOrderMark(text))
        var expectation = Expectation.value
        while true {
            guard position < text.count else { throw endOfText(text, expectation) }
            let byte = text[unchecked: position]
            switch expectation {
            case .separator:
                if byte == UInt8(ascii: ","), let container = open.last {
                    position = JSONScanner.skipWhitespace(text, from: position + 1)
                    if container.isObject {
                        position = try parseName(text, bytes, at: position, isFirst: false)
                    }
                    expectation = .value
                    continue
                }
                position = try close(text, bytes, byte, at: position)
                if open.isEmpty, try isComplete(text, from: position) { return }
                continue
            case .firstMember where byte != UInt8(ascii: "}"):
                position = try parseName(text, bytes, at: position, isFirst: true)
                expectation = .value
                continue
            case .firstElement where byte == UInt8(ascii: "]"), .firstMember:
                position = try close(text, bytes, byte, at: position)
                expectation = .separator
            case .value, .firstElement:
                let depth = open.count
                if depth > 0 { open[depth - 1].count += 1 }
                position = try parseValue(text, byte, at: position)
                if open.count > depth {
                    expectation = byte == UInt8(ascii: "{") ? .firstMember : .firstElement
                    continue
                }
                expectation = .separator
            }
            if open.isEmpty, try isComplete(text, from: position) { return }
        }
    }

    /// Parses a scalar, or opens an array or object; returns where to go on.
    @inline(__always)
    private mutating func parseValue(
        _ text: Span<UInt8>,
        _ byte: UInt8,
        at start: Int
    ) throws(JSONError) -> Int {
        var end: Int
        switch byte {
        case UInt8(ascii: "\""):
            let string = try JSONScanner.scanString(text, from: start)
            entries.append(
                TapeEntry(.string, start: start + 1, length: string.end - start - 2, isEscaped: string.isEscaped)
            )
            end = string.end
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard open.count < limits.depth else {
                let message = "Arrays and objects are nested over \(limits.depth) deep."
                throw JSONError(.nestingTooDeep, message, at: JSONPosition(offset: start, in: text))
            }
            let isObject = byte == UInt8(ascii: "{")
            open.append(OpenContainer(entry: entries.count, isObject: isObject, firstName: names.count))
            entries.append(TapeEntry(isObject ? .object : .array, start: start, length: 0))
            end = start + 1
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            switch JSONNumberScanner.scan(text, from: start) {
            case .success(let numberEnd): end = numberEnd
            case .failure(let problem):
                let code: JSONError.Code = problem.isOutOfRange ? .numberOutOfRange : .syntax
                throw JSONError(code, problem.message, at: JSONPosition(offset: problem.offset, in: text))
            }
            entries.append(TapeEntry(.number, start: start, length: end - start))
        default:
            let (kind, length) = try JSONScanner.scanLiteral(text, byte, at: start)
            entries.append(TapeEntry(kind, start: start, length: length))
            end = start + length
        }
        return JSONScanner.skipWhitespace(text, from: end)
    }

    /// Parses a member's name and its colon.
    @inline(__always)
    private mutating func parseName(
        _ text: Span<UInt8>,
        _ bytes: [UInt8],
        at start: Int,
        isFirst: Bool
    ) throws(JSONError) -> Int {
        guard start < text.count, text[unchecked: start] == UInt8(ascii: "\"") else {
            let expected = isFirst ? "Expected a name in double quotes or \"}\"" : "Expected a name in double quotes"
            throw JSONScanner.unexpected(text, at: start, expected)
        }
        let string = try JSONScanner.scanString(text, from: start)
        let entry = TapeEntry(.name, start: start + 1, length: string.end - start - 2, isEscaped: string.isEscaped)
        names.append(entry, index: entries.count, text: text)
        entries.append(entry)
        if let container = open.last, let first = names.earlierTwin(from: container.firstName, entries, bytes) {
            throw duplicateName(text, entry, first: first)
        }
        let colon = JSONScanner.skipWhitespace(text, from: string.end)
        guard colon < text.count, text[unchecked: colon] == UInt8(ascii: ":") else {
            throw JSONScanner.unexpected(text, at: colon, "Expected \":\" after the name")
        }
        return JSONScanner.skipWhitespace(text, from: colon + 1)
    }

    /// Ends the innermost array or object.
    @inline(__always)
    private mutating func close(
        _ text: Span<UInt8>,
        _ bytes: [UInt8],
        _ byte: UInt8,
        at position: Int
    ) throws(JSONError) -> Int {
        guard let container = open.last, byte == UInt8(ascii: container.isObject ? "}" : "]") else {
            throw JSONScanner.unexpected(text, at: position, expectedSeparator)
        }
        if container.isObject {
            if let (first, second) = names.firstTwins(from: container.firstName, entries, bytes) {
                throw duplicateName(text, entries[second], first: first)
            }
            names.removeLast(downTo: container.firstName)
        }
        open.removeLast()
        entries[container.entry].length = container.count
        entries[container.entry].end = UInt32(truncatingIfNeeded: entries.count)
        return JSONScanner.skipWhitespace(text, from: position + 1)
    }
}

extension JSONParser {
    /// Whether the text ends here, where its one value has ended.
    private func isComplete(_ text: Span<UInt8>, from position: Int) throws(JSONError) -> Bool {
        guard position == text.count else {
            throw JSONScanner.unexpected(text, at: position, "Expected the end of the text after the value")
        }
        return true
    }

    private var expectedSeparator: String {
        guard let container = open.last else { return "Expected a value" }
        return container.isObject ? "Expected \",\" or \"}\"" : "Expected \",\" or \"]\""
    }

    private func endOfText(_ text: Span<UInt8>, _ expectation: Expectation) -> JSONError {
        let expected =
            switch expectation {
            case .value where entries.isEmpty: "Expected a JSON value"
            case .value: "Expected a value"
            case .firstElement: "Expected a value or \"]\""
            case .firstMember: "Expected a name in double quotes or \"}\""
            case .separator: expectedSeparator
            }
        return JSONScanner.unexpected(text, at: text.count, expected)
    }

    private func duplicateName(_ text: Span<UInt8>, _ second: TapeEntry, first: Int) -> JSONError {
        let secondPosition = JSONPosition(offset: Int(second.start) - 1, in: text)
        let firstPosition = JSONPosition(offset: Int(entries[first].start) - 1, in: text)
        return JSONError(
            .duplicateName,
            "The name appears twice in one object; the first is at \(firstPosition).",
            at: secondPosition,
            first: firstPosition
        )
    }
}

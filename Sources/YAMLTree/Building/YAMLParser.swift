package import SourceDiagnostics
import Text

/// A file's tree, and what is wrong with the file although it has one.
package struct YAMLDocument: Sendable {
    package let root: YAMLNode
    /// Duplicate keys, foreign tags, unknown aliases and the like, in the order in which they were met.
    package let problems: [Diagnostic]
}

/// Reads YAML 1.1 as libyaml does, within limits.
///
/// One pass: `EventReader` takes events from libyaml, `TreeBuilder` grows the tree from them, and ``YAMLNode``s are
/// handed out of it. What a file looks like before any of that, such as UTF-16, is said here, because libyaml would
/// only say that some character is wrong.
package enum YAMLParser {
    /// Builds the tree of the one document that the source holds.
    ///
    /// - Parameters:
    ///   - source: The file; UTF-8, with or without a byte order mark.
    ///   - marker: A byte to look for: nodes that hold it in a scalar answer so with `isMarked`.
    ///   - limits: What is too large.
    /// - Throws: `YAMLError` where the file is not YAML or is too large for a tree.
    package static func parse(
        _ source: SourceText,
        marking marker: UInt8? = nil,
        limits: YAMLLimits = YAMLLimits()
    ) throws(YAMLError) -> YAMLDocument {
        if let problem = refusal(of: source, limits: limits) { throw YAMLError(diagnostics: [problem]) }
        let outcome: Result<YAMLDocument, YAMLError> = source.bytes.withUnsafeBufferPointer { bytes in
            let text = UnsafeBufferPointer(rebasing: bytes[source.textStart...])
            return Result { () throws(YAMLError) in
                try build(text, of: source, marker: marker, limits: limits)
            }
        }
        return try outcome.get()
    }

    private static func build(
        _ text: UnsafeBufferPointer<UInt8>,
        of source: SourceText,
        marker: UInt8?,
        limits: YAMLLimits
    ) throws(YAMLError) -> YAMLDocument {
        var builder = TreeBuilder(source: source, text: text, marker: marker, limits: limits)
        guard let reader = EventReader(text) else {
            throw builder.failure(Diagnostic(.error, "memory is short", file: source.name, position: nil))
        }
        var goesOn = true
        while goesOn {
            goesOn = try reader.withNext { event throws(YAMLError) in
                try builder.take(event)
            } failed: { problem in
                builder.failure(problem.diagnostic(in: source, placer: builder.placer))
            }
        }
        return try builder.finish()
    }

    /// What can be said of a file before libyaml sees it.
    private static func refusal(of source: SourceText, limits: YAMLLimits) -> Diagnostic? {
        let bytes = source.bytes
        func refuse(_ message: String, at position: SourcePosition? = SourcePosition(line: 1, column: 1)) -> Diagnostic
        {
            Diagnostic(.error, message, file: source.name, position: position)
        }
        if bytes.count > limits.fileSize {
            let size = limits.fileSize / (1024 * 1024)
            return refuse("the file is larger than \(size) MiB (\(bytes.count.counting("byte")))", at: nil)
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return refuse("the file is UTF-16; save it as UTF-8")
        }
        guard let zero = bytes.withUnsafeBufferPointer({ $0.firstIndex(of: 0) }) else { return nil }
        if [2, 4].contains(where: { isWide(bytes.prefix(64), unit: $0) }) {
            return refuse("the file looks like UTF-16 or UTF-32; save it as UTF-8")
        }
        return refuse("the file holds a NUL byte, so it is not text", at: source.position(ofByte: zero))
    }

    /// Whether the bytes are ASCII text in units of 2 or 4 bytes: one byte of each unit is a character, the others 0.
    private static func isWide(_ head: ArraySlice<UInt8>, unit: Int) -> Bool {
        guard head.count >= unit else { return false }
        return [0, unit - 1].contains { place in
            head.enumerated().allSatisfy { index, byte in
                index % unit == place
                    ? byte == 0x09 || byte == 0x0A || byte == 0x0D || (0x20..<0x7F).contains(byte) : byte == 0
            }
        }
    }
}

/// How large a YAML file may be, so that a small hostile one cannot become a large tree.
package struct YAMLLimits: Sendable {
    /// The most bytes of the file.
    package var fileSize = 32 * 1024 * 1024
    /// The most maps and lists inside one another, aliases expanded.
    package var nesting = 64
    /// The most nodes after alias expansion.
    ///
    /// A key counts together with its value.
    package var nodes = 1_000_000

    package init() {}
}

/// Says why a file has no tree; holds at least one diagnostic of severity error.
package struct YAMLError: Error, Sendable {
    package let diagnostics: [Diagnostic]
}

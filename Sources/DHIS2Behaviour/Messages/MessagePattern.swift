/// A text with gaps, by which a message is recognised from its first byte to its last.
///
/// ```swift
/// let pattern: MessagePattern = "Route '\(.anything)' does not allow sub-paths"
/// pattern.match("Route '59' does not allow sub-paths")  // ["59"]
/// ```
package struct MessagePattern: Sendable, Hashable {
    /// What a gap may hold.
    package enum Gap: Sendable, Hashable {
        /// Any text, as short as what follows allows; nothing too.
        case anything
        /// One digit or more.
        case digits
    }

    fileprivate enum Part: Sendable, Hashable {
        case text(String)
        case gap(Gap)
    }

    private let parts: [Part]
    private let ignoresCase: Bool

    /// Any text that holds some words, in whatever case.
    ///
    /// - Parameter words: The words in lower case.
    package static func holding(_ words: String) -> Self {
        Self(parts: [.gap(.anything), .text(words), .gap(.anything)], ignoresCase: true)
    }

    private init(parts: [Part], ignoresCase: Bool) {
        self.parts = parts
        self.ignoresCase = ignoresCase
    }

    /// What the gaps of the pattern hold in a text; `nil` where the text is another one.
    package func match(_ text: String) -> [String]? {
        let text = ignoresCase ? text.lowercased() : text
        var rest = text.utf8[...]
        var found: [String] = []
        var parts = parts[...]
        while let part = parts.popFirst() {
            switch part {
            case .text(let due):
                guard rest.starts(with: due.utf8) else { return nil }
                rest = rest.dropFirst(due.utf8.count)
            case .gap(.digits):
                let digits = rest.prefix { (0x30...0x39).contains($0) }
                guard !digits.isEmpty else { return nil }
                found.append(String(Substring(digits)))
                rest = rest[digits.endIndex...]
            case .gap(.anything):
                let end = Self.end(of: rest, before: parts)
                guard let end else { return nil }
                found.append(String(Substring(rest[..<end])))
                rest = rest[end...]
            }
        }
        return rest.isEmpty ? found : nil
    }

    /// Where a gap for anything ends: before the text that follows it, which ends the message if it is the last part.
    private static func end(
        of rest: Substring.UTF8View,
        before parts: ArraySlice<Part>
    ) -> Substring.UTF8View.Index? {
        guard case .text(let due)? = parts.first else { return parts.isEmpty ? rest.endIndex : rest.startIndex }
        guard parts.count == 1 else { return rest.firstRange(of: due.utf8)?.lowerBound }
        let place = rest.dropLast(due.utf8.count).endIndex
        return rest.count >= due.utf8.count ? place : nil
    }
}

extension MessagePattern: ExpressibleByStringInterpolation {
    /// The parts of a pattern as it is written.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        /// Creates a pattern without parts.
        package init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds a text.
        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.text(literal)) }
        }

        /// Adds a gap.
        package mutating func appendInterpolation(_ gap: Gap) {
            parts.append(.gap(gap))
        }
    }

    /// Creates a pattern without gaps.
    package init(stringLiteral value: String) {
        self.init(parts: [.text(value)], ignoresCase: false)
    }

    /// Creates a pattern with gaps.
    package init(stringInterpolation: StringInterpolation) {
        self.init(parts: stringInterpolation.parts, ignoresCase: false)
    }
}

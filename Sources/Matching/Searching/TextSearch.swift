package import LinearRegex

/// What is left of the work that the patterns of one expectation may do.
///
/// Matching takes time that is linear in the text, but the text may be large and the pattern too; nothing ends it
/// while it runs.
package final class PatternBudget {
    /// Some seconds' worth, and several times what a simple pattern needs for the largest body.
    package static let standardSteps = 300_000_000

    /// What showing a place in the text is worth.
    private static let placeSteps = 5_000_000

    private var stepsLeft: Int
    private var isOverrun = false

    package init(steps: Int) {
        stepsLeft = steps
    }

    /// Whether the pattern matches anywhere in the text; `false` as well when that was given up.
    package func containsMatch(of pattern: RegexPattern, in text: String) -> Bool {
        let isMatch = pattern.containsMatch(in: text, stepsLeft: &stepsLeft)
        if isMatch == nil { isOverrun = true }
        return isMatch ?? false
    }

    /// The first match; `nil` as well where looking for it is not worth the while.
    package func firstMatch(of pattern: RegexPattern, in text: String) -> Range<Int>? {
        var steps = Self.placeSteps
        return pattern.firstMatch(in: text, stepsLeft: &steps)
    }

    /// Whether something was given up since this was asked last.
    package func takeOverrun() -> Bool {
        defer { isOverrun = false }
        return isOverrun
    }
}

/// Finds a text in another in time linear in both, whatever they are (Knuth, Morris and Pratt).
package enum SubstringSearch {
    /// The offset in bytes of UTF-8 at which a text first occurs in another; 0 for an empty text.
    package static func firstOffset(of needle: String, in text: String) -> Int? {
        var (needle, text) = (needle, text)
        return needle.withUTF8 { needle in
            text.withUTF8 { text in firstOffset(of: needle.span, in: text.span) }
        }
    }

    private static func firstOffset(of needle: Span<UInt8>, in text: Span<UInt8>) -> Int? {
        guard !needle.isEmpty else { return 0 }
        guard needle.count <= text.count else { return nil }
        let fallbacks = fallbacks(of: needle)
        var matched = 0
        for place in 0..<text.count {
            while matched > 0, text[place] != needle[matched] { matched = fallbacks[matched - 1] }
            if text[place] == needle[matched] { matched += 1 }
            if matched == needle.count { return place + 1 - matched }
        }
        return nil
    }

    /// For each beginning of the text, the length of its longest end that is a shorter beginning too.
    private static func fallbacks(of needle: Span<UInt8>) -> [Int] {
        var fallbacks = [Int](repeating: 0, count: needle.count)
        var matched = 0
        for place in 1..<max(needle.count, 1) {
            while matched > 0, needle[place] != needle[matched] { matched = fallbacks[matched - 1] }
            if needle[place] == needle[matched] { matched += 1 }
            fallbacks[place] = matched
        }
        return fallbacks
    }
}

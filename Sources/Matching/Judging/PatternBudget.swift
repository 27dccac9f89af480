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

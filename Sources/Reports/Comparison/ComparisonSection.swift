import Checks
import SourceDiagnostics
import Text

/// One heading of a comparison with what is under it, as every format shows it.
struct ComparisonSection {
    var title: String
    var tone: Tone
    var items: [Item]

    /// The items that are shown; what there is more of is counted.
    var shown: ArraySlice<Item> { items.prefix(100) }
    /// How many items are not shown.
    var left: Int { items.count - shown.count }

    enum Tone {
        case bad, good, doubtful, neutral
    }

    struct Item {
        var name: String
        /// Why, or since when; may be empty.
        var detail: String
    }

    /// What changed, the worst first; empty sections are left out.
    ///
    /// - Parameter includesStillBad: Whether what failed or did not run before and now is among them.
    static func sections(of comparison: RunComparison, includesStillBad: Bool = false) -> [Self] {
        [
            Self(title: "Server unusable", tone: .bad, items: comparison.unusable.map(unusable)),
            Self(title: "Did not run", tone: .bad, items: comparison.didNotRun.map(unrun)),
            Self(title: "Newly failing", tone: .bad, items: comparison.newlyFailing.map { failing($0) }),
            Self(title: "Run did not pass", tone: .bad, items: run(comparison)),
            Self(title: "Slower", tone: .bad, items: comparison.slower.map(slower)),
            Self(
                title: "Still failing",
                tone: .bad,
                items: includesStillBad ? comparison.stillFailing.map { failing($0) } : []
            ),
            Self(
                title: "Server still unusable",
                tone: .bad,
                items: includesStillBad ? comparison.stillUnusable.map(unusable) : []
            ),
            Self(
                title: "Still not run",
                tone: .bad,
                items: includesStillBad ? comparison.stillNotRun.map(unrun) : []
            ),
            Self(
                title: "Not comparable",
                tone: .doubtful,
                items: comparison.unknown.map { Item(name: $0.run, detail: $0.reason) }
            ),
            Self(title: "Perhaps slower", tone: .doubtful, items: comparison.perhapsSlower.map(perhapsSlower)),
            Self(title: "Newly flaky", tone: .doubtful, items: comparison.newlyFlaky.map { flaky($0) }),
            Self(title: "Now skipped", tone: .doubtful, items: comparison.nowSkipped.map(unrun)),
            Self(title: "Newly allowed to fail", tone: .doubtful, items: comparison.newlyAllowed.map(failing)),
            Self(title: "Fixed", tone: .good, items: comparison.fixed.map { plain($0) }),
            Self(title: "Recovered", tone: .good, items: comparison.recovered.map { plain($0) }),
            Self(title: "No longer skipped", tone: .good, items: comparison.noLongerSkipped.map { plain($0) }),
            Self(title: "No longer flaky", tone: .good, items: comparison.noLongerFlaky.map { plain($0) }),
            Self(title: "Added", tone: .neutral, items: comparison.added.map { plain($0) }),
            Self(title: "Removed", tone: .neutral, items: comparison.removed.map { plain($0) }),
        ].filter { !$0.items.isEmpty }
    }

    /// The counts in one phrase, such as `1 newly failing, 2 fixed`.
    static func phrase(of comparison: RunComparison) -> String {
        // What is as bad as before comes last, and is told also where its items are not.
        let changed = sections(of: comparison)
        let still = sections(of: comparison, includesStillBad: true).filter { section in
            !changed.contains { $0.title == section.title }
        }
        let parts = (changed + still).map { "\($0.items.count) \($0.title.lowercased())" }
        return parts.isEmpty ? "nothing changed" : parts.joined(separator: ", ")
    }

    private static func failing(_ entry: RunComparison.Entry) -> Item {
        guard let result = entry.after, let attempt = result.attempts.last else {
            return Item(name: name(entry), detail: entry.after?.reason ?? "")
        }
        let story = FailureStory(attempt, of: result, file: entry.file)
        let before = entry.before.map { "was \($0.outcome.rawValue)" } ?? entry.absence.clause
        return Item(name: name(entry), detail: "\(story.headline) (\(before)) at \(story.location)")
    }

    /// The run as a whole, where no check and no server tells why it has not passed.
    private static func run(_ comparison: RunComparison) -> [Item] {
        guard comparison.runGotWorse else { return [] }
        return [Item(name: "the whole run", detail: "is \(comparison.verdict.rawValue) (was passed)")]
    }

    private static func unusable(_ server: RunComparison.UnusableServer) -> Item {
        Item(name: server.suite, detail: "\(server.fault.layer.rawValue): \(server.fault.message)")
    }

    private static func unrun(_ entry: RunComparison.Entry) -> Item {
        let before = entry.before.map { "was \($0.outcome.rawValue)" } ?? entry.absence.clause
        return Item(name: name(entry), detail: entry.after?.reason.map { "\($0) (\(before))" } ?? before)
    }

    private static func flaky(_ entry: RunComparison.Entry) -> Item {
        Item(name: name(entry), detail: "passed at attempt \(entry.after?.attempts.count ?? 0)")
    }

    private static func plain(_ entry: RunComparison.Entry) -> Item {
        Item(name: name(entry), detail: "")
    }

    private static func perhapsSlower(_ slowdown: Slowdown) -> Item {
        Item(
            name: slowdown.route.map { "route \($0)" } ?? "all routes",
            detail: """
                \(medians(of: slowdown)) (too few to test; told from \(Int(Slowdown.suspiciousRatio))× and \
                \(Slowdown.suspiciousDifference.phrase) on)
                """
        )
    }

    private static func medians(of slowdown: Slowdown) -> String {
        let hundredths = Int((min(slowdown.ratio, 1e9) * 100).rounded())
        let ratio = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
        let checks = slowdown.pairs.counting("check")
        return "median \(slowdown.before.phrase) → \(slowdown.after.phrase), \(ratio)× over \(checks)"
    }

    private static func slower(_ slowdown: Slowdown) -> Item {
        let millionths = Int((slowdown.probability * 10_000).rounded(.up))
        let probability = millionths <= 1 ? "p ≤ 0.0001" : "p = 0.\(String(10_000 + millionths).dropFirst())"
        return Item(
            name: slowdown.route.map { "route \($0)" } ?? "all routes",
            detail: """
                \(medians(of: slowdown)) (Wilcoxon signed-rank, Holm-corrected \(probability))
                """
        )
    }

    private static func name(_ entry: RunComparison.Entry) -> String { "\(entry.suite): \(entry.name)" }
}

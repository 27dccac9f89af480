internal import Checks
internal import YAMLTree

/// The keys of the map form of `allow-failure`.
enum WaiverKeys {
    static let until = Key<WaiverDraft>(
        "until",
        .day,
        "The last day, in UTC, on which the failure is allowed, such as 2026-12-31.",
        noting: { $0.untilNode = $1.value.own },
        into: { $0.waiver.until = $1 }
    )

    static let section = Section<WaiverDraft>([
        Key("reason", .reason, "Why the check may fail.", into: { $0.waiver.reason = $1 }),
        until,
    ])
}

/// What `allow-failure` is read into.
struct WaiverDraft {
    var waiver = Waiver()
    /// Where the last day is.
    var untilNode: YAMLNode?
}

extension ValueType<Waiver?> {
    /// `true` or a reason; `false` is as good as leaving the key out.
    static let waiver = Self(.anyOf([.boolean, .reason])) { context, node, label in
        WaiverReader.waiver(node, label, "true, false or a reason", in: &context)
    }

    /// A waiver, or a map with the last day of one.
    static let allowedFailure = Self.layered(
        .anyOf([.boolean, .reason, .reference("allowed-failure")])
    ) { context, value, label in
        guard value.own.kind == .mapping else {
            return context.following(value.own) { context, node in
                node.kind == .mapping
                    ? WaiverReader.map(Layered(node), label, in: &context)
                    : WaiverReader.waiver(node, label, "true, false, a reason or a map", in: &context)
            }
        }
        return WaiverReader.map(value, label, in: &context)
    }
}

extension ValueType<String> {
    /// A reason, which has at least one word that is no spelling of yes or no.
    static let reason = Self(.reason) { context, node, label in
        let expectation = "a reason with a word in it"
        guard let value = context.scalar(node, label, expectation) else { return nil }
        guard value.core == .string, WaiverText.isReason(value.text) else {
            context.mismatch(value, label, expectation)
            return nil
        }
        return value.text
    }
}

extension ValueType<CalendarDay> {
    /// A day such as `2026-12-31`.
    static let day = Self(.pattern("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")) { context, node, label in
        let expectation = "a day such as 2026-12-31"
        guard let value = context.scalar(node, label, expectation) else { return nil }
        guard let day = CalendarDay(value.text) else {
            context.mismatch(value, label, expectation)
            return nil
        }
        return day
    }
}

/// Reads `skip` and `allow-failure`.
private enum WaiverReader {
    private static let help = "a reason has a word in it, such as \"bug 12\""

    static func waiver(
        _ node: YAMLNode,
        _ label: String,
        _ expectation: String,
        in context: inout JobContext
    ) -> Waiver?? {
        guard let value = context.scalar(node, label, expectation) else { return .none }
        if let truth = JobContext.truth(value) { return .some(truth ? Waiver() : nil) }
        guard value.core == .string, !WaiverText.isBlank(value.text) else {
            context.mismatch(value, label, expectation, help: value.core == .null ? nil : help)
            return .none
        }
        guard WaiverText.isReason(value.text) else {
            guard WaiverText.isAnswer(value.text) else {
                context.mismatch(value, label, expectation, help: help)
                return .none
            }
            // A waiver by accident would hide a failure for good.
            context.error("\(label) is the text \"\(value.text)\"; write true, false or a reason", at: node)
            return .none
        }
        return .some(Waiver(reason: value.text))
    }

    static func map(_ map: Layered, _ label: String, in context: inout JobContext) -> Waiver?? {
        guard let entries = context.entries(of: map, label, WaiverKeys.section) else { return .none }
        guard !entries.isEmpty else {
            if map.own.pairs.count == 0 { context.error("\(label) must have \"reason\" or \"until\"", at: map.own) }
            return .none
        }
        var draft = WaiverDraft()
        for entry in entries { entry.key.read(entry, into: &draft, in: &context) }
        guard let until = draft.waiver.until, let node = draft.untilNode, until < context.decoder.today else {
            return .some(draft.waiver)
        }
        let name = draft.waiver.reason.map { " \"\($0)\"" } ?? ""
        context.warning(
            "the allowed failure\(name) ended on \(until) and no longer counts",
            at: node,
            help: "leave \"allow-failure\" out, or give it a later day"
        )
        return .some(nil)
    }
}

/// Tells reasons from stray values: an empty or false variable of a pipeline must not waive a check.
enum WaiverText {
    /// Words that say yes or no, or that nothing is there; no reason is made of them alone.
    private static let answers: Set<String> = [
        "true", "yes", "on", "yep", "false", "no", "not", "off", "none", "null", "nil", "never", "nope", "non", "nein",
        "nej", "undefined", "nan", "void",
    ]

    /// Whether a text has a word that is more than an answer.
    static func isReason(_ text: String) -> Bool {
        words(of: text).contains { word in
            // A single letter is an abbreviated answer, or the rest of one; some scripts write a word in one character.
            (word.unicodeScalars.count > 1 || !word.utf8.allSatisfy { $0 < 0x80 })
                && word.contains(where: \.isLetter) && !answers.contains(word)
        }
    }

    /// Whether a text says yes or no and nothing else, so that it can be shown wherever it comes from.
    static func isAnswer(_ text: String) -> Bool {
        words(of: text).allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } && ($0.utf8.count == 1 || answers.contains($0)) }
    }

    /// Whether a text has neither a letter nor a digit.
    static func isBlank(_ text: String) -> Bool { words(of: text).isEmpty }

    /// The runs of letters and digits, in lower case and without what does not show.
    private static func words(of text: String) -> [String] {
        let shown = String(
            String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint })
        )
        return shown.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}

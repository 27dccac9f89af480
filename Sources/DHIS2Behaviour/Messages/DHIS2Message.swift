/// A text by which something that DHIS2 says is known, with where it was seen and what it means.
///
/// What no row recognises means nothing: a target may use DHIS2's message format too.
package struct DHIS2Message: Sendable, Hashable {
    /// Its name in kebab-case, unlike that of any other.
    package let name: String
    /// What DHIS2 says it about.
    package let subject: Subject
    /// How it is recognised.
    package let pattern: MessagePattern
    /// A text that was seen, or one as the source has it.
    package let example: String
    /// The statuses under which it counts.
    package let statuses: [Int]
    /// The versions in which it was seen.
    package let versions: [ServerVersion]
    /// Where it was seen.
    package let source: Source
    /// What it means, unless more than the message says otherwise.
    package let meaning: Meaning

    init(
        _ name: String,
        _ subject: Subject,
        _ pattern: MessagePattern,
        example: String,
        statuses: [Int],
        versions: [ServerVersion],
        _ source: Source,
        meaning: Meaning
    ) {
        self.name = name
        self.subject = subject
        self.pattern = pattern
        self.example = example
        self.statuses = statuses
        self.versions = versions
        self.source = source
        self.meaning = meaning
    }
}

extension DHIS2Message {
    /// What a message is about, and who says it.
    package enum Subject: Sendable, Hashable, CaseIterable {
        /// A personal access token, in the filter of DHIS2's security.
        case token
        /// A username and password, in the same place.
        case password
        /// A route and the request for it.
        case route
        /// A target that could not be reached, in the words of DHIS2's HTTP engine.
        case target
        /// The servlet container's page about a failure: its title.
        case container
    }

    /// Where a message was seen.
    package enum Source: Sendable, Hashable {
        /// Running servers of these versions answered it; the words are those of a file of dhis2-core, or of a library.
        case answered(words: String)
        /// Nobody has seen a server answer it: it is in a file of dhis2-core, or of a library, in these versions.
        case written(String)
    }

    /// Whether a running server was seen to say it of a target with a 500, which is the way from 2.42 on.
    package var wasAnsweredWith500: Bool {
        guard case .answered = source else { return false }
        return versions.contains { RouteBehaviour($0).reportsTargetFaultsAs500 }
    }

    /// What a message means.
    package struct Meaning: Sendable, Hashable {
        /// Who is to blame.
        package let layer: OriginLayer
        /// Why.
        package let reason: OriginReason
        /// The end of a sentence about it; empty where the sentence needs more than the message.
        package let phrase: String

        /// Creates a meaning.
        package init(_ layer: OriginLayer, _ reason: OriginReason, _ phrase: String = "") {
            self.layer = layer
            self.reason = reason
            self.phrase = phrase
        }
    }

    /// A message that was recognised in a text.
    package struct Recognised: Sendable, Hashable {
        /// The message.
        package let message: DHIS2Message
        /// What the gaps of its pattern hold.
        package let gaps: [String]

        /// What the first gap holds; nothing where there is none.
        package var gap: String { gaps.first ?? "" }
    }

    /// Every message that is known; of two that recognise a text, the first counts.
    package static let all = tokens + passwords + routes + targets + containers

    /// Recognises a text.
    ///
    /// - Parameters:
    ///   - text: What was said.
    ///   - subject: What it may be about.
    ///   - status: The answer's status; `nil` for a text inside another message.
    package static func recognise(_ text: String, about subject: Subject, status: Int?) -> Recognised? {
        for message in all where message.subject == subject {
            if let status, !message.statuses.contains(status) { continue }
            if let gaps = message.pattern.match(text) { return Recognised(message: message, gaps: gaps) }
        }
        return nil
    }
}

// The servers whose answers were recorded, and the releases whose source was read.
extension DHIS2Message {
    static let v241 = ServerVersion(minor: 41, patch: 9, hotfix: 1)
    static let v242 = ServerVersion(minor: 42, patch: 5, hotfix: 2)
    static let v243 = ServerVersion(minor: 43, patch: 1)
    static let v244 = ServerVersion(minor: 44, qualifier: "SNAPSHOT")
    static let running = [v241, v242, v243, v244]
    static let oldSource = [ServerVersion(minor: 40, patch: 0), ServerVersion(minor: 41, patch: 9, hotfix: 1)]
    static let newSource = [ServerVersion(minor: 42, patch: 0), ServerVersion(minor: 43, patch: 1)]
}

internal import SourceDiagnostics
internal import Text

/// One key of a map in a job file, and all that there is to know of it.
///
/// A key is one value: the reader, the JSON Schema, the reference and the messages about a wrong or unknown key come
/// from it. `Draft` is what the map's values are read into.
final class Key<Draft>: Sendable {
    let name: String
    /// Names that people use who mean this key.
    let aliases: [String]
    /// What the key means, in a sentence without its default.
    let meaning: String
    /// What holds where the key is left out, if its meaning does not say so.
    let absence: KeyDefault?
    /// What its value can be.
    let schema: Schema
    /// The version of routecheck that has the key first.
    let since: String
    let traits: KeyTraits

    private let reader: @Sendable (inout JobContext, Entry<Draft>, inout Draft) -> Void?

    /// Describes a key.
    ///
    /// - Parameters:
    ///   - name: The key as a job file has it.
    ///   - type: What its value can be, and how it is read.
    ///   - absence: What holds where it is left out.
    ///   - aliases: Names that people use who mean it.
    ///   - since: The version of routecheck that has it first.
    ///   - traits: What sets it apart from other keys of the map.
    ///   - meaning: A sentence that says what it means.
    ///   - note: Takes down where the key is, whatever its value.
    ///   - store: Puts a value into the draft; a wrong one, which has been reported, leaves the draft as it was.
    init<Value>(
        _ name: String,
        _ type: ValueType<Value>,
        default absence: KeyDefault? = nil,
        aliases: [String] = [],
        since: String = "0.1.0",
        traits: KeyTraits = [],
        _ meaning: String,
        noting note: (@Sendable (inout Draft, Entry<Draft>) -> Void)? = nil,
        into store: @escaping @Sendable (inout Draft, Value) -> Void
    ) {
        self.name = name
        self.aliases = aliases
        self.meaning = meaning
        self.absence = absence
        schema = type.schema
        self.since = since
        self.traits = traits
        let read = type.read
        reader = { context, entry, draft in
            note?(&draft, entry)
            return read(&context, entry.value, name).map { store(&draft, $0) }
        }
    }

    /// Describes a key with a reader of its own, which returns `nil` for a value that it could not take and has reported.
    init(
        _ name: String,
        schema: Schema,
        aliases: [String] = [],
        since: String = "0.1.0",
        traits: KeyTraits = [],
        _ meaning: String,
        reader: @escaping @Sendable (inout JobContext, Entry<Draft>, inout Draft) -> Void?
    ) {
        self.name = name
        self.aliases = aliases
        self.meaning = meaning
        absence = nil
        self.schema = schema
        self.since = since
        self.traits = traits
        self.reader = reader
    }

    /// Reads the value of an entry of this key into a draft.
    func read(_ entry: Entry<Draft>, into draft: inout Draft, in context: inout JobContext) {
        context.accounting(for: name, at: entry.keyNode) { reader(&$0, entry, &draft) }
    }

    /// The meaning with the default, for editors.
    var summary: String {
        absence.map { "\(meaning.dropLast()); \($0.text) unless given." } ?? meaning
    }
}

/// What holds where a key is left out.
enum KeyDefault: Sendable {
    /// This value, as a job file would have it.
    case value(String)
    /// What no value of the key says.
    case words(String)

    var text: String {
        switch self {
        case .value(let text), .words(let text): text
        }
    }
}

/// What sets a key apart from others of its map.
struct KeyTraits: OptionSet, Sendable {
    let rawValue: Int

    /// The map must have it.
    static let required = Self(rawValue: 1 << 0)
    /// `defaults` cannot have it.
    static let ownOnly = Self(rawValue: 1 << 1)
    /// It makes several checks of one.
    static let makesRows = Self(rawValue: 1 << 2)
}

/// The keys that one kind of map in a job file can have.
final class Section<Draft>: Sendable {
    /// The keys, in the order of the schema.
    let keys: [Key<Draft>]
    /// Keys of which a map can have one only.
    let exclusive: [[Key<Draft>]]
    /// What to do about a name that is no key here but elsewhere; `nil` for all others.
    let misplacedHelp: @Sendable (String) -> String?

    private let names: [String]
    private let exclusiveKeys: [Key<Draft>]

    init(
        _ keys: [Key<Draft>],
        exclusive: [[Key<Draft>]] = [],
        misplacedHelp: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.keys = keys
        self.exclusive = exclusive
        self.misplacedHelp = misplacedHelp
        names = keys.map(\.name)
        exclusiveKeys = keys.filter { key in exclusive.contains { $0.contains { $0 === key } } }
    }

    /// The key of a name; comparing texts of up to fifteen bytes, as nearly all are, costs two words each.
    func key(named name: String) -> Key<Draft>? {
        names.firstIndex(of: name).map { keys[$0] }
    }

    /// Whether there is a key that cannot stand beside this one.
    func isExclusive(_ key: Key<Draft>) -> Bool {
        exclusiveKeys.contains { $0 === key }
    }

    /// Whether a map that has one of two keys cannot have the other.
    func excludes(_ key: Key<Draft>, _ other: Key<Draft>) -> Bool {
        exclusive.contains { group in
            key !== other && group.contains { $0 === key } && group.contains { $0 === other }
        }
    }

    /// The key that was most likely meant by a name that is none.
    func key(meantBy name: String, among offered: [Key<Draft>]) -> Key<Draft>? {
        let lowercase = name.lowercased()
        if let key = offered.first(where: { $0.aliases.contains(lowercase) }) { return key }
        return closestMatch(to: name, among: offered.map(\.name)).flatMap(key(named:))
    }

    /// The key whose opposite a name that is none says, such as `contains` of `not-contains`.
    func key(deniedBy name: String, among offered: [Key<Draft>]) -> Key<Draft>? {
        let lowercase = name.lowercased()
        guard !offered.contains(where: { $0.aliases.contains(lowercase) }) else { return nil }
        let denied = DeniedName(name)
        if let rest = denied.words, let key = key(meantBy: rest, among: offered) { return key }
        return offered.first { denied.isOne(of: [$0.name] + $0.aliases) }
    }

    /// How to write the opposite of a key here; `nil` where this kind of map has no way to.
    func opposite(of key: Key<Draft>) -> String? {
        if case .boolean = key.schema { return "\(key.name): false" }
        return self.key(named: "not").map { "\($0.name): {\(key.name): …}" }
    }
}

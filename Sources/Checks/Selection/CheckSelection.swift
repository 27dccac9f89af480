/// Which checks of a job a run is about, as `--tags` and `--name` say it.
///
/// Tags are asked by a ``TagExpression``, names by a ``NameGlob``.
public struct CheckSelection: Sendable, Hashable {
    /// The condition on the tags; `nil` selects all.
    public var tags: TagExpression?
    /// The patterns for the name, of which one must fit; none selects all.
    public var names: [NameGlob]

    /// Creates a selection, by default of every check.
    public init(tags: TagExpression? = nil, names: [NameGlob] = []) {
        self.tags = tags
        self.names = names
    }

    /// Whether a check is selected.
    public func selects(_ check: Check) -> Bool {
        (tags?.matches(check.tags) ?? true) && (names.isEmpty || names.contains { $0.matches(check.name) })
    }
}

/// A pattern for names: `*` stands for any text, `?` for one character, everything else for itself.
///
/// Brackets have no meaning, since the names of a matrix hold them. A backslash takes the next character as it is.
public struct NameGlob: Sendable, Hashable {
    private enum Part: Hashable {
        case text(Character)
        case one
        case any
    }

    private let parts: [Part]

    /// Reads a pattern; every text is one.
    public init(_ pattern: String) {
        var parts: [Part] = []
        var isEscaped = false
        for character in pattern {
            switch character {
            case _ where isEscaped:
                parts.append(.text(character))
                isEscaped = false
            case "\\": isEscaped = true
            case "*": if parts.last != .any { parts.append(.any) }
            case "?": parts.append(.one)
            default: parts.append(.text(character))
            }
        }
        if isEscaped { parts.append(.text("\\")) }
        self.parts = parts
    }

    /// Whether the pattern stands for the whole name.
    public func matches(_ name: String) -> Bool {
        let name = Array(name)
        var (part, place) = (0, 0)
        // Where to go on when the text after the last "*" does not fit: that "*" then takes one character more.
        var retry: (part: Int, place: Int)?
        while place < name.count {
            switch part < parts.count ? parts[part] : nil {
            case .any:
                retry = (part + 1, place)
                part += 1
                continue
            case .one:
                part += 1
                place += 1
                continue
            case .text(let character) where character == name[place]:
                part += 1
                place += 1
                continue
            case .text, nil:
                break
            }
            guard let last = retry else { return false }
            retry = (last.part, last.place + 1)
            (part, place) = (last.part, last.place + 1)
        }
        return parts[part...].allSatisfy { $0 == .any }
    }
}

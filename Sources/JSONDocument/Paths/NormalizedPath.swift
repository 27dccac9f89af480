internal import Text

/// The one spelling of the path to a node, such as `$['items'][3]['id']` (RFC 9535, section 2.7).
public struct NormalizedPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down from an object or array.
    public enum Step: Sendable, Hashable {
        /// To the member of that name.
        case name(String)
        /// To the element at that index, from 0.
        case index(Int)

        /// Whether two steps lead to the same place; names compare by their Unicode scalars.
        public static func == (left: Step, right: Step) -> Bool {
            switch (left, right) {
            case (.name(let left), .name(let right)): left.hasSameScalars(as: right)
            case (.index(let left), .index(let right)): left == right
            default: false
            }
        }

        /// Hashes the name or index.
        public func hash(into hasher: inout Hasher) {
            switch self {
            case .name(let name): hasher.combine(ScalarString(name))
            case .index(let index): hasher.combine(index)
            }
        }
    }

    /// The steps from the root.
    public let steps: [Step]

    /// Makes the path of these steps; without any, the root's.
    public init(steps: [Step] = []) {
        self.steps = steps
    }

    /// The path one step further down.
    public func appending(_ step: Step) -> NormalizedPath {
        NormalizedPath(steps: steps + [step])
    }

    /// The normalized spelling.
    public var description: String {
        steps.reduce(into: "$") { text, step in
            switch step {
            case .index(let index): text += "[\(index)]"
            case .name(let name): text += Self.bracketed(name)
            }
        }
    }

    /// A shorter spelling that is a valid query too, such as `$.items[3].id`.
    public var shorthand: String {
        steps.reduce(into: "$") { text, step in
            switch step {
            case .index(let index): text += "[\(index)]"
            case .name(let name) where JSONPathLexicon.isShorthand(name): text += ".\(name)"
            case .name(let name): text += Self.bracketed(name)
            }
        }
    }

    /// A name in brackets, such as `['a b']`.
    static func bracketed(_ name: String) -> String {
        var text = "['"
        for scalar in name.unicodeScalars {
            switch scalar {
            case "'": text += "\\'"
            case "\u{00}"..."\u{1F}", "\\": text += JSONEscape.of(scalar)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "']"
    }
}

extension JSONNode: CustomStringConvertible {
    /// The normalized path to the node, worked out each time it is asked for (RFC 9535, section 2.7).
    public var path: NormalizedPath { tree.path(to: index) }

    /// The type of the value and the path to it.
    public var description: String { "\(kind) at \(path)" }
}

extension JSONTree {
    /// The path from the root to a value; takes time for the earlier siblings on each level.
    fileprivate func path(to target: Int) -> NormalizedPath {
        var steps: [NormalizedPath.Step] = []
        var parent = 0
        while parent != target {
            let isObject = entries[parent].kind == .object
            var child = parent + (isObject ? 2 : 1)
            var place = 0
            while next(after: child) <= target {
                child = next(after: child) + (isObject ? 1 : 0)
                place += 1
            }
            steps.append(isObject ? .name(text(at: child - 1)) : .index(place))
            parent = child
        }
        return NormalizedPath(steps: steps)
    }
}

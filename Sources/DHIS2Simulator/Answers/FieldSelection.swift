/// The names that a `fields` parameter asks for at the top level; names nobody knows vanish silently.
struct FieldSelection {
    private var names: Set<String> = []
    private var all = false

    init(_ text: String) {
        for item in Self.topLevelItems(of: text) {
            let name = item.prefix { $0 != "[" && $0 != "~" && $0 != ":" }
            switch item {
            case "*", ":all", ":owner", ":persisted": all = true
            case ":identifiable":
                names.formUnion(["id", "name", "code", "created", "lastUpdated", "href", "displayName"])
            case ":nameable": names.formUnion(["id", "name", "code", "created", "lastUpdated", "displayName"])
            case _ where item.hasPrefix("!"): excluded.insert(String(item.dropFirst()))
            default: names.insert(String(name))
            }
        }
    }

    private var excluded: Set<String> = []

    func contains(_ name: String) -> Bool { (all || names.contains(name)) && !excluded.contains(name) }

    /// Splits at commas outside of brackets.
    private static func topLevelItems(of text: String) -> [String] {
        var items: [String] = []
        var current = ""
        var depth = 0
        for character in text {
            switch character {
            case "," where depth == 0:
                items.append(current)
                current = ""
                continue
            case "[", "(": depth += 1
            case "]", ")": depth -= 1
            default: break
            }
            current.append(character)
        }
        return (items + [current]).filter { !$0.isEmpty }
    }
}

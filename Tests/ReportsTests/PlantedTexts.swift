/// Every text inside a value, found by reflection, so that one that is added to a type is not forgotten.
struct PlantedTexts {
    /// The texts, by the names of the properties that lead to them; elements of a list share theirs.
    private(set) var texts: [String: [String]] = [:]
    /// Where nothing was to be looked at: a value is missing in each place, or a list is empty.
    var unseen: Set<String> { empty.subtracting(full).subtracting(texts.keys) }

    private var empty: Set<String> = []
    private var full: Set<String> = []

    init(in value: Any) {
        visit(value, at: "")
    }

    private mutating func visit(_ value: Any, at path: String) {
        if let text = value as? String {
            texts[path, default: []].append(text)
            return
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional, .collection, .set, .dictionary:
            if mirror.children.isEmpty { empty.insert(path) } else { full.insert(path) }
            for child in mirror.children { visit(child.value, at: path) }
        default:
            for child in mirror.children {
                let name = child.label ?? ""
                visit(child.value, at: path.isEmpty ? name : "\(path).\(name)")
            }
        }
    }
}

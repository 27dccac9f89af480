internal import YAMLTree

/// A value of a check over the value that `defaults` has for the same place.
///
/// Two maps merge, key by key and to any depth; everything else of the check's own replaces the default.
struct Layered {
    let own: YAMLNode
    // A number instead of a second handle: entries are copied often, and each handle in them costs a reference count.
    private let baseNumber: UInt32

    init(_ own: YAMLNode, over base: YAMLNode? = nil) {
        self.own = own
        baseNumber = base.map { own.kind == .mapping && $0.kind == .mapping ? $0.number : 0 } ?? 0
    }

    /// The default map beneath an own map; the root, number 0, is no default.
    var base: YAMLNode? { baseNumber == 0 ? nil : own.node(number: baseNumber) }

    /// Whether there is something in it to interpolate.
    var isMarked: Bool { own.isMarked || base?.isMarked == true }
}

/// A key that the language knows, with its value.
struct Entry<Draft> {
    let key: Key<Draft>
    /// Whether a check has the entry from `defaults`.
    var isDefault = false
    private let keyNumber: UInt32
    let value: Layered

    init(key: Key<Draft>, keyNode: YAMLNode, value: Layered) {
        self.key = key
        keyNumber = keyNode.number
        self.value = value
    }

    var keyNode: YAMLNode { value.own.node(number: keyNumber) }
}

extension YAMLNode {
    /// The items of a list, in order; empty for scalars and maps.
    package var items: Items {
        guard storage.records[index].kind == .sequence else { return Items(storage: storage, next: 0, end: 0, count: 0) }
        let record = storage.records[index]
        return Items(storage: storage, next: index + 1, end: Int(record.second), count: Int(record.first))
    }

    /// The keys and values of a map, in order; empty for scalars and lists.
    package var pairs: Pairs {
        guard storage.records[index].kind == .mapping else { return Pairs(storage: storage, next: 0, end: 0, count: 0) }
        let record = storage.records[index]
        return Pairs(storage: storage, next: index + 1, end: Int(record.second), count: Int(record.first) / 2)
    }

    /// A list's items, found one after the other without an array.
    package struct Items: Sequence, IteratorProtocol {
        fileprivate let storage: NodeStorage
        fileprivate var next: Int
        fileprivate let end: Int
        /// How many items the list has.
        package let count: Int

        package mutating func next() -> YAMLNode? {
            guard next < end else { return nil }
            defer { next = storage.end(of: next) }
            return YAMLNode(storage: storage, index: next)
        }
    }

    /// A map's keys and values, found one after the other without an array.
    package struct Pairs: Sequence, IteratorProtocol {
        fileprivate let storage: NodeStorage
        fileprivate var next: Int
        fileprivate let end: Int
        /// How many keys the map has.
        package let count: Int

        package mutating func next() -> (key: YAMLNode, value: YAMLNode)? {
            guard next < end else { return nil }
            let valueIndex = storage.end(of: next)
            let pair = (YAMLNode(storage: storage, index: next), YAMLNode(storage: storage, index: valueIndex))
            next = storage.end(of: valueIndex)
            return pair
        }
    }
}

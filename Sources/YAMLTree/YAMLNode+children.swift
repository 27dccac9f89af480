extension YAMLNode {
    /// The items of a list, in order; empty for scalars and maps.
    package var items: Items {
        guard storage.records[index].kind == .sequence else {
            return Items(storage: storage, cursor: 0, end: 0, count: 0)
        }
        let record = storage.records[index]
        return Items(storage: storage, cursor: index + 1, end: Int(record.second), count: Int(record.first))
    }

    /// The keys and values of a map, in order; empty for scalars and lists.
    package var pairs: Pairs {
        guard storage.records[index].kind == .mapping else {
            return Pairs(storage: storage, cursor: 0, end: 0, count: 0)
        }
        let record = storage.records[index]
        return Pairs(storage: storage, cursor: index + 1, end: Int(record.second), count: Int(record.first) / 2)
    }

    /// A list's items, found one after the other without an array.
    package struct Items: Sequence, IteratorProtocol {
        fileprivate let storage: NodeStorage
        fileprivate var cursor: Int
        fileprivate let end: Int
        /// How many items the list has.
        package let count: Int

        package mutating func next() -> YAMLNode? {
            guard cursor < end else { return nil }
            defer { cursor = storage.end(of: cursor) }
            return YAMLNode(storage: storage, index: cursor)
        }
    }

    /// A map's keys and values, found one after the other without an array.
    package struct Pairs: Sequence, IteratorProtocol {
        fileprivate let storage: NodeStorage
        fileprivate var cursor: Int
        fileprivate let end: Int
        /// How many keys the map has.
        package let count: Int

        package mutating func next() -> (key: YAMLNode, value: YAMLNode)? {
            guard cursor < end else { return nil }
            let valueIndex = storage.end(of: cursor)
            let pair = (YAMLNode(storage: storage, index: cursor), YAMLNode(storage: storage, index: valueIndex))
            cursor = storage.end(of: valueIndex)
            return pair
        }
    }
}

/// The names of the objects that are being parsed, to find two of one name in an object.
///
/// Names are told apart by a hash first. In small objects each name is compared with all before it; in large ones they
/// are sorted at the end, so that no choice of names makes the work quadratic. A dictionary would do the same with an
/// allocation for each name; this list grows once and is used again for every object.
struct MemberNames {
    private struct Name {
        let hash: UInt32
        let entry: UInt32
    }

    private static let smallObject = 32

    /// The names of the open objects, and behind them room that closed ones have left.
    private var names: [Name] = []

    private(set) var count = 0

    mutating func append(_ entry: TapeEntry, index: Int, text: Span<UInt8>) {
        let hash: UInt32
        if entry.isEscaped {
            let resolved = JSONEscapes.resolve(text.extracting(entry.byteRange))
            hash = Self.hash(resolved.span, resolved.indices)
        } else {
            hash = Self.hash(text, entry.byteRange)
        }
        let name = Name(hash: hash, entry: UInt32(truncatingIfNeeded: index))
        if count < names.count { names[count] = name } else { names.append(name) }
        count += 1
    }

    mutating func removeLast(downTo count: Int) {
        self.count = count
    }

    /// The entry of an earlier name that equals the last one, as long as the object is small.
    @inline(__always)
    func earlierTwin(from first: Int, _ entries: [TapeEntry], _ bytes: [UInt8]) -> Int? {
        let last = count - 1
        guard last - first < Self.smallObject else { return nil }
        let hash = names[last].hash
        for index in first..<last where names[index].hash == hash {
            if Self.order(names[index], names[last], entries, bytes) == 0 { return Int(names[index].entry) }
        }
        return nil
    }

    /// The entries of the earliest name that occurs again, for a large object that has ended.
    func firstTwins(from first: Int, _ entries: [TapeEntry], _ bytes: [UInt8]) -> (first: Int, second: Int)? {
        guard count - first > Self.smallObject else { return nil }
        let sorted = names[first..<count].sorted {
            if $0.hash != $1.hash { return $0.hash < $1.hash }
            let order = Self.order($0, $1, entries, bytes)
            return order == 0 ? $0.entry < $1.entry : order < 0
        }
        var twins: (first: Int, second: Int)?
        for (left, right) in zip(sorted, sorted.dropFirst()) where left.hash == right.hash {
            guard Int(right.entry) < twins?.second ?? .max, Self.order(left, right, entries, bytes) == 0 else {
                continue
            }
            twins = (Int(left.entry), Int(right.entry))
        }
        return twins
    }

    /// Below, at or above 0 as the left name comes before, equals or comes after the right one.
    private static func order(_ left: Name, _ right: Name, _ entries: [TapeEntry], _ bytes: [UInt8]) -> Int {
        let (leftName, rightName) = (resolved(left, entries, bytes), resolved(right, entries, bytes))
        if leftName.elementsEqual(rightName) { return 0 }
        return leftName.lexicographicallyPrecedes(rightName) ? -1 : 1
    }

    private static func resolved(_ name: Name, _ entries: [TapeEntry], _ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let entry = entries[Int(name.entry)]
        let raw = bytes[entry.byteRange]
        return entry.isEscaped ? JSONEscapes.resolve(raw.span)[...] : raw
    }

    @inline(__always)
    private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
        let words = text.bytes
        var hash = UInt64(truncatingIfNeeded: range.count)
        var position = range.lowerBound
        while position + 8 <= range.upperBound {
            let word = words.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self)
            hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
            position += 8
        }
        var rest: UInt64 = 0
        while position < range.upperBound {
            rest = rest << 8 | UInt64(text[unchecked: position])
            position += 1
        }
        hash = (hash ^ rest) &* 0x9E37_79B9_7F4A_7C15
        return UInt32(truncatingIfNeeded: hash >> 32)
    }
}

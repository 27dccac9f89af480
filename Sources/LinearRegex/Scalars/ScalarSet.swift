/// A set of Unicode scalars: ranges, general categories, or everything outside them.
///
/// Whether it holds an ASCII scalar is worked out when the set is made and kept in two words, because that is what most
/// texts are made of. All others are looked up, case variants included, so that a set such as `\p{L}` needs no list.
struct ScalarSet: Hashable, Sendable {
    private let ranges: [ClosedRange<UInt32>]
    private let categories: GeneralCategories
    private let isNegated: Bool
    private let ignoresCase: Bool
    private let asciiLow: UInt64
    private let asciiHigh: UInt64

    init(
        ranges: [ClosedRange<UInt32>] = [],
        categories: GeneralCategories = [],
        isNegated: Bool = false,
        ignoresCase: Bool = false
    ) {
        let merged = Self.merged(ranges)
        var words: [UInt64] = [0, 0]
        for value in UInt32(0)..<128
        where Self.decide(value, merged, categories, isNegated: isNegated, ignoresCase: ignoresCase) {
            words[Int(value >> 6)] |= 1 << UInt64(value & 63)
        }
        self.ranges = merged
        self.categories = categories
        self.isNegated = isNegated
        self.ignoresCase = ignoresCase
        asciiLow = words[0]
        asciiHigh = words[1]
    }

    @inline(__always)
    func contains(_ value: UInt32) -> Bool {
        if value < 64 { return asciiLow >> UInt64(value) & 1 != 0 }
        if value < 128 { return asciiHigh >> UInt64(value & 63) & 1 != 0 }
        return Self.decide(value, ranges, categories, isNegated: isNegated, ignoresCase: ignoresCase)
    }

    private static func decide(
        _ value: UInt32,
        _ ranges: [ClosedRange<UInt32>],
        _ categories: GeneralCategories,
        isNegated: Bool,
        ignoresCase: Bool
    ) -> Bool {
        var isMember = isListed(value, ranges, categories)
        if !isMember, ignoresCase, let scalar = Unicode.Scalar(value) {
            isMember = scalar.caseVariants.contains { isListed($0.value, ranges, categories) }
        }
        return isMember != isNegated
    }

    private static func isListed(
        _ value: UInt32,
        _ ranges: [ClosedRange<UInt32>],
        _ categories: GeneralCategories
    ) -> Bool {
        if !categories.isEmpty, let scalar = Unicode.Scalar(value),
            categories.contains(GeneralCategories(scalar.properties.generalCategory))
        {
            return true
        }
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }

    private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound.addingReportingOverflow(1).partialValue {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// The ranges that cover everything outside the given ones.
    static func complement(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in merged(ranges) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= 0x10_FFFF { result.append(next...0x10_FFFF) }
        return result
    }
}

extension Unicode.Scalar {
    /// The scalars that differ from this one in case only, by Unicode's simple mappings.
    var caseVariants: [Unicode.Scalar] {
        [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { mapping in
            let scalars = mapping.unicodeScalars
            guard let first = scalars.first, scalars.count == 1, first != self else { return nil }
            return first
        }
    }
}

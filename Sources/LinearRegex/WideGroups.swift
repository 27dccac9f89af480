/// Sorts the scalars beyond ASCII into groups that no instruction of a program tells apart, as they come.
///
/// Which sets hold a scalar can depend on its category and case, so it is found out once for each scalar and kept.
struct WideGroups {
    /// The most groups; scalars of further ones have none.
    static let maximumCount = 64

    private static let pageSize = 256
    private static let unknown: UInt8 = 255
    private static let none: UInt8 = 254

    private let program: RegexProgram
    /// For each page of scalars, where its groups start in `groups`, plus one; made with the first scalar.
    private var pages: [Int32] = []
    private var groups: [UInt8] = []
    private var numbers: [[UInt64]: UInt8] = [:]

    init(_ program: RegexProgram) {
        self.program = program
    }

    /// The number of a scalar's group, or `nil` if there are too many groups.
    @inline(__always)
    mutating func group(of scalar: UInt32, steps: inout Int) -> Int? {
        if pages.isEmpty { pages = Array(repeating: 0, count: 0x11_0000 / Self.pageSize) }
        let page = Int(scalar) / Self.pageSize
        if pages[page] == 0 {
            pages[page] = Int32(groups.count + 1)
            groups.append(contentsOf: repeatElement(Self.unknown, count: Self.pageSize))
        }
        let place = Int(pages[page]) - 1 + Int(scalar) % Self.pageSize
        if groups[place] == Self.unknown { groups[place] = number(for: scalar, steps: &steps) }
        return groups[place] == Self.none ? nil : Int(groups[place])
    }

    private mutating func number(for scalar: UInt32, steps: inout Int) -> UInt8 {
        let signature = signature(of: scalar)
        steps += program.sets.count + program.wideLiterals.count
        if let known = numbers[signature] { return known }
        guard numbers.count < Self.maximumCount else { return Self.none }
        let number = UInt8(numbers.count)
        numbers[signature] = number
        return number
    }

    /// Which literal the scalar is, if it is one, and then a bit for each set that says whether it holds the scalar.
    private func signature(of scalar: UInt32) -> [UInt64] {
        var words = [UInt64](repeating: 0, count: 1 + (program.sets.count + 63) / 64)
        if program.wideLiterals.contains(scalar) { words[0] = UInt64(scalar) }
        for (index, set) in program.sets.enumerated() where set.contains(scalar) {
            words[1 + index / 64] |= 1 << UInt64(index % 64)
        }
        return words
    }
}

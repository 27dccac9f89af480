/// How the values of all `filter` parameters become expressions.
///
/// From 2.42 on they are joined by commas first. If the result contains a comma, which a single filter's value may have
/// brought, it is not split but *searched* for what looks like a filter: `property:operator`, and a value that is one
/// bracketed list or ends before the next comma. So `code:eq:A,B` becomes `code:eq:A` (section 1).
enum FilterSplitting {
    static func expressions(in values: [String], era: SimulatedEra) -> [String] {
        guard era != .b else { return values }
        let joined = values.joined(separator: ",")
        guard joined.utf8.contains(UInt8(ascii: ",")) else { return joined.isEmpty ? [] : [joined] }
        return search(Array(joined.utf8))
    }

    private static func search(_ bytes: [UInt8]) -> [String] {
        var found: [String] = []
        var index = 0
        while index < bytes.count {
            if let end = match(bytes, at: index) {
                found.append(String(decoding: bytes[index..<end], as: UTF8.self))
                index = end
            } else {
                index += 1
            }
        }
        return found
    }

    /// Where a filter that starts here ends, or `nil`.
    private static func match(_ bytes: [UInt8], at start: Int) -> Int? {
        let property = run(bytes, from: start) { $0.isASCIIAlphanumeric || $0.isOne(of: ".") }
        guard property > start, property < bytes.count, bytes[property] == UInt8(ascii: ":") else { return nil }
        let letters = run(bytes, from: property + 1) { $0.isOne(of: "!$") || $0.isASCIIAlphanumeric && $0 > 0x39 }
        let operatorEnd = min(letters, property + 11)
        guard operatorEnd >= property + 3 else { return nil }
        guard operatorEnd < bytes.count, bytes[operatorEnd] == UInt8(ascii: ":") else { return operatorEnd }
        let value = operatorEnd + 1
        if value < bytes.count, bytes[value] == UInt8(ascii: "["),
            let close = bytes[value...].firstIndex(of: UInt8(ascii: "]"))
        {
            return close + 1
        }
        let end = run(bytes, from: value) { !$0.isOne(of: ",\n\r") }
        return end > value ? end : operatorEnd
    }

    private static func run(_ bytes: [UInt8], from start: Int, while isPart: (UInt8) -> Bool) -> Int {
        bytes[start...].firstIndex { !isPart($0) } ?? bytes.count
    }
}

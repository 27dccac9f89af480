package import Checks

/// Rates as job files write them: `50/s`, `600/min`.
package enum RateText {
    package static func parse(_ text: String) -> RequestRate? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(parts[0]), (1...1_000_000).contains(count)
        else { return nil }
        switch parts[1] {
        case "s": return RequestRate(count: count, per: .seconds(1))
        case "min": return RequestRate(count: count, per: .seconds(60))
        default: return nil
        }
    }
}

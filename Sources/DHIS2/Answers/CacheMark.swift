/// Fields by which a cache says that an answer is one that it had, and not DHIS2's to this request.
///
/// DHIS2 lets none of them pass from a target, and writes none of its own.
enum CacheMark {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Whether a field is one in which a cache may say so: `Age` and `Warning` (RFC 9111, sections 5.1 and 5.5), `Cache-Status`
    /// (RFC 9211), and what caches and content delivery networks call by names of their own, such as `X-Cache`,
    /// `CF-Cache-Status` and `X-Cache-Hits`.
    static func isDue(_ bytes: Bytes, name: Range<Int>) -> Bool {
        switch name.count {
        case 3: FieldLines.equals(bytes, name, "age")
        case 7 where FieldLines.equals(bytes, name, "warning"), 9 where FieldLines.equals(bytes, name, "x-varnish"),
            12 where FieldLines.equals(bytes, name, "cache-status"):
            true
        case 7...: endings.contains { ends(bytes, name, $0) }
        default: false
        }
    }

    /// How such names end; what a cache was asked for, or may keep, ends in other words.
    private static let endings: [StaticString] = [
        "-cache", "-cache-status", "-cache-hits", "-cache-result", "-cache-remote",
    ]

    private static func ends(_ bytes: Bytes, _ name: Range<Int>, _ ending: StaticString) -> Bool {
        let length = ending.utf8CodeUnitCount
        return name.count > length && FieldLines.equals(bytes, (name.upperBound - length)..<name.upperBound, ending)
    }

    /// Whether the field says that the answer is from a cache.
    static func saysHit(_ bytes: Bytes, name: Range<Int>, value: Range<Int>) -> Bool {
        let parts = parts(of: value) { bytes[$0] == UInt8(ascii: ",") }.map { FieldLines.trimmed(bytes, $0) }
        if FieldLines.equals(bytes, name, "age") { return parts.contains { number(bytes, $0) > 0 } }
        // 110 Response is Stale, 111 Revalidation Failed, 112 Disconnected Operation, 113 Heuristic Expiration.
        if FieldLines.equals(bytes, name, "warning") {
            return parts.contains { (110...113).contains(number(bytes, $0)) }
        }
        // Two numbers of one cache: of this request, and of the one for which Varnish had fetched the answer.
        if FieldLines.equals(bytes, name, "x-varnish") {
            return parts.contains { part in Self.parts(of: part) { bytes[$0] == UInt8(ascii: " ") }.count == 2 }
        }
        if ends(bytes, name, "-hits") { return parts.contains { number(bytes, $0) > 0 } }
        if FieldLines.equals(bytes, name, "cache-status") { return parts.contains { isMember(bytes, of: $0) } }
        let isFlag = ends(bytes, name, "-from-cache")
        return parts.contains { isHit(bytes, state: $0) || isFlag && isYes(bytes, $0) }
    }

    /// Whether the parameter `hit` is one of those behind a cache's name (RFC 9211, section 2.1).
    private static func isMember(_ bytes: Bytes, of part: Range<Int>) -> Bool {
        parts(of: part) { bytes[$0] == UInt8(ascii: ";") }.dropFirst().contains { parameter in
            let parameter = FieldLines.trimmed(bytes, parameter)
            return FieldLines.equals(bytes, parameter, "hit") || FieldLines.equals(bytes, parameter, "hit=?1")
        }
    }

    /// Whether the first word, such as `TCP_HIT` of `TCP_HIT from proxy`, stands for what came out of a cache; with
    /// `TCP_REFRESH_HIT`, the cache has asked anew.
    private static func isHit(_ bytes: Bytes, state: Range<Int>) -> Bool {
        let end = state.first { bytes[$0] <= 0x20 || bytes[$0] == UInt8(ascii: ";") } ?? state.upperBound
        let words = parts(of: state.lowerBound..<end) {
            !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[$0] | 0x20)
        }
        func holds(_ names: [StaticString]) -> Bool {
            words.contains { word in names.contains { FieldLines.equals(bytes, word, $0) } }
        }
        return holds(["hit", "stale", "updating", "cached"]) && !holds(["refresh", "revalidated", "miss"])
    }

    private static func isYes(_ bytes: Bytes, _ part: Range<Int>) -> Bool {
        ["1", "true", "yes"].contains { (word: StaticString) in FieldLines.equals(bytes, part, word) }
    }

    /// The parts of a range between those places that separate them; no empty ones.
    private static func parts(of range: Range<Int>, separatedBy isSeparator: (Int) -> Bool) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for index in range where isSeparator(index) {
            if start < index { parts.append(start..<index) }
            start = index + 1
        }
        if start < range.upperBound { parts.append(start..<range.upperBound) }
        return parts
    }

    /// The number that a part begins with; 0 where there is none.
    private static func number(_ bytes: Bytes, _ part: Range<Int>) -> Int {
        var number = 0
        for index in part {
            guard (0x30...0x39).contains(bytes[index]), number < 1_000_000_000 else { break }
            number = number * 10 + Int(bytes[index] - 0x30)
        }
        return number
    }
}

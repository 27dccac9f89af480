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
        if FieldLines.equals(bytes, name, "age") { return number(bytes, value) > 0 }
        // 110 Response is Stale, 111 Revalidation Failed, 112 Disconnected Operation, 113 Heuristic Expiration.
        if FieldLines.equals(bytes, name, "warning") { return (110...113).contains(number(bytes, value)) }
        // Two numbers: those of this request and of the one for which Varnish had fetched the answer.
        if FieldLines.equals(bytes, name, "x-varnish") {
            return value.split { bytes[$0] == UInt8(ascii: " ") }.count == 2
        }
        if ends(bytes, name, "-hits") { return number(bytes, value) > 0 }
        let words = value.split { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[$0] | 0x20) }
        return words.contains { word in
            states.contains { FieldLines.equals(bytes, word.startIndex..<word.endIndex, $0) }
        }
    }

    /// The words, such as that in `TCP_HIT from proxy`, for what came out of a cache; `RefreshHit` was asked for anew.
    private static let states: [StaticString] = ["hit", "stale", "updating"]

    /// The largest of the numbers at the beginning of a value and behind its commas; 0 where there is none.
    private static func number(_ bytes: Bytes, _ value: Range<Int>) -> Int {
        let numbers = value.split { bytes[$0] == UInt8(ascii: ",") }.map { part in
            var number = 0
            for index in part.drop(while: { bytes[$0] == UInt8(ascii: " ") }) {
                guard (0x30...0x39).contains(bytes[index]), number < 1_000_000_000 else { break }
                number = number * 10 + Int(bytes[index] - 0x30)
            }
            return number
        }
        return numbers.max() ?? 0
    }
}

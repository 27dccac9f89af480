internal import Text

/// Where DHIS2 takes the code of a route for what it is: a code may hold any character.
package enum RouteCodeRules {
    /// Whether DHIS2's firewall lets a code through as a segment of a path, percent-encoded.
    package static func isAddressable(_ code: String) -> Bool {
        !code.isEmpty && code != "." && code != ".."
            && code.unicodeScalars.allSatisfy {
                !"/\\;%".unicodeScalars.contains($0) && $0.value >= 0x20 && $0.value != 0x7F
            }
    }

    /// Whether the filter `code:eq:` with this code means this code: DHIS2 has no quoting, cuts at commas from 2.42 on,
    /// loses trailing colons, and may trim.
    package static func isSafeToFilter(_ code: String) -> Bool {
        guard let first = code.utf8.first, let last = code.utf8.last else { return false }
        return first > 0x20 && last > 0x20 && last != UInt8(ascii: ":")
            && code.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ",") }
    }

    /// Whether a code can be one of several in the filter `code:in:[…]`.
    package static func isSafeInList(_ code: String) -> Bool {
        !code.isEmpty && ByteSet.unreserved.containsAll(of: code)
    }
}

package import FoundationEssentials
import Text

/// Reads `Retry-After` (RFC 9110, section 10.2.3).
package enum RetryAfter {
    /// The seconds that a value asks to wait: a number of them, or those up to a date in one of three forms.
    ///
    /// - Parameter date: The wall-clock time.
    /// - Returns: 0 or more; `nil` for a value that is neither.
    package static func seconds(_ value: String, at date: Date) -> Double? {
        if !value.isEmpty, ByteSet.digits.containsAll(of: value) {
            return Double(value)
        }
        guard let until = HTTPDate.parse(value, at: date) else { return nil }
        return max(until.timeIntervalSince(date), 0)
    }
}

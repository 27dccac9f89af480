import Glibc

/// A port that cannot be listened on.
package struct PortError: Error, Hashable {
    /// The number that the system gave.
    package let number: Int32

    /// The system's own words, such as `Address already in use`.
    package var reason: String { String(cString: strerror(number)) }
}

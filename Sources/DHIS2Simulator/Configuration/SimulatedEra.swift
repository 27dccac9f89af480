/// How a family of DHIS2 releases runs routes.
///
/// The letters are those of the project's reference on DHIS2's routes; A and C differ in ways no client should rely on.
package enum SimulatedEra: String, Sendable, CaseIterable {
    /// 2.40.10 to 2.40.12 and 2.41.7 to 2.41.9: buffered, upstream errors passed on, parameters re-encoded.
    case b
    /// 2.42.4, 2.42.5, 2.43: streamed, parameters decoded once and sent on raw.
    case d
    /// 2.44: like D, with placeholders in the route's address.
    case e

    /// The version a server of this era reports unless told otherwise.
    package var defaultVersion: String {
        switch self {
        case .b: "2.41.9"
        case .d: "2.42.4"
        case .e: "2.44.0-SNAPSHOT"
        }
    }

    /// The era that a version such as `2.42.4` belongs to, or `nil` when it names no DHIS2 from 2.40 on.
    package init?(version: String) {
        guard let minor = Self.minor(of: version), minor >= 40 else { return nil }
        self = minor <= 41 ? .b : minor <= 43 ? .d : .e
    }

    static func minor(of version: String) -> Int? {
        let parts = version.split(separator: ".")
        guard parts.count >= 2, parts[0] == "2" else { return nil }
        return Int(parts[1].prefix { $0.isNumber })
    }
}

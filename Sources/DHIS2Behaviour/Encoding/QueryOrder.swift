/// What is said where DHIS2 does not keep the order of a query, for job files and runs alike.
package enum QueryOrder {
    /// A clause about a parameter that a check repeats, for a version whose routes do not keep the order.
    package static func warning(of name: String, version: ServerVersion) -> String {
        """
        DHIS2 \(version) does not keep the order of query parameters, and \(ServerText.quoted(name)) is repeated
        """
    }

    /// What to do about it.
    package static let help = "make sure that the target does not depend on the order"
}

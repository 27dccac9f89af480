/// How much a DHIS2 server can take at once.
package enum ServerCapacity {
    /// How many database connections DHIS2 has by default (`connection.pool.max_size` in `dhis.conf`).
    ///
    /// Each run of a route holds one until the target has answered. With all of them held by slow targets every other
    /// request waits for 30 s and is then answered 500, in every version (seen on 2.43.1).
    package static let databaseConnections = 80

    /// The most runs in flight that leave database connections for others.
    package static let safeConcurrency = 64

    /// A clause that warns of a number of runs in flight; `nil` where there is nothing to warn of.
    package static func warning(ofConcurrency concurrency: Int) -> String? {
        guard concurrency > safeConcurrency else { return nil }
        return """
            \(concurrency) runs in flight can stop the whole server for everyone: each holds one of DHIS2's database \
            connections (connection.pool.max_size, \(databaseConnections) by default) until its target answers
            """
    }

    /// What to do about it.
    package static let help = "use \(safeConcurrency) or fewer"
}

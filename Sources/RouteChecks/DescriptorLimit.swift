import Checks
import DHIS2
import Glibc
import Runner

/// How many requests the process can have in flight by its limit on open files (`RLIMIT_NOFILE`).
package enum DescriptorLimit {
    /// What a request may take at once: its connection, and two while its host name is looked up.
    private static let perRequest = 3
    /// What is left for reports, and for files that a name lookup or TLS reads.
    private static let reserve = 24

    /// What each job's transport has open before it sends anything.
    static let perTransport = 2
    /// With fewer left, not even the runtime of a single request gets what it needs.
    private static let least = 11

    /// Raises the soft limit to the hard one, which needs no privilege; where it fails, what there was stays.
    package static func raise() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// The soft limit, and how many descriptors are open; `nil` where there is no limit.
    static var usage: (limit: Int, open: Int)? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < Int32.max else {
            return nil
        }
        return (Int(limit.rlim_cur), openDescriptors ?? reserve)
    }

    /// Refuses to run where that would only end in a crash.
    ///
    /// - Throws: `TransportError` with the code `local-limit`.
    static func check(_ usage: (limit: Int, open: Int)?) throws(TransportError) {
        guard let usage, usage.limit - usage.open < least else { return }
        throw TransportError(
            .localLimit,
            message: """
                This process can have no more open files than \(usage.limit), and has \(usage.open): too few are left to run \
                checks. Raise the limit (ulimit -n).
                """
        )
    }

    /// How many requests fit under a limit, at least 1.
    static func requests(under limit: Int, open: Int) -> Int {
        max(1, (limit - open - reserve) / perRequest)
    }

    private static var openDescriptors: Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Without ".", ".." and the folder itself.
        return max(0, count - 3)
    }
}

extension RunPlan {
    /// The plan with no more checks in flight than the process may have connections, and a warning if that is fewer.
    func within(_ usage: (limit: Int, open: Int)?) -> RunPlan {
        guard let usage else { return self }
        let most = DescriptorLimit.requests(under: usage.limit, open: usage.open)
        guard job.concurrency > most, entries.count > most else { return self }
        let warning = Fault(
            layer: .job,
            code: "descriptor-limit",
            message: """
                The concurrency is \(most) instead of \(job.concurrency), because this process can have no more open files than \
                \(usage.limit): raise the limit (ulimit -n), or lower the concurrency.
                """
        )
        return running { $0.concurrency = most }.noting(warning)
    }
}

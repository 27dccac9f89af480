package import Glibc

/// What the processes that tests start have in common.
package enum SpawnActions {
    /// Lets a process inherit standard input, output and errors only.
    ///
    /// With a socket of another test it would keep a connection or a port open that the test has closed.
    ///
    /// - Throws: ``SpawnFailure`` on a system whose C library is older than glibc 2.34.
    package static func closeEverythingElse(in actions: inout posix_spawn_file_actions_t) throws {
        // The function is the system's, but its declaration is not visible to Swift.
        typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
        guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else {
            throw SpawnFailure(number: ENOSYS)
        }
        let status = unsafeBitCast(symbol, to: CloseFrom.self)(&actions, STDERR_FILENO + 1)
        guard status == 0 else { throw SpawnFailure(number: status) }
    }
}

/// A number of the system's that says why no process started.
package struct SpawnFailure: Error {
    package let number: Int32
}

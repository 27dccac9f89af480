import Glibc

/// Writes to file descriptors.
enum Descriptor {
    /// Writes all of the bytes.
    ///
    /// - Parameters:
    ///   - bytes: What to write.
    ///   - descriptor: An open descriptor.
    ///   - path: What the descriptor is called in an error.
    static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32, path: String) throws(SystemError) {
        let failure = Array(bytes).withUnsafeBytes { buffer -> Int32? in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // Who shares the descriptor may have set it so, as Node.js does with the pipes of its children.
                    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&request, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
        if let failure { throw SystemError(path: path, number: failure) }
    }

    /// Lets a file system that writes later say now what it would say when the descriptor is closed, such as that a quota
    /// is used up (NFS, close(2)); the descriptor stays open.
    static func flush(_ descriptor: Int32, path: String) throws(SystemError) {
        let copy = dup(descriptor)
        // Without a free number there is only the end of the process to say it.
        guard copy < 0 || close(copy) == 0 else { throw SystemError(path: path) }
    }

    /// Opens whichever of standard input, output and errors are closed, so that no file that is opened later takes the
    /// place of one and gets what is printed.
    ///
    /// They are opened the wrong way round: reading from the input and writing to the others stays the error that it was.
    static func reserveStandardOnes() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            // The lowest number that is free, so this one.
            _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}

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
}

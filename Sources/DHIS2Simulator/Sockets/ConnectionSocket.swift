import CSockets
import Glibc

/// The server's socket of one connection.
struct ConnectionSocket: ByteSource, Sendable {
    let descriptor: Int32

    /// How many bytes are read after the end was sent (RFC 9112, section 9.6): the largest request there can be.
    private static let largestRest = RequestLimits.body + RequestLimits.head

    // MARK: Receiving

    /// Waits for bytes and puts them into a buffer.
    ///
    /// Returns 0 when the connection has ended or failed.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count >= 0 { return count }
            guard errno == EINTR else { return 0 }
        }
    }

    // MARK: Sending

    /// Sends all of the bytes, however slowly the peer reads.
    ///
    /// - Returns: `false` when the connection has ended or failed.
    func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = sendPart(part)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }

    private func sendPart(_ bytes: UnsafeRawBufferPointer) -> Int {
        // Without the flag a peer that is gone would end the process (SIGPIPE).
        Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    }

    // MARK: Waiting

    /// Waits for a time, or for ever, while the peer stays and an event is not set.
    ///
    /// The peer is gone once it has ended its side of the connection; one that has only ended its sending cannot be
    /// told from it. What it sends meanwhile stays unread, and wakes nobody.
    ///
    /// - Returns: Whether the whole time has passed.
    func wait(_ duration: Duration?, unless event: Event) -> Bool {
        var entries = [
            pollfd(fd: descriptor, events: csockets_pollrdhup, revents: 0),
            pollfd(fd: event.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        return !Poll.wait(&entries, until: duration.map { ContinuousClock.now + $0 })
    }

    // MARK: Ending

    /// Ends the sending side, then reads until the peer has ended its side too, or a limit is reached.
    ///
    /// Closing a socket that holds unread bytes resets the connection, and the peer can lose what it has not read yet
    /// (RFC 9112, section 9.6).
    ///
    /// - Parameter time: How long to read on at most.
    func endInOrder(within time: Duration) {
        shutDownSending()
        let deadline = ContinuousClock.now + time
        var rest = Self.largestRest
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
            while rest > 0 {
                let count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
                if count > 0 {
                    rest -= count
                } else if count == 0 {
                    return
                } else if errno == EAGAIN || errno == EWOULDBLOCK {
                    var entries = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
                    guard Poll.wait(&entries, until: deadline) else { return }
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    /// Makes closing the socket reset the connection (RST).
    func breakOffWhenClosed() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Tells the peer that nothing more comes; a send that waits fails.
    func shutDownSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Ends both directions, whatever a thread waits in.
    ///
    /// It can still read what has arrived; what arrives later makes the kernel reset the connection (RST).
    func shutDown() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Gives the descriptor back.
    ///
    /// Only the owner may do that, because the system gives it to others at once.
    func close() {
        Glibc.close(descriptor)
    }
}

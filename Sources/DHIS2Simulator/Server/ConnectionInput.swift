/// What a connection receives, with a note of how far its thread has come.
final class ConnectionInput: ByteSource {
    private let socket: ConnectionSocket
    private let progress: ConnectionProgress
    private var received = 0

    init(_ socket: ConnectionSocket, _ progress: ConnectionProgress) {
        self.socket = socket
        self.progress = progress
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        progress.needsMore(than: received)
        let count = socket.receive(into: buffer)
        received += count
        return count
    }
}

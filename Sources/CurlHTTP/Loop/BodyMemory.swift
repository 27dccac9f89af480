internal import Synchronization

/// Shares out the memory for bodies among the transfers of one loop.
///
/// A transfer asks before it takes more; one that gets none pauses until others have given theirs back. Small bodies
/// are not counted. All transfers but one share a part of the memory; the other part is as large as any body, and the
/// one that has it, the oldest that had to wait, comes to its end whatever the others hold. So some transfer always goes
/// on, and the memory is exceeded by no more than what comes out of a few packed bytes.
///
/// Belongs to the loop's thread; only what the holders of answers give back comes from others.
final class BodyMemory {
    /// The largest body that is not counted: no more than the buffers of a connection take.
    static let uncounted = 16 * 1024

    /// What one transfer has of the memory.
    struct Share {
        fileprivate(set) var bytes = 0
        /// Whether it has the part that is as large as any body.
        fileprivate(set) var isReserved = false
    }

    /// The largest body that there is memory for.
    let largestBody: Int
    let returns: Returns
    private let common: Int
    private var used = 0
    private var isReserveTaken = false
    /// The transfers that wait, the oldest first.
    private(set) var waiting: [EasyHandle] = []
    /// The transfers that have waited, whose time libcurl does not bound any more.
    private(set) var timed: [EasyHandle] = []
    /// Whether something has been given back since the oldest asked last.
    private var hasRoomAnew = false

    init(bytes: Int, largestBody: Int, wakeup: WakeupDescriptor) {
        // What grows takes twice its size.
        self.largestBody = min(bytes / 2, largestBody)
        common = bytes - 2 * self.largestBody
        returns = Returns(wakeup: wakeup)
    }

    /// Lets a transfer's share grow to a size, if there is room.
    func grow(_ share: inout Share, of handle: EasyHandle, to size: Int) -> Bool {
        guard size > max(share.bytes, Self.uncounted) else { return true }
        if !share.isReserved, used - share.bytes + size > common {
            let isOldest = waiting.first?.isYounger(than: handle) ?? true
            guard !isReserveTaken, isOldest else { return false }
            isReserveTaken = true
            used -= share.bytes
            share.isReserved = true
        }
        set(&share, to: size)
        return true
    }

    /// Notes the size that a share has grown to already, as the size of a piece is known only when it is unpacked.
    func note(_ share: inout Share, of size: Int) {
        if size > max(share.bytes, Self.uncounted) { set(&share, to: size) }
    }

    private func set(_ share: inout Share, to size: Int) {
        if !share.isReserved { used += size - share.bytes }
        share.bytes = size
    }

    /// Takes a share back.
    func take(back share: Share) {
        hasRoomAnew = true
        if share.isReserved { isReserveTaken = false } else { used -= share.bytes }
    }

    /// Notes that a transfer waits.
    func wait(_ handle: EasyHandle) {
        let place = waiting.firstIndex { $0.isYounger(than: handle) } ?? waiting.endIndex
        waiting.insert(handle, at: place)
        if !timed.contains(where: { $0 === handle }) { timed.append(handle) }
    }

    /// The oldest transfer that waits, if it is worth its while to ask again; it waits no more.
    func nextToAsk() -> EasyHandle? {
        guard hasRoomAnew, !waiting.isEmpty else { return nil }
        return waiting.removeFirst()
    }

    /// Notes that the oldest transfer has asked and has to wait again.
    func noteRefusal() {
        hasRoomAnew = false
    }

    /// Forgets a transfer that has ended.
    func forget(_ handle: EasyHandle) {
        waiting.removeAll { $0 === handle }
        timed.removeAll { $0 === handle }
    }

    /// Takes back what the holders of answers have given back.
    func takeReturns() {
        for share in returns.takeAll() { take(back: share) }
    }
}

extension BodyMemory {
    /// Where shares of answers come back to, from whichever thread lets go of the last copy.
    final class Returns: Sendable {
        private let shares = Mutex<[Share]>([])
        private let wakeup: WakeupDescriptor

        init(wakeup: WakeupDescriptor) {
            self.wakeup = wakeup
        }

        fileprivate func give(back share: Share) {
            shares.withLock { $0.append(share) }
            wakeup.signal()
        }

        fileprivate func takeAll() -> [Share] {
            shares.withLock { shares in
                defer { shares = [] }
                return shares
            }
        }
    }

    /// Gives a share back when the last copy of the answer that it belongs to is gone.
    final class Lease: Sendable {
        private let share: Share
        private let returns: Returns

        init(_ share: Share, of memory: BodyMemory) {
            self.share = share
            returns = memory.returns
        }

        deinit {
            returns.give(back: share)
        }
    }
}

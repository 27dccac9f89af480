import Synchronization

/// A value that is made when it is first asked for, once.
final class Deferred<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)

    /// The value; whoever asks while it is made waits for it.
    ///
    /// - Parameter make: Makes the value; the same for everybody who asks, because only the first one's is called.
    func value(_ make: () -> Value) -> Value {
        made.withLock { made in
            if let made { return made }
            let value = make()
            made = value
            return value
        }
    }
}

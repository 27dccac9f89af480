import CurlHTTP
import DHIS2
import Glibc
import HTTPVocabulary

/// Sends one GET over and over, so many in flight, and prints how many succeeded.
///
/// Usage: `transport-benchmark URL REQUESTS IN-FLIGHT [pool]`; with `pool` the tasks run on the default executor
/// instead of the transport's. Measure the process from outside.
@main
enum TransportBenchmark {
    // Not an asynchronous main: valgrind does not survive Dispatch's way to give the main thread away.
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let count = Int(arguments[2]), let width = Int(arguments[3]) else {
            print("usage: transport-benchmark URL REQUESTS IN-FLIGHT [pool]")
            return
        }
        let transport = try CurlTransport()
        let executor = arguments.count > 4 ? globalConcurrentExecutor : transport.taskExecutor
        let isDone = Semaphore()
        Task(executorPreference: executor) {
            let succeeded = await run(arguments[1], count: count, width: width, on: transport)
            print("\(succeeded) of \(count) answered 200")
            isDone.signal()
        }
        isDone.wait()
        transport.shutdown()
    }

    /// Sends the requests from one task a slot, as a runner with bounded concurrency does.
    private static func run(_ url: String, count: Int, width: Int, on transport: CurlTransport) async -> Int {
        let headerFields: HTTPFields = [.authorization: "ApiToken d2pat_bench"]
        return await withTaskGroup(of: Int.self) { group in
            for slot in 0..<width {
                group.addTask {
                    var succeeded = 0
                    for index in stride(from: slot, to: count, by: width) {
                        let request = TransportRequest(url: "\(url)/\(index)", headerFields: headerFields)
                        if let exchange = try? await transport.send(request), exchange.statusCode == 200 {
                            succeeded += 1
                        }
                    }
                    return succeeded
                }
            }
            return await group.reduce(0, +)
        }
    }
}

/// A POSIX semaphore, with which the main thread waits.
private final class Semaphore: Sendable {
    // The system synchronises every access to it.
    nonisolated(unsafe) private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() {
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func signal() {
        sem_post(semaphore)
    }

    func wait() {
        while sem_wait(semaphore) != 0 {}
    }
}

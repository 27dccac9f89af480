/// The jobs that wait for one thread, first in, first out.
final class JobQueue {
    private var waiting: [UnownedJob] = []
    private var running: [UnownedJob] = []

    var isEmpty: Bool { waiting.isEmpty }

    func append(_ job: UnownedJob) {
        waiting.append(job)
    }

    /// Runs waiting jobs, and those that they queue, until none waits or so many have run.
    func run(atMost limit: Int, on executor: UnownedTaskExecutor) {
        var count = 0
        while !waiting.isEmpty, count < limit {
            // Whoever runs may append: the batch that runs is not the one that grows.
            swap(&waiting, &running)
            count += running.count
            for job in running { job.runSynchronously(on: executor) }
            running.removeAll(keepingCapacity: true)
        }
    }

    /// Removes and returns the waiting jobs.
    func removeAll() -> [UnownedJob] {
        defer { waiting = [] }
        return waiting
    }
}

/// The jobs that wait for one thread, first in, first out.
final class JobQueue {
    private var jobs: [UnownedJob] = []
    /// The index of the first job that has not run.
    private var next = 0

    var isEmpty: Bool { next == jobs.count }

    func append(_ job: UnownedJob) {
        jobs.append(job)
    }

    /// Runs waiting jobs, and those that they queue, until none waits or so many have run.
    func run(atMost limit: Int, on executor: UnownedTaskExecutor) {
        var budget = limit
        while next < jobs.count, budget > 0 {
            let job = jobs[next]
            next += 1
            budget -= 1
            job.runSynchronously(on: executor)
        }
        if isEmpty {
            jobs.removeAll(keepingCapacity: true)
            next = 0
        } else if next > jobs.count / 2 {
            jobs.removeFirst(next)
            next = 0
        }
    }

    /// Removes and returns the waiting jobs.
    func removeAll() -> ArraySlice<UnownedJob> {
        defer {
            jobs = []
            next = 0
        }
        return jobs[next...]
    }
}

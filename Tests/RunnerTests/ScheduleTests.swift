import Testing

@testable import Runner

struct ScheduleTests {
    @Test func startsItemsInOrder() {
        var schedule = Schedule(routes: ["a", "b", "c"])
        #expect(schedule.next() == .start(0))
        #expect(schedule.next() == .start(1))
        #expect(schedule.next() == .start(2))
        #expect(schedule.next() == .done)
    }

    @Test func putsAnItemOfAFullRouteAside() {
        var schedule = Schedule(routes: ["a", "a", "b", "a"], limitPerRoute: 1)
        #expect(schedule.next() == .start(0))
        #expect(schedule.next() == .start(2))
        #expect(schedule.next() == .wait)
        schedule.finish(2)
        #expect(schedule.next() == .wait)
        schedule.finish(0)
        #expect(schedule.next() == .start(1))
        #expect(schedule.next() == .wait)
        schedule.finish(1)
        #expect(schedule.next() == .start(3))
        #expect(schedule.next() == .done)
    }

    @Test func keepsToTheLimitOfARoute() {
        var schedule = Schedule(routes: Array(repeating: "a", count: 100), limitPerRoute: 3)
        var inFlight: [Int] = []
        var started: [Int] = []
        while true {
            switch schedule.next() {
            case .start(let item):
                inFlight.append(item)
                started.append(item)
                #expect(inFlight.count <= 3)
            case .wait:
                schedule.finish(inFlight.removeFirst())
            case .done:
                #expect(started == Array(0..<100))
                return
            }
        }
    }

    @Test func startsNothingOnceStopped() {
        var schedule = Schedule(routes: ["a", "b"])
        #expect(schedule.next() == .start(0))
        schedule.stop()
        #expect(schedule.next() == .done)
    }
}

struct WorkQueueTests {
    @Test func handsEveryItemToExactlyOneWorker() async {
        let queue = WorkQueue(Schedule(routes: (0..<1_000).map { "route \($0 % 7)" }, limitPerRoute: 2))
        let taken = await withTaskGroup(of: [Int].self) { group in
            for _ in 0..<32 {
                group.addTask {
                    var items: [Int] = []
                    while let item = await queue.next() {
                        items.append(item)
                        await Task.yield()
                        queue.finish(item)
                    }
                    return items
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.sorted() == Array(0..<1_000))
    }

    @Test func releasesWaitingWorkersWhenStopped() async {
        let queue = WorkQueue(Schedule(routes: ["a", "a"], limitPerRoute: 1))
        #expect(await queue.next() == 0)
        async let second = queue.next()
        queue.stop()
        #expect(await second == nil)
    }
}

import Checks
import FoundationEssentials
import Testing

@testable import Reports

/// Which later runs a pipeline may go on with, whatever the earlier run was.
struct ObjectionTests {
    /// A run of two checks as it can stand in a report.
    struct Night: Sendable, CustomTestStringConvertible {
        var name: String
        var run: RunReport
        var objection: RunComparison.Objection?
        /// Whether it holds results to compare.
        var isKnown = true

        var testDescription: String { name }
    }

    private static let nights: [Night] = {
        let good = RunReport.run(milliseconds: [100, 100])
        func night(
            _ name: String,
            _ objection: RunComparison.Objection?,
            isKnown: Bool = true,
            _ change: (inout RunReport) -> Void = { _ in }
        ) -> Night {
            var run = good
            change(&run)
            return Night(name: name, run: run, objection: objection, isKnown: isKnown)
        }
        func cutOff(_ ending: RunEnding) -> (inout RunReport) -> Void {
            { run in
                run.ending = ending
                run.suites[0].results[1].outcome = .notRun
                run.suites[0].results[1].attempts = []
            }
        }
        return [
            night("good", nil),
            night("one check failed", nil) { $0.suites[0].results[0].outcome = .failed },
            night("server down", nil) { run in
                run.ending = .serverUnusable
                run.suites[0].serverFault = Fault(layer: .network, code: "refused", message: "Nothing listens.")
                for index in 0..<2 {
                    run.suites[0].results[index].outcome = .notRun
                    run.suites[0].results[index].attempts = []
                }
            },
            night("empty shard", nil) { run in
                run.suites[0].results = []
                run.shard = Shard(index: 2, count: 2)
            },
            night("interrupted", .endedEarly, cutOff(.interrupted(signal: 15))),
            night("killed", .endedEarly, cutOff(.interrupted(signal: 9))),
            night("deadline", .endedEarly, cutOff(.deadline)),
            night("deadline after all checks", .endedEarly) { $0.ending = .deadline },
            night("so many failures", .endedEarly) { run in
                cutOff(.maximumFailures)(&run)
                run.suites[0].results[0].outcome = .failed
            },
            night("an ending of a newer version", .endedEarly, cutOff(.interrupted(signal: 0))),
            night("unfinished", .endedEarly, isKnown: false) { run in
                run.ending = .unfinished
                run.suites[0].results = []
            },
            night("unfinished without suites", .endedEarly, isKnown: false) { run in
                run.ending = .unfinished
                run.suites = []
            },
            night("invalid input", .nothingChecked, isKnown: false) { run in
                run.ending = .invalidInput
                run.suites = []
            },
            night("no check", .nothingChecked, isKnown: false) { $0.suites[0].results = [] },
        ]
    }()

    @Test(arguments: nights, nights)
    func aRunWithoutAnEndOrWithoutChecksIsNeverLetPass(old: Night, new: Night) {
        let comparison = RunComparison(baseline: old.run.untouched, current: new.run.untouched)
        if let objection = new.objection {
            #expect(comparison.objection == objection)
        } else {
            #expect(comparison.objection == (comparison.hasRegression ? .regression : nil))
        }
        let text = ConsoleRenderer().text(of: comparison)
        let unknown = [("earlier", old.isKnown), ("later", new.isKnown)]
        for (name, isKnown) in unknown { #expect(text.contains("the \(name) run\n") == !isKnown) }
        #expect(text.contains("There is nothing to compare with. ") == !old.isKnown)
    }

    /// A night that broke off does not make the next one worse.
    @Test(arguments: nights)
    func aGoodRunIsLetPassWhateverWasBefore(old: Night) {
        let good = RunReport.run(milliseconds: [100, 100]).untouched
        #expect(RunComparison(baseline: old.run.untouched, current: good).objection == nil)
    }

    @Test(arguments: RunComparison.Objection.allCases)
    func saysWhatIsNotAllowed(objection: RunComparison.Objection) {
        #expect(objection.clause.hasSuffix(", which --fail-on-regression does not allow"))
    }
}

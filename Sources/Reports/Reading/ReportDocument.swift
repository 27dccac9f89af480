import Checks
import FoundationEssentials
import HTTPVocabulary
import SourceDiagnostics

/// The shape of the JSON report, as far as it is read back.
struct ReportDocument: Decodable {
    var startedAt: Moment
    var tool: Tool
    var duration: Seconds
    var ending: Ending
    var shard: ShardDocument?
    var seed: String?
    var repeats: Int?
    var verdict: String?
    var suites: [SuiteDocument]

    /// What tells the report from other JSON, read before the rest.
    struct Envelope: Decodable {
        var format: String?
        var version: Int?
    }

    struct Tool: Decodable {
        var version: String
    }

    struct ShardDocument: Decodable {
        var value: Shard

        private enum CodingKeys: CodingKey {
            case index, count
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let count = try container.decode(Int.self, forKey: .count)
            guard (1...Shard.largestCount).contains(count) else {
                throw DecodingError.dataCorruptedError(forKey: .count, in: container, debugDescription: "no such count")
            }
            let index = try container.decode(Int.self, forKey: .index)
            guard (1...count).contains(index) else {
                throw DecodingError.dataCorruptedError(forKey: .index, in: container, debugDescription: "no such part")
            }
            value = Shard(index: index, count: count)
        }
    }

    struct Ending: Decodable {
        var kind: String
        var signal: Int32?

        /// The ending; one that only a newer routecheck knows cannot be said to be complete, and is not one by a signal.
        var value: RunEnding {
            switch kind {
            case "completed": .completed
            case "deadline": .deadline
            case "max-failures": .maximumFailures
            case "server-unusable": .serverUnusable
            case "unfinished": .unfinished
            case "invalid-input": .invalidInput
            case "interrupted": .interrupted(signal: signal ?? 0)
            default: .interrupted(signal: 0)
            }
        }
    }

    var report: RunReport {
        var report = RunReport(
            toolVersion: tool.version,
            startedAt: startedAt.date,
            duration: duration.duration,
            ending: ending.value,
            suites: suites.map(\.report)
        )
        report.shard = shard?.value
        report.seed = seed.flatMap(UInt64.init)
        report.repeats = repeats ?? 1
        report.isReadWhole = true
        report.take(reportedVerdict: verdict)
        return report
    }
}

/// What the JSON report and the events say of a suite.
struct SuiteDocument: Decodable {
    var name: String
    var file: String
    var description: String?
    var server: Server
    var warnings: [String]?
    var plan: PlanDocument?
    var identity: IdentityDocument?
    var startedAt: Moment
    var duration: Seconds?
    var results: [ResultDocument]?

    struct Server: Decodable {
        var url: String
        var version: String?
        var fault: FaultDocument?
    }

    struct PlanDocument: Decodable {
        var fingerprint: String
        var planned: Int
        var total: Int
        var selection: SelectionDocument?

        var value: PlanSummary {
            PlanSummary(fingerprint: fingerprint, planned: planned, total: total, selection: selection?.value)
        }
    }

    struct SelectionDocument: Decodable {
        var tags: String?
        var names: [String]?
        var lastFailed: String?
        var nothingFailed: Bool?
        var only: Bool?

        var value: SelectionRecord {
            SelectionRecord(
                tags: tags,
                names: names ?? [],
                lastFailed: lastFailed,
                nothingFailed: nothingFailed ?? false,
                only: only ?? false
            )
        }
    }

    var report: SuiteReport {
        var report = SuiteReport(
            name: name,
            file: file,
            description: description,
            serverURL: server.url,
            serverVersion: server.version,
            serverFault: server.fault?.value,
            startedAt: startedAt.date,
            duration: duration?.duration ?? .zero,
            results: results?.map(\.value) ?? [],
            plan: plan?.value
        )
        report.identity = identity?.value
        report.warnings = warnings ?? []
        return report
    }
}

/// A moment as the reports write it.
struct Moment: Decodable {
    var date: Date

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = Timestamp.parse(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a moment")
        }
        self.date = date
    }
}

/// A duration in seconds, as the reports write it.
struct Seconds: Decodable {
    var duration: Duration

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let seconds = try container.decode(Double.self)
        // Three hundred years, so that sums of durations still fit.
        guard seconds >= 0, seconds < 1e10 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a duration")
        }
        duration = .microseconds(Int64((seconds * 1_000_000).rounded()))
    }
}

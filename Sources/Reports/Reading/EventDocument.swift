/// One line of the stream of events; which fields there are depends on the event.
struct EventDocument: Decodable {
    var event: String
    var format: String?
    var version: Int?
    var tool: ReportDocument.Tool?
    var startedAt: Moment?
    var shard: ReportDocument.ShardDocument?
    var seed: String?
    var repeats: Int?
    var suites: Int?
    var suite: Int?
    var name: String?
    var file: String?
    var description: String?
    var server: SuiteDocument.Server?
    var plan: SuiteDocument.PlanDocument?
    var check: Int?
    var attempt: AttemptDocument?
    var result: ResultDocument?
    var duration: Seconds?
    var ending: ReportDocument.Ending?
}

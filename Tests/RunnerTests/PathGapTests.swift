import Checks
import DHIS2
import Testing

@testable import Runner

/// What paths that find nothing mean to quantifiers, `count` and `exists`.
struct PathGapTests {
    private static let down = #"{"services":[{"status":"DOWN"}]}"#

    /// A path on its way to nothing, the matcher, the body, and what the message ends with.
    @Test(arguments: [
        // A misspelt name, at the start and at the end.
        ("$.service[*].status", "{none: DOWN}", down, "nothing: .service found nothing"),
        ("$.services[*].state", "{none: DOWN}", down, "nothing: .state found nothing"),
        ("$['services'][*]['state']", "{none: DOWN}", down, "nothing: ['state'] found nothing"),
        ("$.services[0].state", "{none: DOWN}", down, "nothing: .state found nothing"),
        ("$.services[*].state", "{not: {any: DOWN}}", down, "nothing: .state found nothing"),
        ("$.services[*].state", "{not: {none: UP}}", down, "nothing: .state found nothing"),
        ("$.services[*].state", "{not: {every: UP}}", down, "nothing: .state found nothing"),
        ("$.services[*].state", "{not: {not: {none: UP}}}", down, "nothing: .state found nothing"),
        ("$.services[*].status.code", "{none: 5}", down, "nothing: .code found nothing"),
        ("$ .services [*] .state", "{none: DOWN}", down, "nothing: .state found nothing"),
        // After "..".
        ("$..state", "{none: DOWN}", down, "nothing: ..state found nothing"),
        ("$..state", "{not: {any: DOWN}}", down, "nothing: ..state found nothing"),
        ("$.services..state", "{none: DOWN}", down, "nothing: ..state found nothing"),
        ("$.service..status", "{none: DOWN}", down, "nothing: .service found nothing"),
        ("$..services..state", "{none: DOWN}", down, "nothing: ..state found nothing"),
        ("$..['state','health']", "{none: DOWN}", down, "nothing: ..['state','health'] found nothing"),
        ("$..[?@.state == 'DOWN']", "{none: {exists: true}}", down, "nothing: ..[?@.state == 'DOWN'] found nothing"),
        ("$..[5]", "{none: DOWN}", down, "nothing: ..[5] found nothing"),
        ("$..*", "{none: DOWN}", "[]", "nothing: ..* found nothing"),
        ("$..services[*].status", "{none: DOWN}", #"{"services":[]}"#, "nothing: [*] found nothing"),
        // An index past the end.
        ("$.services[1].status", "{none: DOWN}", down, "nothing: [1] found nothing"),
        ("$.services[-2].status", "{none: DOWN}", down, "nothing: [-2] found nothing"),
        ("$.services[*][0]", "{none: DOWN}", down, "nothing: [0] found nothing"),
        ("$[0][*]", "{none: DOWN}", "[]", "nothing: [0] found nothing"),
        // One selector of several.
        ("$['services','service'][*].status", "{none: X}", down, "DOWN\": ['service'] found nothing"),
        ("$.services[0,5].status", "{every: DOWN}", down, "DOWN\": [5] found nothing"),
        ("$.services[*]['status','state']", "{none: X}", down, "DOWN\": ['state'] found nothing"),
        ("$.services[*]['state','health']", "{none: X}", down, "nothing: ['state'] found nothing"),
        // What can never hold any node.
        ("$.services[*]", "{none: DOWN}", #"{"services":"DOWN"}"#, "nothing: [*] does not apply to a string"),
        ("$.services[*]", "{not: {any: DOWN}}", #"{"services":5}"#, "nothing: [*] does not apply to a number"),
        ("$.services[?@.up].id", "{none: 1}", #"{"services":true}"#, "nothing: [?@.up] does not apply to a boolean"),
        ("$.services[0:2]", "{none: DOWN}", #"{"services":{"a":1}}"#, "nothing: [0:2] does not apply to an object"),
        ("$.services.*", "{count: 0}", #"{"services":"DOWN"}"#, "nothing: .* does not apply to a string"),
        ("$[*]", "{none: 1}", "1", "nothing: [*] does not apply to a number"),
        ("$[*][*]", "{none: 1}", "[1,2]", "nothing: [*] does not apply to a number"),
        // A name or an index that is not the last must be there, whatever number is expected.
        ("$.service[*]", "{count: 0}", down, "nothing: .service found nothing"),
        ("$.service[*].status", "{count: {at-most: 5}}", down, "nothing: .service found nothing"),
        ("$.service.status", "{count: 0}", down, "nothing: .service found nothing"),
        ("$.service[*]", "{not: {count: 1}}", down, "nothing: .service found nothing"),
        ("$.services[3].status", "{count: 0}", down, "nothing: [3] found nothing"),
        ("$..services.list[*]", "{count: 0}", down, "nothing: .list found nothing"),
        // A path that can select one node at most.
        ("$.service", "{none: DOWN}", down, "nothing: .service found nothing"),
        ("$.service", "{not: {any: DOWN}}", down, "nothing: .service found nothing"),
        ("$.data.services", "{not: {every: DOWN}}", down, "nothing: .data found nothing"),
        ("$.services", "{not: {any: X}}", #"{"services":null}"#, "null: any does not apply to null"),
        ("$.services", "{none: X}", #"{"services":{}}"#, "{}: none does not apply to an object"),
        ("$", "{none: X}", down, "none does not apply to an object"),
    ])
    func doesNotPass(path: String, matcher: String, body: String, end: String) throws {
        let mismatches = try mismatches(path, matcher, body)
        #expect(mismatches.count == 1)
        #expect(mismatches.allSatisfy { $0.message.hasSuffix(end) }, "\(mismatches.map(\.message))")
        // Nor does the opposite.
        #expect(try !self.mismatches(path, "{not: \(matcher)}", body).isEmpty)
    }

    @Test(arguments: [
        // An empty list has no bad members, and what follows it is empty too.
        ("$.services[*].status", "{none: DOWN}", #"{"services":[]}"#),
        ("$.services[*].status.code", "{none: 5}", #"{"services":[]}"#),
        ("$.services[*].status", "{not: {any: DOWN}}", #"{"services":[]}"#),
        ("$.services[*].status", "{none: DOWN}", #"{"services":{}}"#),
        ("$.services[*].status", "{none: DOWN}", #"{"services":null}"#),
        ("$.services[0:5].status", "{none: DOWN}", #"{"services":[]}"#),
        ("$.services[7:].status", "{none: DOWN}", down),
        ("$.services[?@.status == 'X'].id", "{none: 1}", down),
        ("$.services[?@.status == 'X'].id", "{count: 0}", down),
        ("$.services[*].parts[*].status", "{none: DOWN}", #"{"services":[{"parts":[]},{"parts":[]}]}"#),
        ("$.services[*]..status", "{none: DOWN}", #"{"services":[]}"#),
        ("$[*]", "{none: 1}", "[]"),
        ("$[*]", "{none: 1}", "{}"),
        ("$", "{none: 1}", "[]"),
        ("$", "{none: 1}", "[2]"),
        ("$.services", "{none: DOWN}", #"{"services":[]}"#),
        // A name that one of several has is no misspelt one, and null is a value.
        ("$.services[*].status", "{none: DOWN}", #"{"services":[{},{"status":"UP"},"x",null]}"#),
        ("$.services[*].status", "{none: DOWN}", #"{"services":[{"status":null}]}"#),
        ("$.services[*][1]", "{none: 1}", #"{"services":[[],[1,2]]}"#),
        ("$.services[-1:].status", "{every: DOWN}", down.replacing("]", with: #",{"status":"DOWN"}]"#)),
        ("$.services[*]['status','state']", "{none: X}", #"{"services":[{"status":1},{"state":1}]}"#),
        ("$['services','more'][*].status", "{none: UP}", #"{"services":[],"more":[{"status":"DOWN"}]}"#),
        ("$['services'][0]['status']", "{count: 1}", down),
        ("$.services[0, -1].status", "{every: DOWN}", down),
        ("$.services[*, 0].status", "{every: DOWN}", down),
        ("$..status", "{none: UP}", down),
        ("$..['status','state']", "{none: UP}", down),
        ("$..services[*].status", "{none: UP}", down),
        ("$..*", "{any: DOWN}", down),
        ("$..[?@.status == 'DOWN']", "{every: {contains: status}}", down),
        // Zero may be right where a number is expected.
        ("$.service", "{count: 0}", down),
        ("$.services[*].state", "{count: 0}", down),
        ("$.services[*].state", "{count: {at-most: 5}}", down),
        ("$.services[*]['state', 'health']", "{count: 0}", down),
        ("$.services[*].state", "{not: {count: 1}}", down),
        ("$.services[9]", "{count: 0}", down),
        ("$..state", "{count: 0}", down),
        ("$..errors[*]", "{count: 0}", down),
        ("$..*[?@.level == 'ERROR']", "{count: 0}", #"{"status":"OK"}"#),
        ("$..services[*]", "{count: 0}", #"{"services":[]}"#),
        ("$..x", "{count: 0}", "1"),
        ("$", "{count: 1}", "null"),
        // So it may where a node is said not to exist.
        ("$.error.code", "{exists: false}", down),
        ("$.error.code", "{not: {exists: true}}", down),
    ])
    func passes(path: String, matcher: String, body: String) throws {
        let mismatches = try mismatches(path, matcher, body)
        #expect(mismatches.isEmpty, "\(mismatches.map(\.message))")
    }

    /// Each condition of a matcher goes by its own rule.
    @Test func countDoesNotExcuseWhatStandsBesideIt() throws {
        let messages = try mismatches("$.services[*].state", "{none: DOWN, count: 0}", Self.down).map(\.message)
        #expect(
            messages == [
                #"json $.services[*].state: expected none to be "DOWN", got nothing: .state found nothing"#
            ]
        )
    }

    /// A person sees where the way ends and what the answer holds.
    @Test func showsTheAnswerWhereAPathLeadsNowhere() throws {
        let mismatch = try #require(try mismatches("$.service[*].status", "{none: DOWN}", Self.down).first)
        #expect(
            mismatch.message
                == #"json $.service[*].status: expected none to be "DOWN", got nothing: .service found nothing"#
        )
        #expect(mismatch.excerpt == [#"$: {"services":[{"status":"DOWN"}]}"#])
    }

    private func mismatches(_ path: String, _ matcher: String, _ body: String) throws -> [Mismatch] {
        let quoted = path.replacing("'", with: "''")
        return try expectation("{json: {'\(quoted)': \(matcher)}}").mismatches(answer(body))
    }
}

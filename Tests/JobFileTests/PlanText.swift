import Checks
import HTTPVocabulary
import JSONDocument
import LinearRegex
import Matching
import SourceDiagnostics

/// A job as text, one line a value; what has the language's default is left out.
func planText(_ job: Job) -> String {
    var lines = ["job \(job.name)"]
    func add(_ name: String, _ value: String?) { if let value { lines.append("  \(name): \(value)") } }
    add("description", job.description.map(quoted))
    lines += serverLines(job.server)
    if job.concurrency != 8 { add("concurrency", "\(job.concurrency)") }
    add("route-concurrency", job.routeConcurrency.map { "\($0)" })
    add("rate", job.rate.map { "\($0.count) per \($0.interval)" })
    add("deadline", job.deadline.map { "\($0)" })
    add("max-failures", job.maximumFailures.map { "\($0)" })
    return (lines + job.checks.flatMap(checkLines)).joined(separator: "\n") + "\n"
}

private func serverLines(_ server: ServerSettings) -> [String] {
    var lines: [String] = []
    func add(_ name: String, _ value: String?) { if let value { lines.append("  server \(name): \(value)") } }
    if !server.url.isEmpty { add("url", server.url) }
    switch server.credentials {
    case .token(let token): add("token", token)
    case .basic(let username, let password): add("basic", "\(username) \(password)")
    case nil: break
    }
    for field in server.headerFields { add("header", "\(field.name.spelling): \(field.value)") }
    add("tls ca", server.tls.certificateAuthority)
    add("tls cert", server.tls.certificate)
    add("tls key", server.tls.key)
    if !server.tls.verify { add("tls verify", "false") }
    add("proxy", server.proxy)
    if server.connectTimeout != .seconds(10) { add("connect-timeout", "\(server.connectTimeout)") }
    add("version", server.version)
    if !server.probe { add("probe", "false") }
    if server.addressRoutesBy != .uid { add("address-routes-by", server.addressRoutesBy.rawValue) }
    if !server.keepsSession { add("session", "false") }
    for redaction in server.redactions {
        switch redaction {
        case .name(let name): add("redact name", name)
        case .pattern(let pattern): add("redact pattern", pattern.source)
        case .text(let text): add("redact text", text)
        }
    }
    return lines
}

private func checkLines(_ check: Check) -> [String] {
    var lines = ["\(check.position.line):\(check.position.column) \(quoted(check.name))"]
    func add(_ name: String, _ value: String?) { if let value { lines.append("  \(name): \(value)") } }
    add("request", "\(check.method.rawValue) \(quoted(check.route)) \(quoted(check.path))")
    for parameter in check.parameters { add("param", "\(quoted(parameter.name)) = \(quoted(parameter.value))") }
    for field in check.headerFields { add("header", "\(field.name.spelling): \(quoted(field.value))") }
    add(
        "body",
        check.body.map { "\($0.contentType.field.value): \(quoted(String(decoding: $0.bytes, as: UTF8.self)))" }
    )
    if let timeout = check.timeout { add("timeout", "\(timeout)") }
    if check.retry != RetryPolicy() { add("retry", retryText(check.retry)) }
    if !check.tags.isEmpty { add("tags", check.tags.joined(separator: " | ")) }
    add("skip", check.skip.map(waiverText))
    if check.only { add("only", "true") }
    add("allow-failure", check.allowFailure.map(waiverText))
    return lines + expectationLines(check.expectation)
}

private func waiverText(_ waiver: Waiver) -> String {
    (waiver.reason.map(quoted) ?? "true") + (waiver.until.map { " until \($0)" } ?? "")
}

private func retryText(_ retry: RetryPolicy) -> String {
    let triggers = retry.triggers.map { trigger in
        switch trigger {
        case .connect: "connect"
        case .timeout: "timeout"
        case .status(let status): "\(status)"
        }
    }
    return """
        \(retry.attempts) attempts, delay \(retry.delay), factor \(retry.factor), at most \(retry.maximumDelay), \
        jitter \(retry.jitter), on \(triggers.sorted()), non-idempotent \(retry.includesNonIdempotent)
        """
}

private func expectationLines(_ expectation: Expectation) -> [String] {
    var lines: [String] = []
    func add(_ name: String, _ value: String?) { if let value { lines.append("  expect \(name): \(value)") } }
    if expectation.status != .successful { add("status", expectation.status.description) }
    if expectation.from != .upstream { add("from", expectation.from.rawValue) }
    for header in expectation.headers { add("header", "\(header.name.spelling) \(header.matcher)") }
    add("content-type", expectation.contentType)
    add("body", expectation.body?.description)
    for json in expectation.json { add("json", "\(json.path.source) \(json.matcher)") }
    add("max-duration", expectation.maximumDuration.map { "\($0)" })
    add("max-size", expectation.maximumSize.map { "\($0)" })
    return lines
}

private func quoted(_ text: String) -> String { JSONValue.string(text).text() }

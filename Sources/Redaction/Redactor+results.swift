public import Checks

extension Redactor {
    /// The run without secrets in any of its texts.
    ///
    /// The version of routecheck, the fingerprints of plans, and who checks are and what they ask, are left as they are:
    /// they are the program's own and never hold a secret of a job.
    public func redact(_ report: consuming RunReport) -> RedactedReport {
        // In place, because a run may be large.
        for index in report.suites.indices { hide(in: &report.suites[index]) }
        return Redacted(report)
    }

    /// The suite without secrets in any of its texts.
    public func redact(_ suite: consuming SuiteReport) -> Redacted<SuiteReport> {
        hide(in: &suite)
        return Redacted(suite)
    }

    /// The result without secrets in any of its texts.
    public func redact(_ result: consuming CheckResult) -> Redacted<CheckResult> {
        hide(in: &result)
        return Redacted(result)
    }

    /// The event without secrets in any of its texts.
    public func redact(_ event: RunEvent) -> RedactedEvent {
        switch event {
        case .suiteStarted(let suite): return Redacted(.suiteStarted(redact(suite).value))
        case .checkStarted: return Redacted(event)
        case .attemptFinished(let suite, let check, var attempt):
            hide(in: &attempt)
            return Redacted(.attemptFinished(suite: suite, check: check, attempt))
        case .checkFinished(let suite, let result):
            return Redacted(.checkFinished(suite: suite, redact(result).value))
        case .suiteFinished(let suite): return Redacted(.suiteFinished(redact(suite).value))
        }
    }

    /// The explanation without secrets in any of its texts.
    public func redact(_ explanation: consuming Explanation) -> Redacted<Explanation> {
        hide(in: &explanation.result)
        hide(in: &explanation.request)
        hide(in: &explanation.requestHeaders)
        if var headers = explanation.responseHeaders {
            hide(in: &headers)
            explanation.responseHeaders = headers
        }
        if var body = explanation.bodyExcerpt {
            // It may be the beginning of a longer one, whose size is that of the bytes and not of the text.
            hide(inBeginning: &body)
            explanation.bodyExcerpt = body
        }
        hide(in: &explanation.origin)
        for index in explanation.expectations.indices { hide(in: &explanation.expectations[index]) }
        for index in explanation.route.indices { hide(in: &explanation.route[index]) }
        for index in explanation.warnings.indices { hide(in: &explanation.warnings[index]) }
        return Redacted(explanation)
    }

    /// The check as far as a list of checks shows it, without secrets; its header fields, its body, its retries and its
    /// expectation are left out.
    public func redact(_ check: borrowing Check) -> Redacted<Check> {
        var shown = Check(name: check.name, route: check.route, path: check.path, position: check.position)
        shown.parameters = check.parameters
        shown.method = check.method
        shown.tags = check.tags
        shown.skip = check.skip
        shown.only = check.only
        shown.allowFailure = check.allowFailure
        hide(inWords: &shown.name)
        hide(inWords: &shown.route)
        hide(in: &shown.path)
        for index in shown.parameters.indices {
            let parameter = shown.parameters[index]
            let isHidden = names.hides(parameter.value, of: parameter.name, in: .parameter)
            hide(in: &shown.parameters[index].name)
            if isHidden {
                shown.parameters[index].value = Self.replacement
            } else {
                hide(in: &shown.parameters[index].value)
            }
        }
        for index in shown.tags.indices { hide(inWords: &shown.tags[index]) }
        hide(in: &shown.skip)
        hide(in: &shown.allowFailure)
        return Redacted(shown)
    }
}

extension Redactor {
    private func hide(in suite: inout SuiteReport) {
        hide(inWords: &suite.name)
        hide(inWords: &suite.file)
        hide(inWords: &suite.description)
        hide(in: &suite.serverURL)
        hide(in: &suite.serverVersion)
        if var fault = suite.serverFault {
            hide(in: &fault)
            suite.serverFault = fault
        }
        for index in suite.warnings.indices { hide(in: &suite.warnings[index]) }
        if var selection = suite.plan?.selection {
            hide(inWords: &selection.tags)
            for index in selection.names.indices { hide(inWords: &selection.names[index]) }
            hide(inWords: &selection.lastFailed)
            suite.plan?.selection = selection
        }
        for index in suite.results.indices { hide(in: &suite.results[index]) }
    }

    private func hide(in result: inout CheckResult) {
        hide(inWords: &result.name)
        hide(inWords: &result.route)
        hide(in: &result.path)
        for index in result.tags.indices { hide(inWords: &result.tags[index]) }
        hide(inWords: &result.reason)
        hide(in: &result.allowFailure)
        for index in result.attempts.indices where result.attempts[index].hasTexts {
            hide(in: &result.attempts[index])
        }
    }

    private func hide(in waiver: inout Waiver?) {
        guard var reason = waiver?.reason else { return }
        hide(inWords: &reason)
        waiver?.reason = reason
    }

    private func hide(in attempt: inout Attempt) {
        // The sentence about an attempt repeats what is said of its first mismatch, whose place it is that hides a value.
        let said = attempt.mismatches.map(\.message)
        for index in attempt.mismatches.indices { hide(in: &attempt.mismatches[index]) }
        if var fault = attempt.fault {
            for (text, mismatch) in zip(said, attempt.mismatches) where text != mismatch.message && !text.isEmpty {
                fault.message = fault.message.replacing(text, with: mismatch.message)
            }
            hide(in: &fault)
            attempt.fault = fault
        }
        if var evidence = attempt.evidence {
            hide(in: &evidence)
            attempt.evidence = evidence
        }
    }

    private func hide(in fault: inout Fault) {
        hide(in: &fault.code)
        hide(in: &fault.message)
        hide(in: &fault.evidence)
    }

    private func hide(in evidence: inout Evidence) {
        hide(in: &evidence.request)
        hide(in: &evidence.headers)
        guard var body = evidence.bodyExcerpt else { return }
        if evidence.isExcerptCut { hide(inBeginning: &body) } else { hide(in: &body) }
        evidence.bodyExcerpt = body
    }

    private func hide(in mismatch: inout Mismatch) {
        hide(at: &mismatch.location, &mismatch.expected, &mismatch.actual, &mismatch.excerpt)
    }

    private func hide(in result: inout ExpectationResult) {
        hide(at: &result.location, &result.expected, &result.actual, &result.excerpt)
    }

    /// Hides what a mismatch or the result of an expectation holds; all that is at a sensitive place.
    private func hide(
        at location: inout String?,
        _ expected: inout String,
        _ actual: inout String,
        _ excerpt: inout [String]
    ) {
        guard let place = location else { return hide(&expected, &actual, &excerpt) }
        hide(in: &location)
        let isHidden = ([expected, actual] + excerpt).contains { hides($0, saidOf: place) }
        // One of them may tell what the other hides, as a number does of its text.
        if isHidden { excerpt = [] }
        let hidesExpected = isHidden && !Self.kinds.contains(expected)
        let hidesActual = isHidden && !Self.kinds.contains(actual)
        hide(&expected, &actual, &excerpt)
        if hidesExpected { expected = Self.replacement }
        if hidesActual { actual = Self.replacement }
    }

    private func hide(_ expected: inout String, _ actual: inout String, _ excerpt: inout [String]) {
        hide(in: &expected)
        hide(in: &actual)
        hide(inExcerpt: &excerpt)
    }
}

extension Attempt {
    /// Whether the attempt holds any text; one that passed holds none.
    fileprivate var hasTexts: Bool { fault != nil || !mismatches.isEmpty || evidence != nil }
}

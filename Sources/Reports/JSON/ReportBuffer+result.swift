import Checks
import HTTPVocabulary
import SourceDiagnostics

extension ReportBuffer {
    /// Appends a check's result as one JSON object on one line.
    mutating func append(json result: CheckResult) {
        append("{\"index\":")
        append(result.index)
        append(",\"name\":")
        appendJSON(result.name)
        append(",\"route\":")
        appendJSON(result.route)
        append(",\"path\":")
        appendJSON(result.path)
        append(",\"method\":")
        appendJSON(result.method.rawValue)
        if let identity = result.identity {
            append(",\"identity\":")
            append(hash: identity.name)
            append(",\"fingerprint\":")
            append(hash: identity.fingerprint)
        }
        append(",\"line\":")
        append(result.position.line)
        append(",\"column\":")
        append(result.position.column)
        if !result.tags.isEmpty { append(",\"tags\":", list: result.tags) }
        append(",\"outcome\":\"")
        append(verbatim: result.outcome.rawValue)
        append("\"")
        if result.isFlaky { append(",\"flaky\":true") }
        if let waiver = result.allowFailure {
            append(",\"allowFailure\":{")
            append(key: "\"reason\":", waiver.reason)
            append(key: waiver.reason == nil ? "\"until\":" : ",\"until\":", waiver.until?.description)
            append("}")
        }
        append(key: ",\"reason\":", result.reason)
        append(",\"start\":")
        appendMicroseconds(result.start)
        append(",\"duration\":")
        appendMicroseconds(result.duration)
        append(",\"attempts\":[")
        for (position, attempt) in result.attempts.enumerated() {
            if position > 0 { append(",") }
            append(json: attempt)
        }
        append("]}")
    }

    /// Appends an attempt as one JSON object on one line.
    mutating func append(json attempt: Attempt) {
        append("{\"number\":")
        append(attempt.number)
        append(",\"start\":")
        appendMicroseconds(attempt.start)
        append(",\"duration\":")
        appendMicroseconds(attempt.duration)
        append(",\"outcome\":\"")
        append(verbatim: attempt.outcome.rawValue)
        append("\"")
        if let status = attempt.status {
            append(",\"status\":")
            append(status)
        }
        if let size = attempt.bodySize {
            append(",\"bodySize\":")
            append(size)
        }
        if let phases = attempt.phases { append(json: phases) }
        if let fault = attempt.fault {
            append(",\"fault\":")
            append(json: fault)
        }
        if !attempt.mismatches.isEmpty {
            append(",\"mismatches\":[")
            for (position, mismatch) in attempt.mismatches.enumerated() {
                if position > 0 { append(",") }
                append(json: mismatch)
            }
            append("]")
        }
        if let evidence = attempt.evidence { append(json: evidence) }
        append("}")
    }

    /// Appends a fault as one JSON object.
    mutating func append(json fault: Fault) {
        append("{\"layer\":\"")
        append(verbatim: fault.layer.rawValue)
        append("\",\"code\":")
        appendJSON(fault.code)
        append(",\"message\":")
        appendJSON(fault.message)
        append(",\"certainty\":\"")
        append(verbatim: fault.certainty.rawValue)
        append("\"")
        if !fault.evidence.isEmpty { append(",\"evidence\":", list: fault.evidence) }
        append("}")
    }

    private mutating func append(json mismatch: Mismatch) {
        append("{\"kind\":\"")
        append(verbatim: mismatch.kind.rawValue)
        append("\"")
        append(key: ",\"location\":", mismatch.location)
        append(",\"expected\":")
        appendJSON(mismatch.expected)
        append(",\"actual\":")
        appendJSON(mismatch.actual)
        if !mismatch.excerpt.isEmpty { append(",\"excerpt\":", list: mismatch.excerpt) }
        append("}")
    }

    private mutating func append(json phases: Phases) {
        append(",\"phases\":{\"nameLookup\":")
        appendMicroseconds(phases.nameLookup)
        append(",\"connect\":")
        appendMicroseconds(phases.connect)
        append(",\"tlsHandshake\":")
        appendMicroseconds(phases.tlsHandshake)
        append(",\"firstByte\":")
        appendMicroseconds(phases.firstByte)
        append(",\"total\":")
        appendMicroseconds(phases.total)
        append("}")
    }

    private mutating func append(json evidence: Evidence) {
        append(",\"evidence\":{\"request\":")
        appendJSON(evidence.request)
        append(",\"headers\":", list: evidence.headers)
        append(key: ",\"body\":", evidence.bodyExcerpt)
        if evidence.isExcerptCut { append(",\"bodyCut\":true") }
        if evidence.isAnswerOmitted { append(",\"answerOmitted\":true") }
        append("}")
    }

    /// Appends a member whose value is an array of strings.
    mutating func append(_ key: StaticString, list texts: [String]) {
        append(key)
        append("[")
        for (position, text) in texts.enumerated() {
            if position > 0 { append(",") }
            appendJSON(text)
        }
        append("]")
    }
}

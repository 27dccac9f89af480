public import Checks
public import Redaction
import SourceDiagnostics
import Text

/// Shows all that one attempt of a check saw: the route, request, answer, who answered, times, and each expectation's result.
public struct ExplanationRenderer: Sendable {
    /// Colours and characters.
    public var style: ConsoleStyle

    /// Creates a renderer.
    public init(style: ConsoleStyle = ConsoleStyle()) {
        self.style = style
    }

    /// The explanation as text that ends with a line feed.
    ///
    /// - Parameters:
    ///   - explanation: What to show.
    ///   - file: The job file's path, for the check's place.
    public func text(_ explanation: Redacted<Explanation>, file: RedactedText) -> String {
        let (explanation, file) = (explanation.value, file.value)
        var output = ConsoleText(style)
        let result = explanation.result
        let mark = ConsoleMark(result)
        output.append(style.usesUnicode ? mark.symbol : mark.word, mark.ink)
        output.append(" \(result.name)", .strong)
        output.append("  \(file):\(result.position.line)", .quiet)
        if let waiver = result.allowFailure, result.isFailure {
            output.append("  allowed to fail" + (waiver.reason.map { ": \($0)" } ?? ""), .doubtful)
        }
        output.endLine()

        output.append(warnings: explanation.warnings)

        if !explanation.route.isEmpty {
            heading("Route", in: &output)
            for line in explanation.route { output.append(block: line, indent: 2) }
        }

        heading("Request", in: &output)
        output.append(block: explanation.request, indent: 2)
        for line in explanation.requestHeaders { output.append(block: line, indent: 2, .quiet) }
        if let size = explanation.requestBodySize {
            output.append(block: "(\(size.counting("byte")) of body)", indent: 2, .quiet)
        }

        writeAnswer(explanation, to: &output)
        writeOrigin(explanation.origin, to: &output)
        writePhases(of: result, to: &output)
        writeExpectations(explanation.expectations, to: &output)
        return output.text
    }

    private func heading(_ title: String, in output: inout ConsoleText) {
        output.endLine()
        output.append(title, .strong)
        output.endLine()
    }

    private func writeAnswer(_ explanation: Explanation, to output: inout ConsoleText) {
        heading("Answer", in: &output)
        let attempt = explanation.result.attempts.last
        guard let headers = explanation.responseHeaders, let status = attempt?.status else {
            output.append(block: "none", indent: 2)
            return
        }
        output.append(block: "status \(status), \((attempt?.bodySize ?? 0).counting("byte")) of body", indent: 2)
        for line in headers { output.append(block: line, indent: 2, .quiet) }
        if let body = explanation.bodyExcerpt {
            output.endLine()
            output.append(block: body, indent: 2)
            if explanation.isExcerptCut {
                output.append(block: style.usesUnicode ? "…" : "...", indent: 2, .quiet)
            }
        }
    }

    private func writeOrigin(_ origin: Fault, to output: inout ConsoleText) {
        heading("Who answered", in: &output)
        output.append(block: "\(origin.layer.rawValue) (\(origin.certainty.rawValue)): \(origin.message)", indent: 2)
        for line in origin.evidence { output.append(block: "- \(line)", indent: 2, .quiet) }
    }

    private func writePhases(of result: CheckResult, to output: inout ConsoleText) {
        guard let phases = result.attempts.last?.phases else { return }
        heading("Time", in: &output)
        let steps = [
            ("name lookup", phases.nameLookup), ("connect", phases.connect), ("TLS handshake", phases.tlsHandshake),
            ("first byte", phases.firstByte), ("last byte", phases.total),
        ]
        for (name, time) in steps where time > .zero {
            output.append(block: "\(name) after \(time.phrase)", indent: 2)
        }
        if phases.connect == .zero { output.append(block: "(on a connection that stood already)", indent: 2, .quiet) }
    }

    private func writeExpectations(_ expectations: [ExpectationResult], to output: inout ConsoleText) {
        guard !expectations.isEmpty else { return }
        heading("Expectations", in: &output)
        for expectation in expectations {
            let subject = expectation.location.map { "\(expectation.kind.rawValue) \($0)" } ?? expectation.kind.rawValue
            let symbol = style.usesUnicode ? (expectation.holds ? "✓" : "✗") : (expectation.holds ? "ok" : "FAIL")
            output.append("  ")
            output.append(symbol, expectation.holds ? .good : .bad)
            output.append(" \(subject): expected \(expectation.expected), got \(expectation.actual)")
            output.endLine()
            for line in expectation.excerpt { output.append(block: line, indent: 6, .quiet) }
        }
    }
}

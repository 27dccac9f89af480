import Checks

extension OutcomeCounts {
    /// The counts in one phrase, such as `12 checks: 9 passed (1 flaky), 2 failed, 1 skipped`.
    var phrase: String {
        var parts: [String] = []
        if passed > 0 { parts.append("\(passed) passed" + (flaky > 0 ? " (\(flaky) flaky)" : "")) }
        if failingAnswers > 0 { parts.append("\(failingAnswers) failed") }
        if failingErrors > 0 { parts.append(failingErrors == 1 ? "1 error" : "\(failingErrors) errors") }
        if allowed > 0 { parts.append("\(allowed) allowed to fail") }
        if skipped > 0 { parts.append("\(skipped) skipped") }
        if notRun > 0 { parts.append("\(notRun) not run") }
        let checks = total == 1 ? "1 check" : "\(total) checks"
        return parts.isEmpty ? checks : "\(checks): \(parts.joined(separator: ", "))"
    }
}

extension Duration {
    /// The duration as a person reads it: `850 µs`, `1.2 ms`, `12 ms`, `1.24 s`, `2 min 3 s`.
    var phrase: String {
        let microseconds = reportedMicroseconds
        if microseconds == 0 { return "0 s" }
        if microseconds < 1_000 { return "\(microseconds) µs" }
        if microseconds < 9_950 {
            let tenths = (microseconds + 50) / 100
            return "\(tenths / 10).\(tenths % 10) ms"
        }
        if microseconds < 999_500 { return "\((microseconds + 500) / 1_000) ms" }
        if microseconds < 59_995_000 {
            let hundredths = (microseconds + 5_000) / 10_000
            let fraction = hundredths % 100
            return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
        }
        let seconds = (microseconds + 500_000) / 1_000_000
        if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
    }
}

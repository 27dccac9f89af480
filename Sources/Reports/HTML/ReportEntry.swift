import Checks

/// A result with its suite, as the sections of the page pass it around.
struct ReportEntry {
    var suite: SuiteReport
    var result: CheckResult

    /// The entries of a run that a condition picks, at most so many.
    static func entries(of report: RunReport, limit: Int, where isWanted: (CheckResult) -> Bool) -> [Self] {
        var entries: [Self] = []
        for suite in report.suites {
            for result in suite.results where isWanted(result) {
                guard entries.count < limit else { return entries }
                entries.append(Self(suite: suite, result: result))
            }
        }
        return entries
    }
}

/// How a result looks: a class for its colour, a sign and a word, so that colour is never alone.
struct HTMLMark {
    let style: HTML
    let sign: HTML
    let word: String

    init(_ result: CheckResult) {
        switch result.standing {
        case .passed: self.init("passed", "✓", "passed")
        case .flaky: self.init("flaky", "↻", "flaky")
        case .allowedFailure: self.init("allowed", "~", "allowed to fail")
        case .failed: self.init("failed", "✗", "failed")
        case .error: self.init("error", "!", "error")
        case .skipped: self.init("skipped", "–", "skipped")
        case .notRun: self.init("not-run", "·", "not run")
        }
    }

    /// How an attempt looks that another one followed.
    init(earlier attempt: Attempt) {
        if attempt.outcome == .failed {
            self.init("failed", "✗", "failed attempt")
        } else {
            self.init("error", "!", "attempt with an error")
        }
    }

    init(_ style: HTML, _ sign: HTML, _ word: String) {
        (self.style, self.sign, self.word) = (style, sign, word)
    }

    /// The sign for the eye and the word for whoever hears the page.
    var markup: HTML {
        "<span class=\"mark \(style)\"><span aria-hidden=\"true\">\(sign)</span><span class=\"hear\">\(word)</span></span>"
    }
}

import Checks
import FoundationEssentials

/// Markup in which everything that is put in is escaped.
///
/// Markup is written as a literal; text, wherever it comes from, is interpolated and becomes text, also inside a quoted
/// attribute; a file of the package is embedded. There is no way to make markup of a `String`, so markup that was forgotten to be escaped does not compile.
struct HTML: ExpressibleByStringInterpolation, Sendable {
    private(set) var bytes: [UInt8]

    init(stringLiteral literal: StaticString) {
        bytes = literal.withUTF8Buffer(Array.init)
    }

    /// Markup that was embedded when the program was built, without the line feed at its end.
    init(embedded resource: [UInt8]) {
        bytes = resource.last == 0x0A ? resource.dropLast() : resource
    }

    init(stringInterpolation: Interpolation) {
        bytes = stringInterpolation.buffer.bytes
    }

    /// The pieces one after the other.
    init(joining pieces: some Sequence<HTML>) {
        bytes = pieces.flatMap(\.bytes)
    }

    static func += (left: inout Self, right: Self) {
        left.bytes += right.bytes
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var buffer: ReportBuffer

        init(literalCapacity: Int, interpolationCount: Int) {
            buffer = ReportBuffer(capacity: literalCapacity + interpolationCount * 24)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            buffer.append(literal)
        }

        mutating func appendInterpolation(_ text: String) {
            buffer.append(text, as: .html)
        }

        mutating func appendInterpolation(_ number: Int) {
            buffer.append(number)
        }

        mutating func appendInterpolation(_ markup: HTML) {
            buffer.append(bytes: markup.bytes)
        }

        /// Appends a length in a drawing, to a tenth.
        mutating func appendInterpolation(length: Double) {
            let tenths = Int((length.isFinite ? min(max(length, -1e6), 1e6) * 10 : 0).rounded())
            if tenths < 0 { buffer.append("-") }
            buffer.append(Int(tenths.magnitude / 10))
            guard tenths % 10 != 0 else { return }
            buffer.append(".")
            buffer.append(Int(tenths.magnitude % 10))
        }

        /// Appends a moment in UTC.
        mutating func appendInterpolation(moment: Date) {
            buffer.appendTimestamp(moment)
        }
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

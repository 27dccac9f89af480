import DHIS2
import Testing

/// An expectation with an answer that meets it and one that does not.
struct EvaluationRow: Sendable, CustomTestStringConvertible {
    var expect: String
    var passing: HTTPExchange
    var failing: HTTPExchange
    var messages: [String]
    var excerpt: [String]

    init(
        _ expect: String,
        passes passing: HTTPExchange,
        fails failing: HTTPExchange,
        _ messages: String...,
        excerpt: [String] = []
    ) {
        self.expect = expect
        self.passing = passing
        self.failing = failing
        self.messages = messages
        self.excerpt = excerpt
    }

    /// A row about a header field of the name `X-A`.
    static func field(_ matcher: String, passes: String, fails: String, _ message: String) -> Self {
        Self(
            "{headers: {X-A: \(matcher)}}",
            passes: answer(headers: "X-A: \(passes)\r\n"),
            fails: answer(headers: "X-A: \(fails)\r\n"),
            "header X-A: \(message)"
        )
    }

    /// A row about the body's text.
    static func body(_ matcher: String, passes: String, fails: String, _ message: String, excerpt: [String] = [])
        -> Self
    {
        Self(
            "{body: \(matcher)}",
            passes: answer(passes),
            fails: answer(fails),
            "body: \(message)",
            excerpt: excerpt
        )
    }

    /// A row about the member `a` of the body's JSON.
    static func member(_ matcher: String, passes: String, fails: String, _ message: String, excerpt: [String] = [])
        -> Self
    {
        .json("$.a", matcher, passes: #"{"a":\#(passes)}"#, fails: #"{"a":\#(fails)}"#, message, excerpt: excerpt)
    }

    /// A row about what a path selects from the body's JSON.
    static func json(
        _ path: String,
        _ matcher: String,
        passes: String,
        fails: String,
        _ message: String,
        excerpt: [String] = []
    ) -> Self {
        Self(
            "{json: {'\(path)': \(matcher)}}",
            passes: answer(passes),
            fails: answer(fails),
            "json \(path): \(message)",
            excerpt: excerpt
        )
    }

    var testDescription: String { expect }
}

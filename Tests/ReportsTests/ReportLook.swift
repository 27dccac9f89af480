import FoundationEssentials
import Testing

/// What a reader who knows nothing but a format takes a document for.
enum ReportLook: Equatable {
    /// Something passed and nothing failed.
    case good
    /// Something failed, or the document says that the run did not come to its end.
    case bad
    /// Nothing passed and nothing failed.
    case neutral

    init(_ format: String, _ text: String) throws {
        switch format {
        case "junit", "junit with files": self = try Self.junit(text)
        case "ctrf": self = try Self.ctrf(text)
        case "tap": self = try Self.tap(text)
        case "prometheus": self = try Self.prometheus(text)
        case "annotations": self = text.contains("::error ") ? .bad : .neutral
        default: self = try Self.named(#require(Self.verdict(format, text), "\(format) does not name a verdict"))
        }
    }

    /// The verdict as the reports have it, in a format that names it.
    static func verdict(_ format: String, _ text: String) -> String? {
        switch format {
        case "json": return verdict(inJSON: text[...])
        case "ndjson": return verdict(inJSON: text.split(separator: "\n").last ?? "")
        case "console", "ascii console":
            let words = text.split(separator: "\n").last.map { $0.split(separator: "  ")[0] } ?? ""
            return words.lowercased().replacing(" ", with: "-")
        case "markdown": return text.firstMatch(of: /^## (✅|❌) ([A-Za-z ]+):/).map { kebab($0.2) }
        case "html":
            guard let heading = text.firstMatch(of: /<h1>([A-Za-z ]+)<\/h1>/),
                let title = text.firstMatch(of: /<title>routecheck: ([a-z ]+)</),
                let tone = text.firstMatch(of: /<header class="verdict (good|bad|doubtful)"/)
            else { return nil }
            let words = kebab(heading.1)
            let tones = ["passed": "good", "failed": "bad"]
            return words == kebab(title.1) && tone.1 == tones[words, default: "doubtful"] ? words : nil
        case "junit", "junit with files", "ctrf", "tap", "prometheus", "annotations": return nil
        // A format that nobody reads here names the verdict before anything else that could be taken for it.
        default:
            return text.firstMatch(of: /(?i)\b(passed|failed|incomplete|nothing[ -]checked)\b/).map { kebab($0.1) }
        }
    }

    private static func kebab(_ words: Substring) -> String { words.lowercased().replacing(" ", with: "-") }

    private static func named(_ verdict: String) -> Self {
        switch verdict {
        case "passed": .good
        case "nothing-checked": .neutral
        default: .bad
        }
    }

    private static func verdict(inJSON text: Substring) -> String? {
        struct Document: Decodable { var verdict: String }
        return try? JSONDecoder().decode(Document.self, from: Data(text.utf8)).verdict
    }

    /// The attributes of a suite say what its test cases do, those of the document what its suites do.
    private static func junit(_ text: String) throws -> Self {
        let element = /<testsuite(s?) [^>]*tests="([0-9]+)" failures="([0-9]+)" errors="([0-9]+)"/
        var all = [0, 0, 0]
        var sum = [0, 0, 0]
        for match in text.matches(of: element) {
            let numbers = try [match.2, match.3, match.4].map { try #require(Int($0)) }
            if match.1 == "s" { all = numbers } else { for place in 0..<3 { sum[place] += numbers[place] } }
        }
        func count(_ tag: String) -> Int { text.ranges(of: "<\(tag) ").count }
        try #require(all == sum)
        try #require(all == [count("testcase"), count("failure"), count("error")])
        if all[1] + all[2] > 0 { return .bad }
        return all[0] > count("skipped") ? .good : .neutral
    }

    private static func ctrf(_ text: String) throws -> Self {
        struct Document: Decodable {
            struct Results: Decodable {
                var summary: [String: Number]
                var tests: [Test]
            }
            struct Test: Decodable { var status: String }
            /// One of the summary's members has further ones.
            struct Number: Decodable {
                var value: Int?
                init(from decoder: any Decoder) throws { value = try? decoder.singleValueContainer().decode(Int.self) }
            }
            var results: Results
        }
        let results = try JSONDecoder().decode(Document.self, from: Data(text.utf8)).results
        for status in ["passed", "failed", "skipped", "other"] {
            try #require(results.summary[status]?.value == results.tests.count { $0.status == status }, "\(status)")
        }
        try #require(results.summary["tests"]?.value == results.tests.count)
        if results.tests.contains(where: { $0.status == "failed" }) { return .bad }
        return results.tests.contains { $0.status == "passed" } ? .good : .neutral
    }

    private static func tap(_ text: String) throws -> Self {
        let lines = text.split(separator: "\n")
        let points = lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
        try #require(lines.contains("1..\(points.count)"))
        let hasFailed = points.contains { $0.hasPrefix("not ok ") && !$0.contains(" # TODO ") }
        if hasFailed || lines.contains(where: { $0.hasPrefix("Bail out!") }) { return .bad }
        return points.contains { $0.hasPrefix("ok ") && !$0.contains(" # SKIP ") } ? .good : .neutral
    }

    private static func prometheus(_ text: String) throws -> Self {
        let values = text.matches(of: /(?m)^routecheck_success\{[^}]*\} ([01])$/).map(\.1)
        try #require(!values.isEmpty)
        return values.allSatisfy { $0 == "1" } ? .good : .bad
    }
}

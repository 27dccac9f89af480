import Checks
import Testing

@testable import Reports

/// Which secrets are told from the reports' own words without making the words.
struct ReportVocabularyTests {
    @Test
    func noWordOfAReportLooksLikeAToken() {
        let digest = Array(HTMLHead.scriptDigest.bytes)
        let runs = ReportVocabulary.words.split(whereSeparator: { !ReportVocabulary.isRunByte($0) })
        let longest = runs.filter { run in
            run.contains { (0x30...0x39).contains($0) } && run.contains { $0 >= 0x41 } && !digest.contains(Array(run))
        }
        .map { String(decoding: $0, as: UTF8.self) }
        .max { $0.utf8.count < $1.utf8.count }
        #expect((longest?.utf8.count ?? 0) <= ReportVocabulary.longestMixedRun, "\(longest ?? "")")
    }

    @Test(arguments: [
        ("d2pat_Rpn5Xq2L9vTz", true), ("d2p_A1b2C3d4", true), ("open-sesame-42", false), ("getElementById", false),
        ("1787393472000", false),
    ])
    func tellsTokensAtAGlance(secret: String, isUnlike: Bool) {
        #expect(ReportVocabulary.isUnlikeWords(secret) == isUnlike)
        if isUnlike { #expect(ReportVocabulary.excludes(secret)) }
    }

    @Test
    func theDigestOfThePageIsAWord() {
        let digest = String(decoding: HTMLHead.scriptDigest.bytes, as: UTF8.self)
        #expect(!ReportVocabulary.isUnlikeWords(digest))
        #expect(!ReportVocabulary.excludes(digest))
    }

    /// A secret that is such a word cannot be hidden from finished bytes without changing what they say.
    @Test(arguments: RunVerdict.allCases)
    func everyVerdictIsAWord(verdict: RunVerdict) {
        for word in [verdict.rawValue, verdict.words, verdict.title] { #expect(!ReportVocabulary.excludes(word)) }
    }

    /// Keys of a plan, of a selection and of who checks are.
    @Test(arguments: ["fingerprint", "planned", "selection", "lastFailed", "identity", "names", "server"])
    func everyKeyIsAWord(key: String) {
        #expect(!ReportVocabulary.excludes(key))
    }

    @Test(
        arguments: [
            .completed, .interrupted(signal: 2), .interrupted(signal: 0), .deadline, .maximumFailures, .serverUnusable,
        ] as [RunEnding]
    )
    func everyEndingIsAWord(ending: RunEnding) {
        #expect(!ReportVocabulary.excludes(ending.name))
        if let sentence = ending.sentence { #expect(!ReportVocabulary.excludes(sentence)) }
    }
}

/// The words of which the reports themselves are made: names of elements, attributes, keys and outcomes.
///
/// A secret that is one of them, or a part, or looks like a number or a time, cannot be searched for in finished bytes
/// without tearing the document apart; it is hidden in values alone, which is where it can come back.
enum ReportVocabulary {
    /// Whether a secret is neither a part of the reports' own words nor like a number or a time.
    static func excludes(_ secret: String) -> Bool {
        guard !secret.utf8.allSatisfy(isOfNumbers) else { return false }
        return !holds(secret)
    }

    private static func isOfNumbers(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x3A, UInt8(ascii: "T"), UInt8(ascii: "Z"), UInt8(ascii: "e"): true
        default: false
        }
    }

    private static func holds(_ secret: String) -> Bool {
        let secret = Array(secret.lowercased().utf8)
        guard let first = secret.first, words.count >= secret.count else { return false }
        return words.withUnsafeBufferPointer { words in
            (0...words.count - secret.count).contains { start in
                words[start] == first && words[start..<start + secret.count].elementsEqual(secret)
            }
        }
    }

    private static let words = Array(
        [
            #"<?xml version="1.0" encoding="UTF-8"?> testsuites testsuite properties property testcase classname"#,
            "failures errors skipped timestamp hostname message rerunFailure flakyFailure rerunError stackTrace system-out",
            ReportSchema.text,
        ].joined(separator: "\n").lowercased().utf8
    )
}

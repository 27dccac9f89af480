import TestFuzzing
import Testing

@testable import JSONDocument

/// Whatever a target answers, and whatever path is asked of it.
struct JSONFuzzTests {
    private static let documents = [
        #"{"a":[1,2.5,-0,1e400,123456789012345678901234567890],"b":{"c":"é\ud83d\ude00\n"},"d":null,"e":true}"#,
        #"[[[[{"x":1E+2}]]],"",{},[],false,0.1e-300]"#, "9223372036854775807", "-1e-9999", #""\u0000\/""#,
    ]

    @Test
    func readsAnyText() async throws {
        let paths = try ["$..*", "$.a[-1:]", "$.a[::2]", "$[?@.x>1]", "$.a[?@<=2.5]", "$.b.c"].map { try JSONPath($0) }
        let fuzzer = Fuzzer("json-texts", samples: Self.documents, words: ["\"a\":", "1e", "\\u"], inputs: 2_000)
        let outcome = await fuzzer.run { bytes in
            guard let tree = try? JSONTree(parsing: bytes, limits: JSONLimits()) else { return }
            for path in paths { _ = try? path.nodes(in: tree) }
            Self.weigh(tree.root.value)
        }
        #expect(!outcome.isTooSlow, "\(String(decoding: outcome.slowest, as: UTF8.self))")
    }

    /// Compares every number with others.
    private static func weigh(_ value: JSONValue) {
        switch value {
        case .number(let number):
            _ = (number.int64, number.isInteger, number.double, number < JSONNumber(Int.max), number.hashValue)
        case .array(let elements):
            for element in elements { weigh(element) }
        case .object(let members):
            for member in members { weigh(member.value) }
        default: break
        }
    }

    private static let queries = [
        "$.a.b[0]", "$..x[-1:2:3]", "$['a\\u00e9']", "$[?@.a>=1 && (count(@.*)==2 || !@.b)]",
        "$[?match(@.c,'[a-z]{1,3}')]",
        "$[?length(@)<9007199254740991]", "$[0,1,*,'x']", "$[?search(@.d, \"a|b*\") == true]",
        "$.a[?value(@..b) != null]",
    ]

    @Test
    func readsAnyPath() async throws {
        let tree = try JSONTree(parsing: Self.documents[0])
        let words = ["[?", "..", "count(", "length(", "match(", "==", "&&", "{1,", "\\u", "@", "$"]
        let fuzzer = Fuzzer("json-paths", samples: Self.queries, words: words, inputs: 3_000)
        let outcome = await fuzzer.run { bytes in
            guard let path = try? JSONPath(String(decoding: bytes, as: UTF8.self)) else { return }
            _ = try? path.selection(in: tree)
        }
        #expect(!outcome.isTooSlow, "\(String(decoding: outcome.slowest, as: UTF8.self))")
    }
}

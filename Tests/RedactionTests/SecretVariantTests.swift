import FoundationEssentials
import Redaction
import Testing

/// What becomes of a password with characters beyond ASCII on its way through other programs.
struct SecretVariantTests {
    private static let secret = "Señor-Müller+9€"
    private static let redactor = Redactor(secrets: [secret])

    @Test(arguments: [
        "Señor-Müller+9€",
        // Decomposed (NFD).
        "Sen\u{303}or-Mu\u{308}ller+9€", "Sen%CC%83or-Mu%cc%88ller%2B9%E2%82%AC", #"Sen\u0303or-Mu\u0308ller+9\u20ac"#,
        // UTF-8 taken for windows-1252 or Latin-1, once or twice.
        "SeÃ±or-MÃ¼ller+9â‚¬", "SeÃ±or-MÃ¼ller+9â\u{82}¬", "SeÃƒÂ±or-MÃƒÂ¼ller+9Ã¢â€šÂ¬",
        "Se&Atilde;&plusmn;or-M&Atilde;&frac14;ller+9&acirc;&sbquo;&not;",
        #"Se\u00c3\u00b1or-M\u00c3\u00bcller+9\u00e2\u201a\u00ac"#,
        // Escapes of one byte.
        "Se%F1or-M%FCller%2B9%80", "Se%25f1or-M%25fcller%252B9%2580", #"Se\xf1or-M\xFCller+9\x80"#,
        #"Se\361or-M\374ller+9\200"#,
        "Se=F1or-M=FCller+9=80",
        // Escapes of the bytes of UTF-8.
        #"Se\xc3\xb1or-M\xC3\xBCller+9\xe2\x82\xac"#, "Se=C3=B1or-M=C3=BCller+9=E2=82=AC",
        // References of HTML.
        "Se&ntilde;or-M&uuml;ller&plus;9&euro;", "Se&amp;ntilde;or-M&amp;uuml;ller+9&amp;euro;",
        "Se&#241;or-M&#xFC;ller+9&#x20ac;",
        // What cannot be written is replaced or left out.
        "Se?or-M?ller+9?", "Se\u{FFFD}or-M\u{FFFD}ller+9\u{FFFD}", "Se??or-M??ller+9???",
        "Se\u{FFFD}\u{FFFD}or-M\u{FFFD}\u{FFFD}ller+9\u{FFFD}\u{FFFD}\u{FFFD}", "Seor-Mller+9",
    ])
    func isFound(text: String) {
        #expect(Self.redactor.redact("<\(text)>").value == "<[redacted]>")
        let escaped = "<" + text.replacing("\\", with: "\\\\") + ">"
        #expect(Self.redactor.redact(escaped).value == "<[redacted]>")
    }

    /// The first characters decide whether a place is looked at more closely.
    @Test(arguments: ["äGeheim77", "Zürich77", "Zaürich77"])
    func isFoundWhateverTheCaseOfItsFirstEscapes(secret: String) {
        let redactor = Redactor(secrets: [secret])
        for mark in ["=", "%", "\\x"] {
            for isUpper in [true, false] {
                func escaped(_ bytes: some Sequence<UInt8>) -> String {
                    bytes.map { mark + String($0, radix: 16, uppercase: isUpper) }.joined()
                }
                let utf8 = secret.unicodeScalars.map { $0.isASCII ? "\($0)" : escaped("\($0)".utf8) }.joined()
                let latin = secret.unicodeScalars.map { $0.isASCII ? "\($0)" : escaped([UInt8($0.value)]) }.joined()
                for text in [utf8, latin] {
                    #expect(redactor.redact("x \(text) y").value == "x [redacted] y", "\(text)")
                }
            }
        }
    }

    @Test func aComposedOneIsFoundOfADecomposedOne() {
        let redactor = Redactor(secrets: ["Sen\u{303}or-e\u{302}\u{301}-\u{304B}\u{3099}"])
        for text in ["Señor-ế-が", "Sen\u{303}or-e\u{302}\u{301}-\u{304B}\u{3099}"] {
            #expect(redactor.redact("<\(text)>").value == "<[redacted]>")
        }
        let composed = Redactor(secrets: ["ế-が-한국-ά"])
        #expect(
            composed.redact("e\u{302}\u{301}-か\u{3099}-\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}-α\u{301}").value
                == "[redacted]"
        )
    }

    /// HTTP Basic was Latin-1 for decades (RFC 2617), and still is in many a client.
    @Test func isFoundInTheBase64OfLatin1() {
        let bytes = Array("me:Se".utf8) + [0xF1] + Array("or-M".utf8) + [0xFC] + Array("ller+9".utf8) + [0x80]
        let text = Data(bytes).base64EncodedString()
        let redacted = Self.redactor.redact("Basic \(text)").value
        #expect(redacted.contains("[redacted]") && !redacted.contains(text.dropFirst(8).prefix(8)))
    }

    @Test func aProxysPasswordIsFoundAsItIsSent() {
        let job = PublicUseTests.job(proxy: "http://me:pa%24s%2Fw%C3%B6rt-77@proxy:3128")
        let redactor = Redactor(secretsOf: job)
        for text in [
            "pa%24s%2Fw%C3%B6rt-77", "pa$s/wört-77", "pa$s/wÃ¶rt-77",
            Data("me:pa$s/wört-77".utf8).base64EncodedString(),
        ] {
            #expect(!redactor.redact("a \(text) b").value.contains(text.dropFirst(6).prefix(6)), "\(text)")
        }
    }

    /// libcurl takes the last `@`, and so nothing of the password for the host.
    @Test func aProxysPasswordIsNotTakenApartWithoutNeed() {
        let redactor = Redactor(secretsOf: PublicUseTests.job(proxy: "http://me:Admin1st@20261130@proxy:3128"))
        #expect(redactor.redact("Admin1st at 20261130").value == "Admin1st at 20261130")
    }

    /// libcurl takes what is between an `@` and a `/` for the host, and says so.
    @Test(arguments: ["http://me:Kx9w@LongPiece99/zz77zz77@proxy:3128", "me:Kx9w#LongPiece99?zz77zz77@proxy"])
    func aProxysPasswordIsFoundInPieces(proxy: String) {
        let redactor = Redactor(secretsOf: PublicUseTests.job(proxy: proxy))
        #expect(
            redactor.redact("lookup of LongPiece99:1080 and zz77zz77").value
                == "lookup of [redacted]:1080 and [redacted]"
        )
    }
}

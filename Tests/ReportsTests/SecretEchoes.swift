import FoundationEssentials

/// A secret in every encoding in which it may come back.
struct SecretEchoes {
    /// A secret that every encoding writes in another way.
    static let awkward = "d2p_Zx9/q+7&Kw\"é<m>~Vt3%hR"

    /// The spellings, the secret as it is first.
    let all: [String]

    init(of secret: String) {
        let percent = secret.utf8.map { byte -> String in
            let hex = String(byte, radix: 16, uppercase: true)
            return "%\(hex.count < 2 ? "0" : "")\(hex)"
        }.joined()
        let encoded = ["", "u", "us"].map { Self.base64("\($0)\(secret)") }
        let user = Self.base64("admin:\(secret)")
        all =
            [
                secret, percent, percent.lowercased(), percent.replacing("%", with: "%25"),
                secret.replacing("\"", with: "\\\"").replacing("/", with: "\\/"),
                secret.replacing("\"", with: "\\u0022").replacing("é", with: "\\u00e9").replacing("<", with: "\\u003C"),
                secret.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;"),
                String(secret.prefix(9)) + "\n" + String(secret.dropFirst(9)),
                String(secret.prefix(9)) + "\r\n    " + String(secret.dropFirst(9)),
                user, String(user.prefix(17)) + "\r\n " + String(user.dropFirst(17)), Self.base64(secret),
            ] + encoded
    }

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// The runs of eight bytes of an echo that are in a text, escapes and breaks of the line apart.
    static func traces(of echo: String, in text: String) -> [String] {
        let plain = Array(echo.utf8)
        let starts = stride(from: 4, to: plain.count - 11, by: 1)
        return starts.map { String(decoding: plain[$0..<$0 + 8], as: UTF8.self) }.filter { text.contains($0) }
    }
}

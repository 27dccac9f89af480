import FoundationEssentials

/// A secret in every encoding in which it may come back.
struct PlantedSecret {
    /// The secret itself.
    let text: String
    /// What an upstream that echoes it may write.
    let echoes: [String]

    init(_ text: String, username: String = "admin") {
        self.text = text
        let percent = text.utf8.map { Self.percentEncoded($0) }.joined()
        let sparing = text.utf8.map {
            Self.isUnreserved($0) ? String(Character(Unicode.Scalar($0))) : Self.percentEncoded($0)
        }
        .joined()
        let user = Self.base64("\(username):\(text)")
        let xml = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
        echoes =
            [
                text, percent, percent.lowercased(), sparing, sparing.replacing("%", with: "%25"),
                text.replacing("\"", with: "\\\"").replacing("/", with: "\\/"),
                text.replacing("\"", with: "\\u0022").replacing("ä", with: "\\u00e4").replacing("<", with: "\\u003C"),
                xml, xml.replacing("&", with: "&amp;"),
                String(text.prefix(9)) + "\n" + String(text.dropFirst(9)), user,
                String(user.prefix(17)) + "\r\n " + String(user.dropFirst(17)),
            ] + ["", "u", "us"].map { Self.base64("\($0)\(text)") }
    }

    /// Pieces of the secret, in any of its encodings, that a text holds.
    ///
    /// A piece is eight bytes from the inside of an echo: long enough to be no word of a report, short enough to show
    /// that a part was left over.
    ///
    /// - Parameter step: How far apart the pieces begin that are looked for.
    func traces(in text: String, step: Int = 1) -> [String] {
        echoes.flatMap { echo in
            let bytes = Array(echo.utf8)
            return stride(from: 4, to: bytes.count - 11, by: step)
                .map { String(decoding: bytes[$0..<$0 + 8], as: UTF8.self) }
                .filter { text.contains($0) }
        }
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8.contains(byte)
    }

    private static func percentEncoded(_ byte: UInt8) -> String {
        let hex = String(byte, radix: 16, uppercase: true)
        return "%\(hex.utf8.count < 2 ? "0" : "")\(hex)"
    }
}

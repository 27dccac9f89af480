internal import Checks
internal import FoundationEssentials
internal import YAMLTree

/// A file that `server.tls` names.
struct TLSFile {
    /// What it is to hold.
    enum Content: String {
        case certificate = "certificate"
        case key = "private key"

        /// Whether a PEM label (RFC 7468) is one of it.
        fileprivate func isLabel(_ label: Substring) -> Bool {
            switch self {
            case .certificate: label == "CERTIFICATE" || label.hasSuffix(" CERTIFICATE")
            case .key: label == "PRIVATE KEY" || label.hasSuffix(" PRIVATE KEY")
            }
        }
    }

    let content: Content
    /// The path as the process would open it.
    let path: String
    let node: YAMLNode
}

/// What `server.tls` is read into.
struct TLSDraft {
    var settings = TLSSettings()
    var files: [TLSFile] = []
    /// Where `server` has it.
    var keyNode: YAMLNode?
}

/// Looks at the files of `server.tls`, with which no connection would stand otherwise.
enum CertificateFiles {
    /// Reports files that cannot be read or hold something else, or that are not used at all.
    static func check(_ draft: TLSDraft, for url: ServerURL?, in context: inout JobContext) {
        if let key = draft.keyNode, let url, !url.isHTTPS, draft.settings != TLSSettings() {
            context.warning("\"tls\" is not used, since the server's URL is http", at: key, help: "use https")
            return
        }
        for file in draft.files { check(file, in: &context) }
    }

    private static func check(_ file: TLSFile, in context: inout JobContext) {
        let bytes: [UInt8]
        do throws(FileLoadError) {
            bytes = try context.decoder.files.load(file.path)
        } catch {
            return context.absence("cannot read \"\(file.path)\": \(error.reason)", at: file.node)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if file.content == .key { context.outsideSecrets.add(linesOf: text) }
        guard !holds(file.content, text) else { return }
        context.error("the file \"\(file.path)\" holds no \(file.content.rawValue) in PEM form", at: file.node)
    }

    /// Whether a text has a PEM block of a kind, with an encoded sequence of ASN.1 in it.
    private static func holds(_ content: TLSFile.Content, _ text: String) -> Bool {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
        for (place, line) in lines.enumerated() where line.hasPrefix("-----BEGIN ") {
            let label = line.dropFirst("-----BEGIN ".count).prefix { $0 != "-" }
            guard content.isLabel(label),
                let end = lines[place...].firstIndex(where: { $0.hasPrefix("-----END \(label)-----") })
            else { continue }
            let body = lines[(place + 1)..<end]
            // An encrypted key of the old form has headers first.
            if body.contains(where: { $0.contains(":") }) { return true }
            let encoded = body.joined().filter { !$0.isWhitespace }
            if Data(base64Encoded: encoded)?.first == 0x30 { return true }
        }
        return false
    }
}

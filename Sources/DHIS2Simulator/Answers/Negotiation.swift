/// Whether DHIS2 can write JSON of its own in answer to a request, and as what (seen on 2.41 to 2.44).
///
/// The end of the path decides before `Accept` does. Where neither admits JSON, an error cannot be written and the
/// container shows its own 500.
struct Negotiation {
    /// The type that JSON is written as; `nil` where it cannot be.
    let type: String?
    /// Whether a browser is to be kept from taking the body for what the path ends in.
    ///
    /// Spring's guard against "reflected file download".
    let isDownload: Bool

    init(_ request: SimulatedRequest) {
        let ending = Self.ending(of: request.path)
        isDownload = !ending.isEmpty && !Self.harmless.contains(ending)
        type = Self.ownFormats.contains(ending) ? nil : Self.type(acceptedBy: request.headers.values(of: "Accept"))
    }

    /// What DHIS2 registers as a format that is not plain JSON.
    private static let ownFormats: Set = ["xml", "csv", "png", "pdf", "xls", "xlsx", "geojson", "jsonp"]

    /// Endings that Spring and DHIS2 know, and that no browser runs.
    private static let harmless: Set = [
        "txt", "text", "yml", "properties", "csv", "json", "xml", "atom", "rss", "png", "jpe", "jpeg", "jpg", "gif",
        "wbmp", "bmp", "svg", "pdf", "xls", "xlsx", "geojson", "jsonp",
    ]

    /// The letters after the last dot of the last segment, in lower case.
    private static func ending(of path: String) -> String {
        let name =
            path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? path.utf8[...]
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return "" }
        return Substring(name[name.index(after: dot)...]).lowercased()
    }

    /// The most wanted range that JSON fits, the first of equals.
    private static func type(acceptedBy values: [String]) -> String? {
        guard !values.isEmpty else { return "application/json" }
        var best: (type: String, quality: Double)?
        for range in values.joined(separator: ",").split(separator: ",") {
            let essence = FieldParameters.essence(of: String(range))
            let quality = FieldParameters(of: String(range))["q"].flatMap { Double($0) } ?? 1
            guard quality > best?.quality ?? 0, let type = json(in: essence) else { continue }
            best = (type, quality)
        }
        return best?.type
    }

    /// The JSON type within a range of media types.
    private static func json(in essence: String) -> String? {
        switch essence {
        case "*/*", "application/*", "application/json": "application/json"
        case _ where essence.hasPrefix("application/") && essence.hasSuffix("+json"): essence
        default: nil
        }
    }
}

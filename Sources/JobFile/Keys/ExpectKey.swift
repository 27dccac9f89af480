/// The keys of the map form of `expect`.
enum ExpectKey: String, JobKey {
    case status, from, headers
    case contentType = "content-type"
    case body, json
    case maxDuration = "max-duration"
    case maxSize = "max-size"

    static let table = KeyTable<Self>()

    var summary: String {
        switch self {
        case .status: "A status, a class, a range or a list of them; 2xx unless given."
        case .from: "Which layer must have answered; upstream unless given."
        case .headers: "What response header fields must be like."
        case .contentType: "The media type, parameters ignored."
        case .body: "What the body's text must be like."
        case .json: "JSONPath (RFC 9535) to what the selected nodes must be like."
        case .maxDuration: "The longest time from the start of the attempt to the last byte."
        case .maxSize: "The largest body."
        }
    }

    var schema: Schema {
        switch self {
        case .status: .reference("status")
        case .from: .choice(["upstream", "dhis2", "any"])
        case .headers: .headers(.reference("text-matcher"))
        case .contentType: .pattern(#"^\s*[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+\s*(;.*)?$"#)
        case .body: .reference("text-matcher")
        case .json: .paths(.reference("matcher"))
        case .maxDuration: .reference("duration")
        case .maxSize: .reference("size")
        }
    }
}

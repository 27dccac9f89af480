import Checks

/// What the JSON report and the events say of who a suite is.
///
/// Nothing here is an error: what is not there, or is not what this program writes, tells nothing, and then nothing in
/// the report is taken for a pass of a check of today.
struct IdentityDocument: Decodable {
    var value: SuiteIdentity?

    private enum CodingKeys: CodingKey {
        case file, name, server
    }

    init(from decoder: any Decoder) {
        guard let container = try? decoder.container(keyedBy: CodingKeys.self) else { return }
        func hash(_ key: CodingKeys) -> UInt64? { (try? container.decode(HashDocument.self, forKey: key))?.value }
        guard let file = hash(.file), let name = hash(.name), let server = hash(.server) else { return }
        value = SuiteIdentity(file: file, name: name, server: server)
    }
}

/// A hash in decimal digits, or whatever else is in its place.
struct HashDocument: Decodable {
    var value: UInt64?

    init(from decoder: any Decoder) {
        guard let text = try? decoder.singleValueContainer().decode(String.self), text == "0" || !text.hasPrefix("0"),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return }
        value = UInt64(text)
    }
}

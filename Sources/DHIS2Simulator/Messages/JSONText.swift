import Text

/// A JSON document, with members in the order given.
///
/// DHIS2 writes members in an order of its own, which people see, so an encoder that sorts or shuffles them would not
/// do.
package indirect enum JSONText: Sendable {
    case null
    case bool(Bool)
    case number(Int)
    case decimal(Double)
    case string(String)
    case array([JSONText])
    case object([(String, JSONText)])

    /// The document without white space.
    package var text: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let value): bytes += String(value).utf8
        case .decimal(let value): bytes += String(value).utf8
        case .string(let value): JSONEscape.write(value, into: &bytes)
        case .array(let values):
            bytes += "[".utf8
            for (index, value) in values.enumerated() {
                if index > 0 { bytes += ",".utf8 }
                value.write(into: &bytes)
            }
            bytes += "]".utf8
        case .object(let members):
            bytes += "{".utf8
            for (index, member) in members.enumerated() {
                if index > 0 { bytes += ",".utf8 }
                JSONEscape.write(member.0, into: &bytes)
                bytes += ":".utf8
                member.1.write(into: &bytes)
            }
            bytes += "}".utf8
        }
    }
}

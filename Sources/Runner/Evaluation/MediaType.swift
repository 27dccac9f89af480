/// Media types as `Content-Type` fields hold them.
enum MediaType {
    /// The type and subtype in lower case, without parameters (RFC 9110, section 8.3.1).
    static func essence(of field: String) -> String {
        let essence = field.utf8.prefix { $0 != UInt8(ascii: ";") }
        let start = essence.firstIndex { !isBlank($0) } ?? essence.endIndex
        let end = essence.lastIndex { !isBlank($0) }.map { essence.index(after: $0) } ?? start
        return String(Substring(essence[start..<end])).lowercased()
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}

/// `java.net.URLDecoder`: form decoding that refuses a broken escape.
enum JavaURLDecoder {
    /// What the Java class throws; DHIS2 answers 400 with its message.
    struct Failure: Error, Equatable {
        let message: String
    }

    static func decode(_ text: String) throws(Failure) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "+"):
                result.append(UInt8(ascii: " "))
                index += 1
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.count else {
                    throw Failure(message: "URLDecoder: Incomplete trailing escape (%) pattern")
                }
                guard let value = QueryText.escape(in: bytes, at: index) else {
                    let digits = String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self)
                    throw Failure(
                        message: "URLDecoder: Illegal hex characters in escape (%) pattern - "
                            + "Error at index 0 in: \"\(digits)\""
                    )
                }
                result.append(value)
                index += 3
            default:
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

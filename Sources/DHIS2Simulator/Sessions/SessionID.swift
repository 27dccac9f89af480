/// The value of a `JSESSIONID` cookie: 128 random bits, written as Tomcat writes them.
struct SessionID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// A new one, unique across servers.
    static func random() -> SessionID {
        SessionID(high: .random(in: 0...(.max)), low: .random(in: 0...(.max)))
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Parses the form that ``text`` has; `nil` for anything else.
    init?(_ text: some StringProtocol) {
        let digits = text.utf8
        guard digits.count == 32, digits.allSatisfy({ $0.isDigit || (0x41...0x46).contains($0) }),
            let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// 32 hexadecimal digits with capital letters.
    var text: String { Self.digits(of: high) + Self.digits(of: low) }

    private static func digits(of number: UInt64) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension SimulatedRequest {
    /// The sessions that the request's cookies name, in the order they were sent.
    ///
    /// A browser that knows cookies of several paths sends several of one name (RFC 6265, section 5.4).
    var sessionIDs: [SessionID] {
        var found: [SessionID] = []
        for value in headers.values(of: "Cookie") {
            for pair in value.utf8.split(separator: UInt8(ascii: ";")) {
                let pair = Substring(pair.drop { $0.isBlank })
                guard pair.utf8.starts(with: "JSESSIONID=".utf8) else { continue }
                var text = pair.dropFirst("JSESSIONID=".utf8.count)
                while let last = text.utf8.last, last.isBlank { text.removeLast() }
                if let id = SessionID(text) { found.append(id) }
            }
        }
        return found
    }
}

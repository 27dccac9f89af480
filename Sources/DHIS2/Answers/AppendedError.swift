/// DHIS2's own error at the end of what it had passed on of a target's body when the target broke off.
///
/// From 2.42 on DHIS2 streams bodies. When the target breaks off, DHIS2 appends its error to the half it has sent
/// already: up to 2.43 under the target's status and cut where the announced length ends, on 2.44 under a 500 of its
/// own (seen on 2.42.5.2, 2.43.1 and a snapshot of 2.44).
struct AppendedError {
    /// What such an error begins with; less of it at the end of a body says nothing.
    private static let opening = Array(#"{"httpStatus":""#.utf8)
    private static let afterPhrase = Array(#","httpStatusCode":"#.utf8)
    private static let code = Array("500".utf8)
    private static let errorWord = Array("ERROR".utf8)
    private static let afterCode = Array(#","status":""#.utf8)
    private static let afterStatus = Array(#","message":""#.utf8)

    /// What DHIS2 says of the fault, as far as it was sent.
    let message: String?

    /// Looks for an error after other bytes.
    ///
    /// - Returns: `nil` where the body does not end with one, or is nothing but one: that is DHIS2's whole answer.
    init?(in exchange: HTTPExchange) {
        let end = exchange.end
        guard let start = Self.lastOpening(in: end),
            exchange.bodySize > end.count || Self.holdsSomething(end[..<start])
        else { return nil }
        var scanner = Scanner(rest: end[start...].dropFirst(Self.opening.count))
        guard scanner.isError() else { return nil }
        message = scanner.message
    }

    /// Whether there is more than blanks and a byte order mark.
    private static func holdsSomething(_ bytes: ArraySlice<UInt8>) -> Bool {
        let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        return rest.contains { $0 > 0x20 }
    }

    /// How far back the opening can begin from a place whose byte it has at some distance from its beginning, or has not
    /// at all (the mirror of Horspool's search).
    private static let steps: [UInt8] = {
        var steps = [UInt8](repeating: UInt8(opening.count), count: 256)
        for (distance, byte) in opening.enumerated().dropFirst().reversed() { steps[Int(byte)] = UInt8(distance) }
        return steps
    }()

    /// Where an error that is the last thing in the body can begin.
    ///
    /// Every good answer is looked through, so most bytes are passed over.
    private static func lastOpening(in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= opening.count else { return nil }
        let found = bytes.withUnsafeBufferPointer { bytes -> Int? in
            steps.withUnsafeBufferPointer { steps in
                var start = bytes.count - opening.count
                while start >= 0 {
                    let byte = bytes[start]
                    if byte == 0x7B, bytes[start...].starts(with: opening) { return start }
                    start -= Int(steps[Int(byte)])
                }
                return nil
            }
        }
        return found.map { bytes.startIndex + $0 }
    }

    /// Reads the error after its opening; what ends before the error does is taken for one as far as it goes.
    private struct Scanner {
        var rest: ArraySlice<UInt8>
        var message: String?

        /// Whether the bytes are an error to their end, whole or cut.
        mutating func isError() -> Bool {
            guard let phrase = string() else { return rest.isEmpty }
            guard !phrase.isEmpty, take(AppendedError.afterPhrase) else { return false }
            // DHIS2 itself has nothing else to say here.
            guard take(AppendedError.code), take(AppendedError.afterCode) else { return false }
            let status = rest
            guard let word = string() else {
                return rest.isEmpty && AppendedError.errorWord.starts(with: status)
            }
            guard word.elementsEqual(AppendedError.errorWord) else { return false }
            if rest.starts(with: AppendedError.afterStatus) {
                rest = rest.dropFirst(AppendedError.afterStatus.count)
                let text = rest
                message = string().map(Self.unescaped) ?? Self.unescaped(text)
            }
            return endsWithTheObject()
        }

        /// Takes bytes that are due, or as many of them as are there before the end.
        private mutating func take(_ due: [UInt8]) -> Bool {
            let count = min(due.count, rest.count)
            guard rest.prefix(count).elementsEqual(due.prefix(count)) else { return false }
            rest = rest.dropFirst(count)
            return true
        }

        /// The bytes up to a quote that ends a text, which is taken too; `nil` if the text does not end.
        private mutating func string() -> ArraySlice<UInt8>? {
            let text = rest
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
                if byte == UInt8(ascii: "\"") { return text[..<(rest.startIndex - 1)] }
            }
            return nil
        }

        /// Whether the object that is open ends where the bytes do, or not before.
        private mutating func endsWithTheObject() -> Bool {
            var depth = 1
            while let byte = rest.popFirst() {
                switch byte {
                case UInt8(ascii: "\""): if string() == nil { return true }
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
                if depth == 0 { return rest.isEmpty }
            }
            return true
        }

        private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
            String(decoding: bytes, as: UTF8.self).replacing(#"\""#, with: "\"").replacing(#"\\"#, with: #"\"#)
        }
    }
}

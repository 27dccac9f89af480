import DHIS2
import Testing

/// An answer to `/api/system/info` beside what it means.
struct PreflightRow: Sendable, CustomTestStringConvertible {
    var name: String
    var exchange: HTTPExchange
    var base = "https://dhis.example.org/dhis"
    var usesToken = true
    var layer: ResponseOrigin.Layer
    var reason: ResponseOrigin.Reason
    var mayPass = false
    var message: String

    var testDescription: String { name }

    static let all = tokenRows + passwordRows + wayRows + serverRows

    func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }
}

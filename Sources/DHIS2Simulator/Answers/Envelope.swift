/// DHIS2's JSON for everything that is not an object: its WebMessage.
struct Envelope: Equatable {
    var status: Int
    /// Absent where Java's exception has none.
    var message: String?
    /// Absent on 401, 405, 500, 502, 503 and on complaints about an address.
    var errorCode: String?
    /// The Java class of the exception, which is named where the envelope cannot be written.
    var exception: String

    init(
        _ status: Int,
        _ message: String?,
        errorCode: String? = nil,
        exception: String = "java.lang.IllegalArgumentException"
    ) {
        self.status = status
        self.message = message
        self.errorCode = errorCode
        self.exception = exception
    }

    var json: JSONText {
        var members: [(String, JSONText)] = [
            ("httpStatus", .string(Self.phrase(for: status))),
            ("httpStatusCode", .number(status)),
            ("status", .string(status < 400 ? "OK" : "ERROR")),
        ]
        if let message { members.append(("message", .string(message))) }
        if let errorCode { members.append(("errorCode", .string(errorCode))) }
        return .object(members)
    }

    static func badRequest(_ message: String) -> Envelope {
        feedback(400, message, errorCode: "E1003", "BadRequestException")
    }

    static func forbidden(_ message: String) -> Envelope {
        feedback(403, message, errorCode: "E1006", "ForbiddenException")
    }

    static func notFound(_ message: String) -> Envelope {
        feedback(404, message, errorCode: "E1005", "NotFoundException")
    }

    static func badGateway(_ message: String) -> Envelope {
        feedback(502, message, errorCode: nil, "BadGatewayException")
    }

    private static func feedback(_ status: Int, _ message: String, errorCode: String?, _ name: String) -> Envelope {
        Envelope(status, message, errorCode: errorCode, exception: "org.hisp.dhis.feedback." + name)
    }

    /// Spring's phrases, as `httpStatus` has them.
    static func phrase(for status: Int) -> String {
        switch status {
        case 200: "OK"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 413: "Payload Too Large"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Status \(status)"
        }
    }
}

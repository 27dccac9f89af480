public import Checks
import DHIS2
import HTTPVocabulary

/// The request that a check would send, as far as it is known without asking the server.
public struct RequestPreview: Sendable, Hashable {
    /// The request line; the route stands in it by its code, in braces, because its uid is not known yet.
    public var request: String
    /// The header fields of the check, as `Name: value`; those of the client are not among them.
    public var headers: [String]
    /// The size of the body in bytes, if there is one.
    public var bodySize: Int?
    /// Why the request could not be sent as it is, if so.
    public var problem: String?

    /// Previews the request of a check against a server.
    public init(of check: Check, to server: ServerSettings) {
        let version = server.version.flatMap(ServerVersion.init)
        let base = "\(check.method.rawValue) \(server.url)/api/routes/{\(check.route)}/run"
        headers = check.headerFieldsWithContentType.map { "\($0.name): \($0.value)" }
        bodySize = check.body?.bytes.count
        do throws(RequestEncodingError) {
            let path = try SubPathEncoder.encode(check.path, for: version)
            let query = try QueryEncoder.encode(check.queryParameters, for: version)
            request = base + (path.isEmpty ? "" : "/\(path)") + (query.isEmpty ? "" : "?\(query)")
        } catch {
            request = base
            problem = error.message
        }
    }
}

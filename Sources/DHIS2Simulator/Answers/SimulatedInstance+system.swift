extension SimulatedInstance {
    /// `GET /api/me`; `fields` narrows it as for routes.
    func describeUser(_ request: SimulatedRequest, _ user: SimulatedUser) -> SimulatedReply {
        let all: [(String, JSONText)] = [
            ("id", .string(Self.uid(for: user.username))),
            ("username", .string(user.username)),
            ("displayName", .string(user.username)),
            ("authorities", .array(user.authorities.map(JSONText.string))),
        ]
        let parameters = QueryText.parameters(of: request.rawQuery ?? "")
        guard let fields = parameters.last(where: { $0.name == "fields" })?.value else { return json(.object(all)) }
        let selection = FieldSelection(fields)
        return json(.object(all.filter { selection.contains($0.0) }))
    }

    /// `GET /api/system/info`; what could help an attacker is for superusers.
    func describeSystem(_ request: SimulatedRequest, _ user: SimulatedUser) -> SimulatedReply {
        var members: [(String, JSONText)] = [
            ("contextPath", .string(baseURL(request))),
            ("userAgent", .string(request.headers["User-Agent"] ?? "")),
            ("calendar", .string("iso8601")),
            ("dateFormat", .string("yyyy-mm-dd")),
            ("serverDate", .string("2026-01-01T12:00:00.000")),
            ("serverTimeZoneId", .string("Etc/UTC")),
            ("version", .string(configuration.version)),
            ("revision", .string("0000000")),
            ("buildTime", .string("2026-01-01T00:00:00.000")),
            ("systemName", .string("DHIS 2 look-alike")),
        ]
        if user.isSuperuser {
            members.append(("javaVersion", .string("17.0.15")))
            members.append(("osName", .string("Linux")))
        }
        return json(.object(members))
    }

    /// An eleven-character uid made from a name, always the same for the same name.
    private static func uid(for name: String) -> String {
        let checksum = CRC32.checksum(of: name.utf8)
        let digits = String(checksum, radix: 36)
        return "U" + String(repeating: "0", count: 10 - digits.count) + digits
    }
}

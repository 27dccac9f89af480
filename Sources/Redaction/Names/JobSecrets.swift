internal import Checks
internal import FoundationEssentials
internal import HTTPVocabulary
internal import JSONDocument
internal import LinearRegex

/// What jobs say themselves of what is to be hidden: their servers' credentials, what `redact` names, the values that
/// their checks send under sensitive names, and those that a pattern finds.
///
/// A name or a pattern hides a value where it stands as it was sent. As a secret, it is hidden wherever it turns up, in
/// any encoding.
struct JobSecrets {
    /// The secrets themselves.
    private(set) var values: Set<String> = []
    /// The names whose values are secret.
    let names: [String]
    /// What finds secrets.
    private(set) var patterns: [RegexPattern] = []
    /// Bodies that many checks share are looked at once.
    private var lastBody: [UInt8] = []

    /// Collects the secrets of jobs.
    init(of jobs: [Job]) {
        names = Self.names(of: jobs)
        for job in jobs {
            let names = SensitiveNames(of: job.server)
            let patterns = addSettings(job.server)
            for field in job.server.headerFields { add(field, names, patterns) }
            for place in job.checks.indices {
                // Most jobs have thousands of checks with nothing to look at, and checks are costly to copy.
                guard !patterns.isEmpty || job.checks[place].mayHoldSecrets else { continue }
                let check = job.checks[place]
                for parameter in check.parameters {
                    if names.contains(parameter.name) { add(parameter.value) }
                    add(parameter.value, where: patterns)
                }
                for field in check.headerFields { add(field, names, patterns) }
                if !patterns.isEmpty {
                    for text in [check.name, check.route, check.path] { add(text, where: patterns) }
                }
                if let body = check.body, body.bytes != lastBody { add(body, names, patterns) }
            }
        }
    }

    /// The names that the jobs' `redact` holds.
    static func names(of jobs: [Job]) -> [String] {
        jobs.flatMap(\.server.redactions).compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// Adds what a server's settings keep secret; returns their patterns.
    private mutating func addSettings(_ server: ServerSettings) -> [RegexPattern] {
        switch server.credentials {
        case .token(let token): values.insert(token)
        case .basic(_, let password): values.insert(password)
        case nil: break
        }
        var patterns: [RegexPattern] = []
        for redaction in server.redactions {
            switch redaction {
            case .name: break
            case .pattern(let pattern): patterns.append(pattern)
            case .text(let text): values.insert(text)
            }
        }
        self.patterns += patterns
        return patterns
    }

    private mutating func add(_ value: String) {
        // A word of JSON is no secret, and would tear the reports apart.
        if !["true", "false", "null"].contains(value) { values.insert(value) }
    }

    /// Adds a part of a value, unless it is too short to be looked for, which is nobody's mistake.
    private mutating func add(part: some StringProtocol) {
        if part.unicodeScalars.count >= SecretPattern.minimumLength { add(String(part)) }
    }

    private mutating func add(_ text: String, where patterns: [RegexPattern]) {
        for pattern in patterns {
            let bytes = Array(text.utf8)
            for range in pattern.matches(in: text) { add(part: String(decoding: bytes[range], as: UTF8.self)) }
        }
    }

    private mutating func add(_ field: HTTPField, _ names: SensitiveNames, _ patterns: [RegexPattern]) {
        add(field.value, where: patterns)
        guard names.contains(field.name.spelling) else { return }
        add(field.value)
        if field.name == .cookie {
            for pair in field.value.split(separator: ";") {
                guard let equals = pair.firstIndex(of: "=") else { continue }
                add(part: pair[pair.index(after: equals)...].filter { $0 != " " && $0 != "\"" })
            }
        } else if let blank = field.value.firstIndex(of: " ") {
            let rest = field.value[field.value.index(after: blank)...].drop { $0 == " " }
            add(part: rest)
            if field.value[..<blank].lowercased() == "basic" { add(basic: String(rest)) }
        }
    }

    /// Adds the credentials of RFC 7617, and the password in them.
    private mutating func add(basic encoded: String) {
        guard let data = Data(base64Encoded: encoded) else { return }
        let credentials = String(decoding: data, as: UTF8.self)
        add(part: credentials)
        if let colon = credentials.firstIndex(of: ":") { add(part: credentials[credentials.index(after: colon)...]) }
    }
}

extension JobSecrets {
    private mutating func add(_ body: RequestBody, _ names: SensitiveNames, _ patterns: [RegexPattern]) {
        lastBody = body.bytes
        let text = String(decoding: body.bytes, as: UTF8.self)
        add(text, where: patterns)
        let named = names.values(in: text)
        guard !named.isEmpty else { return }
        do throws(JSONError) {
            add(try JSONValue(parsing: body.bytes), names, isSensitive: false)
        } catch {
            // No JSON: a form, or whatever else has names and values.
            for value in named {
                add(part: value)
                add(part: Self.formDecoded(value))
            }
        }
    }

    /// Adds all that stands under a sensitive name, however deep.
    private mutating func add(_ value: JSONValue, _ names: SensitiveNames, isSensitive: Bool) {
        switch value {
        case .object(let members):
            for member in members {
                add(member.value, names, isSensitive: isSensitive || names.contains(member.name))
            }
        case .array(let elements):
            for element in elements { add(element, names, isSensitive: isSensitive) }
        case .string(let text): if isSensitive { add(part: text) }
        case .number(let number): if isSensitive { add(part: number.literal) }
        case .boolean, .null: break
        }
    }

    /// The text that a form writes with plus signs and percent-encoding.
    private static func formDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(Substring(digits), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Check {
    /// Whether a part of the request can hold a secret that is known by its name.
    fileprivate var mayHoldSecrets: Bool { !parameters.isEmpty || !headerFields.isEmpty || body != nil }
}

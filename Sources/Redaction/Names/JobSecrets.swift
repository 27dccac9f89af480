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
    /// What is a secret unless it is short: known by a name with a word for a credential in it.
    private(set) var longValues: Set<String> = []
    /// Short values of variables, by the names of header fields and parameters under which checks send them.
    private(set) var ownValues: Set<NamedSecret> = []
    /// The names whose values are secret.
    let names: [String]
    /// What finds secrets.
    private(set) var patterns: [RegexPattern] = []
    /// Bodies that many checks share are looked at once.
    private var lastBody: [UInt8] = []

    /// Collects the secrets of jobs, and those of the proxies that the environment names for them.
    init(of jobs: [Job]) {
        names = Self.names(of: jobs)
        if jobs.contains(where: { $0.server.proxy == nil }) { values.formUnion(ProxySecrets.ofEnvironment) }
        for job in jobs {
            let search = Search(job, addSettings(job.server))
            longValues.formUnion(job.outsideSecrets)
            for field in job.server.headerFields { add(field, by: search) }
            for place in job.checks.indices {
                // Most jobs have thousands of checks with nothing to look at, and checks are costly to copy.
                guard !search.patterns.isEmpty || job.checks[place].mayHoldSecrets else { continue }
                let check = job.checks[place]
                for parameter in check.parameters {
                    if search.names.contains(parameter.name, in: .parameter) {
                        add(parameter.value, of: parameter.name, search)
                    }
                    addOwn(parameter.value, of: parameter.name, search)
                    add(parameter.value, by: search)
                    add(namedIn: parameter.value, search)
                }
                add(namedIn: check.path, search)
                for field in check.headerFields {
                    add(field, by: search)
                    add(namedIn: field.value, search)
                }
                if !search.patterns.isEmpty {
                    for text in [check.name, check.route, check.path] { add(text, by: search) }
                }
                if let body = check.body, body.bytes != lastBody { add(body, by: search) }
            }
        }
    }

    /// How a job's secrets are known.
    private struct Search {
        let names: SensitiveNames
        let patterns: [RegexPattern]
        /// Values of variables that are too short to be looked for everywhere.
        let shortVariables: Set<String>

        init(_ job: Job, _ patterns: [RegexPattern]) {
            names = SensitiveNames(of: job.server)
            self.patterns = patterns
            shortVariables = job.outsideSecrets.filter { $0.unicodeScalars.count < Redactor.leastWordLength }
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
        if let proxy = server.proxy { values.formUnion(ProxySecrets.secrets(of: proxy)) }
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

    /// Adds what stands under a sensitive name.
    ///
    /// A name such as `key` or `session` may have a word of data behind it, which is hidden there and nowhere else.
    private mutating func add(_ value: String, of name: String, _ search: Search) {
        let isKnown = search.names.isKnown(name)
        guard isKnown || OutsideSecret.isOne(value, under: name) && !OutsideSecret.isAddress(value, under: name) else {
            return
        }
        add(value, isCertain: isKnown)
    }

    private mutating func add(_ value: String, isCertain: Bool) {
        // A word of JSON is no secret, and would tear the reports apart.
        guard !["true", "false", "null"].contains(value) else { return }
        if isCertain { values.insert(value) } else { longValues.insert(value) }
    }

    /// Adds a part of a value, unless it is too short to be looked for, which is nobody's mistake.
    private mutating func add(part: some StringProtocol, isCertain: Bool = true) {
        if part.unicodeScalars.count >= SecretPattern.minimumLength { add(String(part), isCertain: isCertain) }
    }

    /// Adds a short value of a variable under the name that it is sent as.
    private mutating func addOwn(_ value: String, of name: String, _ search: Search) {
        if search.shortVariables.contains(value) { ownValues.insert(NamedSecret(name: name, value: value)) }
    }

    /// Adds what patterns and shapes find in a text.
    private mutating func add(_ text: String, by search: Search) {
        for secret in CredentialShapes.credentials(in: text) { add(part: secret) }
        for pattern in search.patterns {
            let bytes = Array(text.utf8)
            for range in pattern.matches(in: text) { add(part: String(decoding: bytes[range], as: UTF8.self)) }
        }
    }

    private mutating func add(_ field: HTTPField, by search: Search) {
        add(field.value, by: search)
        let name = field.name.spelling
        addOwn(field.value, of: name, search)
        guard search.names.contains(name, in: .field) else { return }
        add(field.value, of: name, search)
        let isCertain = search.names.isKnown(name)
        if field.name == .cookie {
            for pair in field.value.split(separator: ";") {
                guard let equals = pair.firstIndex(of: "=") else { continue }
                add(part: pair[pair.index(after: equals)...].filter { $0 != " " && $0 != "\"" })
            }
        } else if let blank = field.value.firstIndex(of: " ") {
            let rest = field.value[field.value.index(after: blank)...].drop { $0 == " " }
            add(part: rest, isCertain: isCertain)
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
    /// Adds what stands behind names within a value: in the query of a URL, in JSON, in the settings of a connection.
    private mutating func add(namedIn text: String, _ search: Search) {
        guard text.utf8.contains(where: { "={%".utf8.contains($0) }) else { return }
        if text.utf8.first(where: { $0 > 0x20 }).map({ "{[".utf8.contains($0) }) == true,
            let value = try? JSONValue(parsing: Array(text.utf8))
        {
            return add(value, search, Naming())
        }
        for layer in [text] + DecodedText.layers(of: text) {
            for (name, value, isCertain) in search.names.valuesOfParameters(in: layer)
            where !OutsideSecret.isAddress(value, under: name) {
                add(encoded: value, isCertain: isCertain)
            }
        }
    }

    /// Adds a value as it is written and without the percent-encoding of forms.
    private mutating func add(encoded value: String, isCertain: Bool) {
        add(part: value, isCertain: isCertain)
        let decoded = String(decoding: PercentEncoding.decoded(value, plusIsSpace: true), as: UTF8.self)
        add(part: decoded, isCertain: isCertain)
    }

    private mutating func add(_ body: RequestBody, by search: Search) {
        lastBody = body.bytes
        let text = String(decoding: body.bytes, as: UTF8.self)
        add(text, by: search)
        let named = ([text] + DecodedText.layers(of: text)).flatMap(search.names.values)
        guard !named.isEmpty else { return }
        do throws(JSONError) {
            add(try JSONValue(parsing: body.bytes), search, Naming())
        } catch {
            // No JSON: a form, or whatever else has names and values.
            for (value, isCertain) in named {
                add(encoded: value, isCertain: isCertain)
            }
        }
    }

    /// What the names above a value in JSON say of it.
    private struct Naming {
        /// Whether one of them is that of a credential.
        var isSensitive = false
        /// Whether one leaves no doubt, so that the value is looked for wherever it may be.
        var isCertain = false
        /// Whether one is known whole, so that the value is a secret however short it is.
        var isKnown = false

        func below(_ name: String, _ names: SensitiveNames) -> Self {
            guard names.contains(name, in: .member) else { return self }
            return Self(
                isSensitive: true,
                isCertain: isCertain || CredentialName.isCertain(name),
                isKnown: isKnown || names.isKnown(name)
            )
        }
    }

    /// Adds all that stands under a sensitive name, however deep.
    private mutating func add(_ value: JSONValue, _ search: Search, _ naming: Naming) {
        switch value {
        case .object(let members):
            for member in members { add(member.value, search, naming.below(member.name, search.names)) }
        case .array(let elements):
            for element in elements { add(element, search, naming) }
        case .string(let text): add(text, naming)
        case .number(let number): add(number.literal, naming)
        case .boolean, .null: break
        }
    }

    private mutating func add(_ text: String, _ naming: Naming) {
        guard naming.isSensitive, naming.isKnown || naming.isCertain || OutsideSecret.looksLikeOne(text) else { return }
        add(part: text, isCertain: naming.isKnown)
    }
}

extension Check {
    /// Whether a part of the request can hold a secret that is known by its name.
    fileprivate var mayHoldSecrets: Bool {
        !parameters.isEmpty || !headerFields.isEmpty || body != nil || path.utf8.contains(UInt8(ascii: "="))
    }
}

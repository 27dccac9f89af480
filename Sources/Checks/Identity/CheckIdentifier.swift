import HTTPVocabulary

/// Tells the checks of one job apart, and what they ask.
///
/// The bytes that are hashed, and so their order, are part of the JSON report: reports of two releases are compared by
/// them.
package struct CheckIdentifier {
    let mask: any SecretMask
    /// What all checks of the job ask alike.
    private let common: UInt64
    /// Stands for the job file's bytes.
    private let file: UInt64
    /// The last body that many checks may share, and its hash.
    private var lastBody: (bytes: [UInt8], hash: UInt64)?

    /// Looks at what all checks of a job have in common.
    package init(_ job: borrowing Job, by mask: any SecretMask) {
        self.mask = mask
        file = job.fingerprint
        var hash = FNV1a()
        Self.add(job.server.headerFields, replacing: [], by: mask, to: &hash)
        if let credentials = job.server.credentials { hash.add(counted: mask.masked(credentials.description)) }
        common = hash.value
    }

    /// The identities of the job's checks.
    ///
    /// Here and below a check is a place in a list of them and is read field by field, as checks are costly to copy.
    package mutating func identities(of checks: [Check]) -> [CheckIdentity] {
        var identities: [CheckIdentity] = []
        identities.reserveCapacity(checks.count)
        for place in checks.indices { identities.append(identity(of: checks, at: place)) }
        return identities
    }

    /// The identity of one of the job's checks.
    private mutating func identity(of checks: [Check], at place: Int) -> CheckIdentity {
        let origin = checks[place].origin
        let secrets = origin.map(secrets) ?? []
        return CheckIdentity(
            name: name(of: checks, at: place, origin, secrets),
            fingerprint: fingerprint(of: checks, at: place, origin, secrets)
        )
    }

    /// A variable that holds a secret, and what is hashed in place of its value.
    struct Secret {
        var reference: CheckReference
        var replacement: String
    }

    /// The variables of a check that hold secrets; the longest value first, so that none hides a part of another.
    private func secrets(of origin: CheckOrigin) -> [Secret] {
        var secrets: [Secret] = []
        let references = origin.references.filter { !$0.value.isEmpty && mask.holdsSecret($0.value) }
        // The shortest first: a variable that was made from another one and from other text is told by both.
        for reference in references.sorted(by: { $0.value.utf8.count < $1.value.utf8.count }) {
            let rest = mask.masked(Self.text(reference.value, reference.part, secrets))
            secrets.insert(Secret(reference: reference, replacement: "${\(reference.name):\(rest)}"), at: 0)
        }
        return secrets
    }

    // MARK: Who it is

    private func name(
        of checks: [Check],
        at place: Int,
        _ origin: CheckOrigin?,
        _ secrets: [Secret]
    ) -> UInt64 {
        var hash = FNV1a()
        guard let origin else {
            hash.add(counted: checks[place].name)
            return hash.value
        }
        let rowHoldsSecret = origin.row.contains { mask.holdsSecret($0.label) }
        if origin.hasDerivedName, rowHoldsSecret || !secrets.isEmpty {
            // The name has the secrets in it; what it was made of tells where they are.
            hash.add(counted: text(checks[place].method.rawValue, .method, secrets))
            hash.add(counted: text(checks[place].route, .route, secrets))
            hash.add(counted: text(checks[place].path, .path, secrets))
        } else {
            hash.add(counted: text(origin.stem ?? checks[place].name, .name, secrets))
        }
        // A name that the job file gives is unique in it, unless all that sets it apart is secret.
        guard origin.hasDerivedName || rowHoldsSecret else { return hash.value }
        for value in origin.row {
            hash.add(counted: value.name)
            add(value, to: &hash)
        }
        return hash.value
    }

    /// Adds a value of a row: as it is, or if it is secret by what it came from, or by its number.
    private func add(_ value: RowValue, to hash: inout FNV1a) {
        guard mask.holdsSecret(value.label) else { return hash.add(counted: value.label) }
        hash.add(word: value.sources.isEmpty ? UInt64(value.number) : .max)
        for source in value.sources { hash.add(counted: source) }
    }

    // MARK: What it asks

    private mutating func fingerprint(
        of checks: [Check],
        at place: Int,
        _ origin: CheckOrigin?,
        _ secrets: [Secret]
    ) -> UInt64 {
        var hash = FNV1a()
        hash.add(word: common)
        if secrets.isEmpty {
            hash.add(counted: checks[place].method.rawValue)
            hash.add(counted: checks[place].route)
            hash.add(counted: checks[place].path)
        } else {
            hash.add(counted: text(checks[place].method.rawValue, .method, secrets))
            hash.add(counted: text(checks[place].route, .route, secrets))
            hash.add(counted: text(checks[place].path, .path, secrets))
        }
        hash.add(word: UInt64(checks[place].parameters.count))
        for parameter in checks[place].parameters {
            hash.add(counted: text(parameter.name, .parameters, secrets))
            if mask.hidesValue(of: parameter.name) {
                addHidden(.parameters, secrets, to: &hash)
            } else {
                hash.add(counted: mask.masked(text(parameter.value, .parameters, secrets)))
            }
        }
        Self.add(checks[place].headerFields, replacing: secrets, by: mask, to: &hash)
        if let body = checks[place].body { add(body, secrets, to: &hash) }
        add(expectationOf: checks, at: place, secrets, to: &hash)
        // Which row is which cannot be told of secrets that are written out in rows: any change of the file may have
        // exchanged them.
        if let origin, origin.row.contains(where: { $0.sources.isEmpty && mask.holdsSecret($0.label) }) {
            hash.add(word: file)
        }
        return hash.value
    }

    /// A text of a check with the variables' names in place of their secret values.
    func text(_ text: String, _ part: CheckReference.Part, _ secrets: [Secret]) -> String {
        secrets.isEmpty ? text : Self.text(text, part, secrets)
    }

    private static func text(_ text: String, _ part: CheckReference.Part, _ secrets: [Secret]) -> String {
        var text = text
        for secret in secrets where secret.reference.part == part {
            text = text.replacing(secret.reference.value, with: secret.replacement)
        }
        return text
    }

    /// Adds what is known of a value that is hidden because of its place: the variables that it may have come from.
    func addHidden(_ part: CheckReference.Part, _ secrets: [Secret], to hash: inout FNV1a) {
        for secret in secrets where secret.reference.part == part { hash.add(counted: secret.reference.name) }
    }

    private static func add(
        _ fields: HTTPFields,
        replacing secrets: [Secret],
        by mask: any SecretMask,
        to hash: inout FNV1a
    ) {
        hash.add(word: UInt64(fields.count))
        guard !fields.isEmpty else { return }
        for field in fields {
            hash.add(counted: field.name.spelling.lowercased())
            guard !mask.hidesValue(of: field.name.spelling) else {
                for secret in secrets.map(\.reference)
                where secret.part == .headers && field.value.contains(secret.value) {
                    hash.add(counted: secret.name)
                }
                continue
            }
            hash.add(counted: mask.masked(text(field.value, .headers, secrets)))
        }
    }

    private mutating func add(_ body: RequestBody, _ secrets: [Secret], to hash: inout FNV1a) {
        hash.add(counted: body.contentType.field.value)
        if secrets.isEmpty, let lastBody, lastBody.bytes == body.bytes { return hash.add(word: lastBody.hash) }
        var own = FNV1a()
        if let text = String(validating: body.bytes, as: UTF8.self) {
            own.add(counted: mask.masked(Self.text(Self.text(text, .body, secrets), .bodyFile, secrets)))
        } else {
            own.add(largeText: body.bytes)
        }
        if secrets.isEmpty { lastBody = (body.bytes, own.value) }
        hash.add(word: own.value)
    }
}

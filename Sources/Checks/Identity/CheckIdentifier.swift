import HTTPVocabulary

/// Tells the checks of one job apart, and what they ask.
///
/// The bytes that are hashed, and so their order, are part of the JSON report: reports of two releases are compared by
/// them.
package struct CheckIdentifier {
    let mask: any SecretMask
    /// What all checks of the job ask alike.
    private let common: Question
    /// Stands for the job file's bytes.
    private let file: UInt64
    /// The last body that many checks may share, and its hash.
    private var lastBody: (bytes: [UInt8], question: Question)?

    /// Looks at what all checks of a job have in common.
    package init(_ job: borrowing Job, by mask: any SecretMask) {
        self.mask = mask
        file = job.fingerprint
        var question = Question()
        Self.add(job.server.headerFields, replacing: [], by: mask, to: &question)
        if let credentials = job.server.credentials { question.hash.add(counted: mask.masked(credentials.description)) }
        common = question
    }

    /// What is known of a question: the hash of all that may be hashed, and whether there was more.
    ///
    /// Neither a secret that is written out nor what the job file wants hidden may be hashed: whoever has the hash could
    /// try values until one fits. So nobody can tell whether these have changed, and any change of the job file counts
    /// as one of theirs.
    struct Question {
        var hash = FNV1a()
        var hasHiddenText = false

        /// Adds a text without what must not be known of it.
        mutating func add(_ text: String, by mask: any SecretMask) {
            let masked = mask.masked(text)
            if masked != text { hasHiddenText = true }
            hash.add(counted: masked)
        }
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
            hash.add(counted: mask.masked(words: checks[place].name))
            return hash.value
        }
        let rowHoldsSecret = origin.row.contains { mask.holdsSecret($0.label) }
        if origin.hasDerivedName, rowHoldsSecret || !secrets.isEmpty {
            // The name has the secrets in it; what it was made of tells where they are.
            hash.add(counted: mask.masked(words: text(checks[place].method.rawValue, .method, secrets)))
            hash.add(counted: mask.masked(words: text(checks[place].route, .route, secrets)))
            hash.add(counted: mask.masked(words: text(checks[place].path, .path, secrets)))
        } else {
            hash.add(counted: mask.masked(words: text(origin.stem ?? checks[place].name, .name, secrets)))
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
        guard mask.holdsSecret(value.label) else { return hash.add(counted: mask.masked(words: value.label)) }
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
        var question = common
        question.add(text(checks[place].method.rawValue, .method, secrets), by: mask)
        question.add(text(checks[place].route, .route, secrets), by: mask)
        question.add(text(checks[place].path, .path, secrets), by: mask)
        question.hash.add(word: UInt64(checks[place].parameters.count))
        for parameter in checks[place].parameters {
            question.add(text(parameter.name, .parameters, secrets), by: mask)
            if mask.hidesValue(of: parameter.name) {
                Self.addHidden(parameter.value, .parameters, secrets, to: &question)
            } else {
                question.add(text(parameter.value, .parameters, secrets), by: mask)
            }
        }
        Self.add(checks[place].headerFields, replacing: secrets, by: mask, to: &question)
        if let body = checks[place].body { add(body, secrets, to: &question) }
        add(expectationOf: checks, at: place, secrets, to: &question)
        // Which row is which cannot be told of secrets that are written out in rows.
        if let origin, origin.row.contains(where: { $0.sources.isEmpty && mask.holdsSecret($0.label) }) {
            question.hasHiddenText = true
        }
        if question.hasHiddenText { question.hash.add(word: file) }
        return question.hash.value
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

    /// Adds what may be known of a value that is hidden because of its place: the variables that it came from.
    static func addHidden(
        _ value: String,
        _ part: CheckReference.Part,
        _ secrets: [Secret],
        to question: inout Question
    ) {
        var rest = value
        var names: [String] = []
        for secret in secrets.map(\.reference) where secret.part == part && rest.contains(secret.value) {
            names.append(secret.name)
            rest = rest.replacing(secret.value, with: "")
        }
        question.hash.add(word: UInt64(names.count))
        for name in names.sorted() { question.hash.add(counted: name) }
        if !rest.isEmpty { question.hasHiddenText = true }
    }

    private static func add(
        _ fields: HTTPFields,
        replacing secrets: [Secret],
        by mask: any SecretMask,
        to question: inout Question
    ) {
        question.hash.add(word: UInt64(fields.count))
        guard !fields.isEmpty else { return }
        for field in fields {
            question.hash.add(counted: field.name.spelling.lowercased())
            if mask.hidesValue(of: field.name.spelling) {
                addHidden(field.value, .headers, secrets, to: &question)
            } else {
                question.add(text(field.value, .headers, secrets), by: mask)
            }
        }
    }

    private mutating func add(_ body: RequestBody, _ secrets: [Secret], to question: inout Question) {
        question.hash.add(counted: body.contentType.field.value)
        var own = Question()
        if secrets.isEmpty, let lastBody, lastBody.bytes == body.bytes {
            own = lastBody.question
        } else if let text = String(validating: body.bytes, as: UTF8.self) {
            own.add(Self.text(Self.text(text, .body, secrets), .bodyFile, secrets), by: mask)
        } else {
            // Of bytes that are no text the letters of ASCII can still be read, and so can a secret among them.
            let shown = String(decoding: body.bytes, as: UTF8.self)
            let masked = mask.masked(shown)
            own.hasHiddenText = masked != shown
            own.hash.add(largeText: own.hasHiddenText ? Array(masked.utf8) : body.bytes)
        }
        if secrets.isEmpty { lastBody = (body.bytes, own) }
        question.hash.add(word: own.hash.value)
        if own.hasHiddenText { question.hasHiddenText = true }
    }
}

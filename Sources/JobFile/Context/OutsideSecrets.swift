internal import Checks

/// Takes down what comes into a job as a secret from outside its file, so that it can be hidden wherever it turns up: the
/// values of variables that are named after credentials, such as `CF_SECRET`, and what files of secrets hold.
struct OutsideSecrets {
    /// The values, each once.
    private(set) var values: Set<String> = []
    /// What is known of names; rows ask for the same few ones over and over.
    private var isCredential: [String: Bool] = [:]

    /// Takes down what a variable stands for; of a list or a map, each part is read by itself.
    mutating func add(_ value: Resolved, of name: String) {
        guard let text = value.text else { return }
        let isWritten = if case .node = value { true } else { false }
        add(text, of: name, isWritten: isWritten)
    }

    /// Takes down what a file of a secret holds: its last word, in front of which somebody may have put what it is.
    mutating func add(contentOf file: String) {
        let words = file.split { $0.isWhitespace || $0 == "=" || $0 == "\"" || $0 == "'" }
        if let last = words.last { values.insert(String(last)) }
    }

    /// Takes down the lines of a private key in PEM form: whoever has some of them has no key, but too much of one.
    mutating func add(linesOf key: String) {
        for line in key.split(whereSeparator: \.isNewline) where !line.contains("-----") {
            values.insert(line.filter { !$0.isWhitespace })
        }
    }

    /// Takes down what a variable stands for.
    ///
    /// - Parameter isWritten: Whether the job file itself has the value. Unless its name leaves no doubt, it is hidden
    ///   only if it looks like a credential: a row may have a `key` of data.
    mutating func add(_ text: String, of name: String, isWritten: Bool = false) {
        guard !text.isEmpty else { return }
        let isCredential =
            self.isCredential[name]
            ?? {
                let matches = CredentialName.matches(name, in: .variable)
                self.isCredential[name] = matches
                return matches
            }()
        guard isCredential, !isWritten || OutsideSecret.isOne(text, under: name),
            !OutsideSecret.isAddress(text, under: name)
        else { return }
        values.insert(text)
    }
}

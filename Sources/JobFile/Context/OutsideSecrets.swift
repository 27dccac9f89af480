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
        if let text = value.text { add(text, of: name) }
    }

    /// Takes down what a file of a secret holds.
    mutating func add(contentOf file: String) {
        values.insert(file)
    }

    /// Takes down the lines of a private key in PEM form: whoever has some of them has no key, but too much of one.
    mutating func add(linesOf key: String) {
        for line in key.split(whereSeparator: \.isNewline) where !line.contains("-----") {
            values.insert(line.filter { !$0.isWhitespace })
        }
    }

    /// Takes down what a variable stands for.
    mutating func add(_ text: String, of name: String) {
        guard !text.isEmpty else { return }
        let isCredential =
            self.isCredential[name]
            ?? {
                let matches = CredentialName.matches(name, in: .variable)
                self.isCredential[name] = matches
                return matches
            }()
        if isCredential { values.insert(text) }
    }
}

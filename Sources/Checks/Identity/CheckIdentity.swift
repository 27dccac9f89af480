/// Who a check is from run to run, and what it asks.
///
/// Both are numbers that redaction does not touch, so that a check whose name holds a secret is found again. Neither is
/// made from a secret's value, so that nobody can guess one from them: a secret counts by the name of the variable that it
/// came from, and exchanging it for another changes nothing. Where one is written out in the job file, any change of the
/// file changes the fingerprint.
package struct CheckIdentity: Sendable, Hashable {
    /// Stands for the check's name.
    ///
    /// It is that without a number that tells it from namesakes, with its row where the name was made of it or holds its
    /// secrets. With the ``SuiteIdentity`` of its job file it says which check this is; checks
    /// with derived names can share it.
    package var name: UInt64
    /// Stands for what the check asks and expects: method, route, path, parameters, header fields, body and expectation,
    /// with the header fields that go to its server in every request, and as whom it asks.
    ///
    /// Not in it is what does not change the question: tags, `skip`, `only`, `allow-failure`, `timeout`, `retry`, the
    /// position in the file, and what bounds the run.
    package var fingerprint: UInt64

    /// Creates an identity.
    package init(name: UInt64, fingerprint: UInt64) {
        self.name = name
        self.fingerprint = fingerprint
    }
}

/// Which job file a suite is of, and which server it asks, in numbers that redaction does not touch.
package struct SuiteIdentity: Sendable, Hashable {
    /// Stands for the job file's path.
    package var file: UInt64
    /// Stands for the suite's name, as it is shown.
    package var name: UInt64
    /// Stands for the server's base URL; ``unknownServer`` if that holds a secret.
    package var server: UInt64

    /// Creates an identity.
    package init(file: UInt64, name: UInt64, server: UInt64) {
        self.file = file
        self.name = name
        self.server = server
    }

    /// The identity of a job's suite.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - mask: Hides secrets from the name.
    package init(of job: borrowing Job, by mask: any SecretMask) {
        file = Self.hash(mask.masked(words: Self.plainPath(job.file)))
        name = Self.hash(mask.masked(words: job.name))
        let url = Self.plainURL(job.server.url)
        server = mask.masked(url) == url ? Self.hash(url) : Self.unknownServer
    }

    /// Stands for a server whose URL holds a secret: whether it is the same as another one cannot be told.
    package static let unknownServer: UInt64 = 0

    private static func hash(_ text: String) -> UInt64 {
        var hash = FNV1a()
        hash.add(counted: text)
        return hash.value
    }

    /// A path without what leaves it the same path: `./`, and slashes beyond one.
    static func plainPath(_ path: String) -> String {
        let segments = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        return path.hasPrefix("/") ? "/\(segments)" : segments
    }

    /// A base URL as all spellings of it come out: scheme and host in lower case, without the scheme's own port and
    /// without a slash at its end (RFC 3986, section 6.2).
    static func plainURL(_ url: String) -> String {
        guard let mark = url.firstRange(of: "://") else { return url }
        let scheme = url[..<mark.lowerBound].lowercased()
        let rest = url[mark.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var authority = rest[..<slash].lowercased()
        if let port = ["http": ":80", "https": ":443"][scheme], authority.hasSuffix(port) {
            authority.removeLast(port.count)
        }
        var path = rest[slash...]
        while path.last == "/" { path.removeLast() }
        return "\(scheme)://\(authority)\(path)"
    }
}

/// What knows the secrets of jobs, for identities that must not be made of them.
///
/// An object, since a generic type would hand a whole redactor around with each text of each check.
package protocol SecretMask: AnyObject, Sendable {
    /// Whether a text is a secret or holds one.
    func holdsSecret(_ text: String) -> Bool
    /// The text without the secrets in it.
    func masked(_ text: String) -> String
    /// The author's own words, such as a name, without the secrets in them.
    func masked(words: String) -> String
    /// Whether a header field or a parameter of this name has a secret value.
    func hidesValue(of name: String) -> Bool
    /// Whether what is at a header field's name or a JSON path is secret.
    func hidesValue(at location: String) -> Bool
}

/// A place in a job, its files or its environment where a secret can stand.
///
/// In the texts, `@` is the secret as a double-quoted scalar, `#` the inside of that, `^` the name of a variable of the
/// environment that holds it, and `~` the number of the place.
struct SecretPlace {
    var name: String
    /// The check that has the secret.
    private var check: String
    /// What the job's `vars` have.
    private var variable: String?

    private init(_ name: String, _ check: String, variable: String? = nil) {
        self.name = name
        self.check = check
        self.variable = variable
    }

    /// The check with the secret of a number.
    static func check(_ number: Int) -> String { filled(all[number].check, number) }

    /// What the job's `vars` have for the secrets.
    static var variables: String {
        all.indices.compactMap { number in all[number].variable.map { filled($0, number) } }.joined(separator: ", ")
    }

    /// The secret of a number: every encoding writes some of its characters in another way.
    ///
    /// Every third one has characters beyond ASCII; each of those costs a hundred times as many texts to look for.
    static func secret(_ number: Int) -> String {
        number % 3 == 0 ? "Zq9ñK&x\"R/+W<é7v\(number)tYbN4" : "Zq9nK&x\"R/+W<e7v\(number)tYbN4"
    }

    /// The name of the variable that holds a secret.
    static func variable(_ number: Int) -> String { "PLACE_\(number)_TOKEN" }

    private static func filled(_ text: String, _ number: Int) -> String {
        let escaped = secret(number).replacing("\"", with: "\\\"")
        return text.replacing("@", with: "\"\(escaped)\"").replacing("#", with: escaped)
            .replacing("^", with: variable(number)).replacing("~", with: "\(number)")
    }

    /// The places in checks.
    static let all: [SecretPlace] =
        [
            "token", "secret", "sig", "jwt", "client-secret", "key", "api_key", "access_token", "session", "auth",
            "passwd",
            "pwd", "credential", "X-Amz-Signature",
        ].map { SecretPlace("params.\($0)", "{route: echo, path: \"p/~\", params: {\($0): @}}") }
        + [
            "X-Auth-Key", "X-Functions-Key", "X-Api-Key", "CF-Access-Client-Secret", "X-Session-Id", "X-CSRF-Token",
        ].map { SecretPlace("headers.\($0)", "{route: echo, path: \"p/~\", headers: {\($0): @}}") }
        + [
            SecretPlace("a harmless parameter", "{route: echo, path: \"p/~\", params: {code: \"${^}\"}}"),
            SecretPlace("a part of a parameter", "{route: echo, path: \"p/~\", params: {code: \"is ${^} it\"}}"),
            SecretPlace("a harmless header field", "{route: echo, path: \"p/~\", headers: {If-Match: \"${^}\"}}"),
            SecretPlace(
                "a header field after a scheme",
                "{route: echo, path: \"p/~\", headers: {X-Auth: \"Key ${^}\"}}"
            ),
            SecretPlace("redact", "{route: echo, path: \"p/~\", params: {pin: @}}"),
            SecretPlace("a JSON body", "{route: echo, path: \"p/~\", method: POST, body: {a: 1, password: @}}"),
            SecretPlace(
                "deep in a JSON body",
                "{route: echo, path: \"p/~\", method: POST, body: {a: {clientSecret: {b: [@]}}}}"
            ),
            SecretPlace("a variable in a JSON body", "{route: echo, path: \"p/~\", method: POST, body: {a: \"${^}\"}}"),
            SecretPlace("a text body", "{route: echo, path: \"p/~\", method: POST, body: \"is ${^}\"}"),
            SecretPlace(
                "an XML body",
                "{route: echo, path: \"p/~\", method: POST, body: \"<a><apiKey>${^}</apiKey></a>\"}"
            ),
            SecretPlace("a name", "{route: echo, path: \"p/~\", name: \"name ~ ${^}\"}"),
            SecretPlace("a path", "{route: echo, path: \"p/~/${^}\"}"),
            SecretPlace("a route", "{route: \"no ${^}\", path: \"p/~\"}"),
            SecretPlace("a tag", "{route: echo, path: \"p/~\", tags: [\"is ${^}\"]}"),
            SecretPlace("skip", "{route: echo, path: \"p/~\", skip: \"since ${^}\"}"),
            SecretPlace("allow-failure", "{route: echo, path: \"p/~\", allow-failure: \"as ${^}\"}"),
            SecretPlace(
                "an expected JSON value",
                "{route: echo, path: \"p/~\", expect: {status: 500, json: {$.a: \"${^}\"}}}"
            ),
            SecretPlace(
                "an expected body",
                "{route: echo, path: \"p/~\", expect: {status: 500, body: {equals: \"is ${^}\"}}}"
            ),
            SecretPlace(
                "an expected header",
                "{route: echo, path: \"p/~\", expect: {status: 500, headers: {etag: \"${^}\"}}}"
            ),
            SecretPlace("a matrix", "{route: echo, path: \"p/~\", matrix: {a: [\"${^}\"]}, params: {q: \"${a}\"}}"),
            SecretPlace("a row", "{route: echo, path: \"p/~\", rows: [{a: \"${^}\"}], params: {q: \"${a}\"}}"),
            SecretPlace(
                "vars",
                "{route: echo, path: \"p/~\", params: {q: \"${made~}\"}}",
                variable: "made~: \"of ${^}\""
            ),
            SecretPlace("a default", "{route: echo, path: \"p/~\", params: {q: \"${UNSET_TOKEN:-#}\"}}"),
        ]
}

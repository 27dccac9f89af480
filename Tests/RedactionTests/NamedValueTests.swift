import Redaction
import TestNumbers
import Testing

/// What is hidden of a text in which names for credentials stand, that no job has named.
struct NamedValueTests {
    private static let redactor = Redactor(secrets: [])

    @Test(arguments: [
        // Header fields.
        ("X-Auth-Key: abc def", "X-Auth-Key: [redacted]"),
        ("< x-functions-key:abc\n< Date: now", "< x-functions-key:[redacted]\n< Date: now"),
        ("  X-Hub-Signature-256: sha256=ab\r\nA: b", "  X-Hub-Signature-256: [redacted]\r\nA: b"),
        ("key: abc", "key: [redacted]"),
        ("X-Api-Key:", "X-Api-Key:"),
        // Queries and forms.
        ("GET https://h/p?a=1&sig=abc%2F&b=2", "GET https://h/p?a=1&sig=[redacted]&b=2"),
        ("?user[password]=abc&x=1", "?user[password]=[redacted]&x=1"),
        ("?api%5Fkey=abc", "?api%5Fkey=[redacted]"),
        ("?key=abc;key=def#key=g", "?key=[redacted];key=[redacted]#key=[redacted]"),
        ("token = abc next", "token = [redacted] next"),
        ("token=", "token="),
        ("client-secret='a b' c", "client-secret='[redacted]' c"),
        ("$sig=abc", "$sig=[redacted]"),
        // JSON, also as text in JSON, and what looks like it.
        (#"{"jwt": "abc", "a": 1}"#, #"{"jwt": "[redacted]", "a": 1}"#),
        (#"{"apiKey":{"a":["b"]},"n":1}"#, #"{"apiKey":[redacted],"n":1}"#),
        (#"{"key":"abc","accountKey":"abc"}"#, #"{"key":"abc","accountKey":"[redacted]"}"#),
        (#"{\"clientSecret\":\"a\\\"b\",\"n\":1}"#, #"{\"clientSecret\":\"[redacted]\",\"n\":1}"#),
        ("{'session_id': 'abc', 'n': 1}", "{'session_id': '[redacted]', 'n': 1}"),
        ("['token' => 'abc', 'n' => 1]", "['token' => '[redacted]', 'n' => 1]"),
        ("{\"credentials\" : [\"abc\",\n\"def\"] }", "{\"credentials\" : [redacted] }"),
        // Credentials of two words, lists and escapes.
        ("{Authorization=Basic c2VjcmV0OnBhc3M=, A=b}", "{Authorization=[redacted], A=b}"),
        ("[Authorization] => Bearer ab.cd", "[Authorization] => [redacted]"),
        ("Authorization=[Basic c2Vj cA==] x", "Authorization=[[redacted]] x"),
        (#"password="hun\"ter2" x"#, #"password="[redacted]" x"#),
        ("password='hun''ter2' x", "password='[redacted]' x"),
        ("&quot;apiKey&quot;:&quot;hunter2&quot;,", "&quot;apiKey&quot;:&quot;[redacted]&quot;,"),
        ("&lt;password&gt;hunter2&lt;/password&gt;", "&lt;password&gt;[redacted]&lt;/password&gt;"),
        ("x?u=%3Ftoken%3Dhunter2%26a%3D1", "x?u=%3Ftoken%3D[redacted]%26a%3D1"),
        (#"{\u0022password\u0022:\u0022hunter2\u0022}"#, #"{\u0022password\u0022:\u0022[redacted]\u0022}"#),
        // Names that are values themselves.
        (#"[{"name":"Authorization","value":"Basic c2Vj"}]"#, #"[{"name":"Authorization","value":"[redacted]"}]"#),
        (#"{"key": "X-Api-Key",\n "value": "hunter2"}"#, #"{"key": "X-Api-Key",\n "value": "[redacted]"}"#),
        (#"[["x-api-key","hunter2"],["accept","b"]]"#, #"[["x-api-key","[redacted]"],["accept","b"]]"#),
        ("[('Authorization', 'Basic c2Vj')]", "[('Authorization', '[redacted]')]"),
        ("<input name=\"_csrf\" value=\"ab12\">", "<input name=\"_csrf\" value=\"[redacted]\">"),
        ("<entry key=\"password\">hunter2</entry>", "<entry key=\"password\">[redacted]</entry>"),
        ("{\"password\":\n  \"hunter2\"}", "{\"password\":\n  \"[redacted]\"}"),
        // In marks.
        ("curl -H \"X-Api-Key:x\" --data y", "curl -H \"X-Api-Key:[redacted]\" --data y"),
        ("map[Authorization:[x] Accept:[z]]", "map[Authorization:[[redacted]] Accept:[z]]"),
        ("<p>Cookie: ab=cd</p><p>Status 500</p>", "<p>Cookie: [redacted]</p><p>Status 500</p>"),
        ("GET r/a [token=abc12345] x", "GET r/a [token=[redacted]] x"),
        // In quotation marks within a string, with its escapes and without.
        (#"got "X-Api-Key: "Kx9vPz2w" b""#, #"got "X-Api-Key: "[redacted]" b""#),
        (#"got "bad config: client_secret: "Kx9vPz2w"""#, #"got "bad config: client_secret: "[redacted]"""#),
        (#"{"message":"bad: client_secret: \"Kx9vPz2w\" x"}"#, #"{"message":"bad: client_secret: \"[redacted]\" x"}"#),
        (#"{"message":"bad: authToken: 'Kx9vPz2w' x"}"#, #"{"message":"bad: authToken: '[redacted]' x"}"#),
        (
            "{a: 1, client_secret: 'ab', api_key: \"cd\"}",
            "{a: 1, client_secret: '[redacted]', api_key: \"[redacted]\"}"
        ),
        (#"{"a":"X-Api-Key: ","c":"b"}"#, #"{"a":"X-Api-Key: ","c":"b"}"#),
        (#"the X-Api-Key: "old-key" does not match "Zq8LeakedKey77" x"#, #"the X-Api-Key: "[redacted]" x"#),
        ("got Authorization: \"Digest\" Zq8LeakedKey7 end", "got Authorization: \"[redacted] end"),
        (#"{"msg":"X-Api-Key: 'a' then Zq8LeakedKey7","n":1}"#, #"{"msg":"X-Api-Key: '[redacted]","n":1}"#),
        // Behind the name, whatever stands in front of it.
        (
            #"name="user", value="admin", name="X-Api-Key", value="Zq8x""#,
            #"name="user", value="admin", name="X-Api-Key", value="[redacted]""#
        ),
        (#"{"value":"","name":"X-Api-Key","value":"Zq8x"}"#, #"{"value":"","name":"X-Api-Key","value":"[redacted]"}"#),
        (
            "<entry value=\"shown\" key=\"password\">Zq8x</entry>",
            "<entry value=\"shown\" key=\"password\">[redacted]</entry>"
        ),
        (
            #"{"keyMaterial":"ab","key_data":"cd","keyBase64":"ef"}"#,
            #"{"keyMaterial":"[redacted]","key_data":"[redacted]","keyBase64":"[redacted]"}"#
        ),
        // In front of the name, and below it.
        (#"{"value":"Kx9vPz2w","name":"api_key"}"#, #"{"value":"[redacted]","name":"api_key"}"#),
        ("<input value='ab12' type name='_csrf'>", "<input value='ab12' type name='_csrf'>"),
        ("<input value=\"ab12\" name=\"_csrf\">", "<input value=\"[redacted]\" name=\"_csrf\">"),
        (
            "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nab 12\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n[redacted]\r\n--b--"
        ),
        ("a: 1\nsecret: |\n  ab\n\n  cd\nb: 2", "a: 1\nsecret: [redacted]\nb: 2"),
        ("  secret: >-\n    ab\n  b: 2", "  secret: [redacted]\n  b: 2"),
        // Beside it, as FHIR, Python and indented JSON write it.
        (
            #"{"name":"access_token","valueString":"Zq8x","a":"b"}"#,
            #"{"name":"access_token","valueString":"[redacted]","a":"b"}"#
        ),
        ("[(b'host', b'a'), (b'authorization', b'Token ab')]", "[(b'host', b'a'), (b'authorization', b'[redacted]')]"),
        ("[\n  [\n    \"X-Api-Key\" ,\n    \"ab\"\n  ]\n]", "[\n  [\n    \"X-Api-Key\" ,\n    \"[redacted]\"\n  ]\n]"),
        (
            #"{"value":"hunter2hunter2","name":"api_token","valueType":"TEXT"}"#,
            #"{"value":"[redacted]","name":"api_token","valueType":"TEXT"}"#
        ),
        (#"DOMAIN\token=Hunter2abc"#, #"DOMAIN\token=[redacted]"#),
        (#"{"a":"C:\\token=Hunter2abc"}"#, #"{"a":"C:\\token=[redacted]"}"#),
        // Behind an element that holds the name, as in XML and in the tables of error pages.
        (
            "<h><name>X-Api-Key</name><value>Zx87kLong7</value></h>",
            "<h><name>X-Api-Key</name><value>[redacted]</value></h>"
        ),
        (
            "<td>SECRET_KEY</td>\n <td class=\"c\"><pre>Zx90kLong7 </pre></td>",
            "<td>SECRET_KEY</td>\n <td class=\"c\"><pre>[redacted] </pre></td>"
        ),
        ("<b>Authorization:</b> Token Zx89kLong7<br>", "<b>Authorization:</b> [redacted]<br>"),
        // Behind breaks of lines that are escapes, as in JSON that quotes a request or a stack trace.
        (
            #"{"request":"GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Token 7f3c9a1b\r\nAccept: */*"}"#,
            #"{"request":"GET / HTTP/1.1\r\nHost: a\r\nAuthorization: [redacted]\r\nAccept: */*"}"#
        ),
        (
            #"{"a":"x\njwt: abc1\n\tpwd=cd2\tsig=ef3\n"}"#,
            #"{"a":"x\njwt: [redacted]\n\tpwd=[redacted]\tsig=[redacted]\n"}"#
        ),
        (#"{"a":"x\u000aapikey: abc1\u000D\u000ab"}"#, #"{"a":"x\u000aapikey: [redacted]\u000D\u000ab"}"#),
        (#"{"a":"{\"b\":\"x\\r\\nauth: Zq8L\\r\\n\"}"}"#, #"{"a":"{\"b\":\"x\\r\\nauth: [redacted]\\r\\n\"}"}"#),
        (
            #"sent Host: a\r\nProxy-Authorization: Custom ab\r\n"#,
            #"sent Host: a\r\nProxy-Authorization: [redacted]\r\n"#
        ),
        ("/x?url=%0D%0AAuthorization:%20Token%20ab1&n=1", "/x?url=%0D%0AAuthorization:[redacted]"),
        ("?u=https://h/%253Ftoken%253Dab1%2526n%253D1", "?u=https://h/%253Ftoken%253D[redacted]%2526n%253D1"),
        // XML.
        ("<a><apiKey>abc</apiKey><b>c</b></a>", "<a><apiKey>[redacted]</apiKey><b>c</b></a>"),
        ("<ns:password type=\"x\">abc</ns:password>", "<ns:password type=\"x\">[redacted]</ns:password>"),
        ("<secret><![CDATA[abc]]></secret>", "<secret><![CDATA[[redacted]]]></secret>"),
        ("<user password=\"abc\" name=\"b\"/>", "<user password=\"[redacted]\" name=\"b\"/>"),
    ])
    func hidesAValue(text: String, expected: String) {
        #expect(Self.redactor.redact(text).value == expected)
        #expect(Self.redactor.redact(expected).value == expected)
    }

    /// What a person on call must be able to read.
    @Test(arguments: [
        "The token was rejected: it has expired.", "Invalid token: expired", "401 Unauthorized, session: ended",
        "https://auth.example.org:8443/path1", "connect to auth.example.org:443",
        "{\"status\":\"error\",\"message\":\"x\"}",
        "GET chap/health?orgUnit=ImspTQPwCqd", "ratio=3:4", "a > b", "<title>Session expired</title>", "auth",
        "secret:",
        "2026-11-30T10:00:00", "{\"key\":\"value\"}", "{\"author\":\"me\"}", "<br/>", "->token", "==",
        "AuthenticationException: bad credentials for client routes",
        "com.x.InvalidTokenException: Jwt expired at 2026",
        #"{"key":"keyUiLocale","value":"fr"}"#, #"{"value":"fr","key":"keyUiLocale"}"#,
        "error: field id='token'\n\nStack trace: x", #"{"content":"A visible text","id":"token-help"}"#,
        "Token: expired on 2026-10-10", "Authorization: missing for user", "OAuth: error invalid_grant",
        "<dt>Session</dt><dd>Your session has expired.</dd>", "<label>Password</label><input name=p><b>Log in</b>",
        "</b>", "<key>Session</key>", "<td>Token</td><td>", "<b>Key</b><", "<i>Auth</i><br", "></", "</>",
        "<b>Token</b>" + String(repeating: " ", count: 300) + "<i>a1b2c3d4</i>",
        "Session: expired", #"{"token_type":"Bearer","auth-type":"basic"}"#,
        #"{"path":"C:\\temp\\token\\new.txt","a":"b\nc: d"}"#,
        #"{"message":"Authorization: missing for user","status":"ERROR"}"#, #"{"hasPassword":false,"max_tokens":500}"#,
        #"{"errorKey":"E5003","sessionTimeout":3600,"token":null}"#, "Access-Control-Allow-Credentials: true",
    ])
    func leavesASentence(text: String) {
        #expect(Self.redactor.redact(text).value == text)
    }

    /// Whatever marks stand around it, a secret is hidden, and no text is too odd to be looked at.
    @Test func hidesASecretAmongAnyMarks() {
        let redactor = Redactor(secrets: ["Kx9wLong99"])
        let pieces = [
            "<", ">", "</", "/>", "<b>", "</b>", ":", "=", "\"", "'", "\\", "\\n", "\\r", "\\u000a", "%0A", "%253D",
            "&quot;", "&#10;",
            "{", "}", "[", "]", "(", ",", " ", "\n", "b'", "token", "X-Api-Key", "name", "value", "a1b2c3d4", "|", "-",
            "…", "é",
            "Kx9wLong99", String(repeating: " ", count: 100), "://", "@", "form-data;", "<![CDATA[", "]]>",
        ]
        var generator = SeededNumbers(seed: 7)
        for _ in 0..<3_000 {
            let text = (0..<Int.random(in: 1...14, using: &generator)).compactMap { _ in
                pieces.randomElement(using: &generator)
            }.joined()
            #expect(!redactor.redact(text).value.contains("Kx9wLong99"), "\(text)")
        }
    }

    @Test func hidesAWordInASentenceThatLooksLikeACredential() {
        #expect(Self.redactor.redact("sent token: 7f3a9c21, got 401").value == "sent token: [redacted], got 401")
    }

    @Test(arguments: [
        ("is d2pat_7aNpc5MLcOB6XtxgF5zzF9aeNSbTcDFj2086184221.", "is [redacted]."),
        ("is d2p_Zx9q7KwVt3hRd8sPqLm", "is [redacted]"), ("d2p%5FZx9q7KwVt3hRd8sPqLm", "[redacted]"),
        ("d2p_ab…", "[redacted]…"), ("the prefix d2p_ or d2pat_…", "the prefix d2p_ or d2pat_…"),
        ("d2p_x", "d2p_x"), ("xd2path_to_something_else", "xd2path_to_something_else"),
        (
            "as eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmN-_, x",
            "as [redacted], x"
        ),
        ("eyJhbGciOiJub25lIn0.eyJzdWIiOiIx…", "[redacted]…"),
        ("eyJuIjoxfQ.eyJzdWIi", "eyJuIjoxfQ.eyJzdWIi"), ("eye.witness", "eye.witness"),
        (
            "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----\nb",
            "a\n[redacted]\nb"
        ),
        (#""-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n""#, #""[redacted]\n""#),
        ("-----BEGIN EC PRIVATE KEY-----\nMIIE", "[redacted]"),
        ("-----BEGIN CERTIFICATE-----\nMIIE", "-----BEGIN CERTIFICATE-----\nMIIE"),
        ("see http://me:hunter2@h:80/p, ok", "see http://me:[redacted]@h:80/p, ok"),
        ("see http://me@h/p:x@y", "see http://me@h/p:x@y"), ("see http://h:80/me@x", "see http://h:80/me@x"),
        ("postgres://dhis:hun/ter2@db/x", "postgres://dhis:[redacted]@db/x"),
        ("https://h/verify/eyJhbGciOiJub25lIn0.eyJzdWIiOiIx", "https://h/verify/[redacted]"),
        ("a=Bearer%20eyJhbGciOiJub25lIn0.eyJzdWIi", "a=Bearer%20[redacted]"),
        ("d2p&#95;Zx9q7KwVt3hRd8sPqLm", "[redacted]"),
        (#"{"dsn":"https:\/\/u:Kx9vPz2w@db\/x"}"#, #"{"dsn":"[redacted]"}"#),
        (#"{"at":"https:\/\/u:Kx9vPz2w@db\/x"}"#, #"{"at":"https:\/\/u:[redacted]@db\/x"}"#),
        ("key=-----BEGIN+PRIVATE+KEY-----%0AMIIEv-----END+PRIVATE+KEY-----", "key=[redacted]"),
        ("k2=-----BEGIN+PRIVATE+KEY-----%0AMIIEv", "k2=[redacted]"),
        ("If-Match: Bearer hunter2Zq9x", "If-Match: Bearer [redacted]"), ("Basic YWRtaW46eA==", "Basic [redacted]"),
        ("Bearer authentication is required", "Bearer authentication is required"),
        ("Basic training", "Basic training"),
        ("…ozjgNryP4J3jVmN0 next", "…[redacted] next"), ("…ation of the period 2026", "…ation of the period 2026"),
    ])
    func hidesWhatHasTheShapeOfACredential(text: String, expected: String) {
        #expect(Self.redactor.redact(text).value == expected)
        #expect(Self.redactor.redact(expected).value == expected)
    }
}

/// What a 407 means, which a proxy answers in place of a server (RFC 9110, section 15.5.8).
package enum ProxyRefusal {
    /// The rest of a sentence that begins with the proxy.
    ///
    /// - Parameter hasCredentials: Whether the proxy was sent credentials.
    package static func clause(hasCredentials: Bool) -> String {
        hasCredentials
            ? "refused the credentials in the proxy's URL (407): check the user and the password."
            : "wants credentials of its own (407): write them into the proxy's URL."
    }
}

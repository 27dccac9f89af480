public import HTTPVocabulary

extension DHIS2Client {
    /// The header fields that a request carries, the credentials included, the cookies of the session not.
    ///
    /// - Parameter own: Fields of the request that replace the client's of the same name.
    public func headerFields(adding own: HTTPFields = [:]) -> HTTPFields {
        connection.headers(with: own)
    }
}

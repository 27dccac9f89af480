internal import DHIS2Behaviour
internal import HTTPVocabulary

/// Header fields that a job file cannot set, each for a reason of its own.
enum RefusedFields {
    /// Fields that say how a message is framed; a job that set them could smuggle a second request.
    static let framing: Set<HTTPFieldName> = Set(
        ["Connection", "Content-Length", "Host", "TE", "Trailer", "Transfer-Encoding", "Upgrade"].map {
            HTTPFieldName(constant: $0)
        }
    )

    /// Fields that only the server's settings may fill: with others DHIS2 would see somebody else.
    static let credentials: Set<HTTPFieldName> = [.authorization, .cookie]

    /// The field with which DHIS2 does not call the route.
    static let crossOrigin = HeaderRules.crossOrigin
}

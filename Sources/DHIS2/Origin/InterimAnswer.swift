/// Tells interim answers (1xx) of the way to DHIS2 from those that DHIS2 passes on as if they were final.
///
/// From 2.42 on DHIS2 takes a target's `103 Early Hints` for its answer, writes its own header fields and sends nothing
/// more (seen on 2.43.1 and a snapshot of 2.44). What a proxy or the servlet container sends before an answer, such as
/// `100 Continue`, carries none of DHIS2's marks.
package enum InterimAnswer {
    /// Whether nothing will follow an interim answer with these header fields.
    package static func isFinal(headerSection: [UInt8]) -> Bool {
        !headerSection.isEmpty && HeaderFacts(HTTPExchange(statusCode: 0, headerSection: headerSection)).isMarked
    }
}

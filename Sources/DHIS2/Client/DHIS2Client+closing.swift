extension DHIS2Client {
    /// Ends the client's session at DHIS2, if it has one, so that none is left of those that DHIS2 keeps for a user.
    ///
    /// One request that may fail without anyone noticing. It is sent even if the task has been cancelled. Call it when
    /// no request is in flight: one that is may open a session again, as does the next one that is sent.
    ///
    /// - Parameter bound: How long it may take.
    public func close(within bound: Duration = .seconds(2)) async {
        await beginClosing(within: bound).value
    }

    /// Begins what ``close(within:)`` does; cancelling the task gives up.
    package func beginClosing(within bound: Duration) -> Task<Void, Never> {
        connection.beginClosing(within: bound)
    }
}

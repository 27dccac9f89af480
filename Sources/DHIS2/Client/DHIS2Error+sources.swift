extension DHIS2Error {
    init(_ problem: PreflightProblem) {
        let code: Code =
            if problem.transportError?.code == .cancelled { .cancelled } else if problem.transportError != nil {
                .noAnswer
            } else if let status = problem.statusCode, !(200...299).contains(status) {
                .badStatus
            } else {
                .notJSON
            }
        self.init(
            code,
            message: problem.message,
            statusCode: problem.statusCode,
            transportError: problem.transportError,
            problem: problem
        )
    }

    static func noAnswer(_ error: TransportError, from server: BaseURL) -> DHIS2Error {
        DHIS2Error(Preflight.problem(of: error, from: server))
    }
}

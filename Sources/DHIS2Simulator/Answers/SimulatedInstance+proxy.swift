// The nginx in front of the server, where the configuration has one.
extension SimulatedInstance {
    /// A request as DHIS2 gets it: nginx tells from where it came, and how.
    func forwarded(_ request: SimulatedRequest) -> SimulatedRequest {
        guard configuration.proxy != nil else { return request }
        var request = request
        let hops = request.headers.values(of: "X-Forwarded-For") + ["127.0.0.1"]
        for name in ["X-Forwarded-For", "X-Forwarded-Proto"] { request.headers.remove(name) }
        request.headers.add("X-Forwarded-For", hops.joined(separator: ", "))
        request.headers.add("X-Forwarded-Proto", "http")
        return request
    }

    /// What nginx says to a request that it does not pass on, or `nil`.
    func refusedByProxy(_ request: SimulatedRequest) -> SimulatedReply? {
        guard let proxy = configuration.proxy else { return nil }
        return request.body.count > proxy.bodyLimit ? HTMLPages.nginx(413) : nil
    }

    /// The page for a request that could not be read, nginx's where it is the first to read it.
    func page(for problem: RequestProblem) -> SimulatedReply {
        if configuration.proxy != nil {
            // Its limit for the first line is Tomcat's for the whole head.
            return HTMLPages.nginx(problem == .headTooLarge ? 414 : problem.status)
        }
        return problem.isException
            ? unreadable(problem.message) : page(TomcatPage(status: problem.status, message: problem.message))
    }

    /// An answer of DHIS2's or Tomcat's as nginx passes it on, or nginx's own where it took too long.
    func behindProxy(_ reply: SimulatedReply) -> SimulatedReply {
        guard let proxy = configuration.proxy, reply.headers["Server"] == nil else { return reply }
        guard reply.delay <= proxy.readTimeout else {
            var page = pageOfProxy(504)
            page.delay = proxy.readTimeout
            return page
        }
        var reply = reply
        let others = reply.headers
        reply.headers = ["Server": HTMLPages.nginxName]
        reply.headers.add(others)
        return reply
    }

    /// nginx's page for an error of its own, or the one that it was given instead.
    func pageOfProxy(_ status: Int) -> SimulatedReply {
        var page = HTMLPages.nginx(status)
        guard let text = configuration.proxy?.errorPage, (502...504).contains(status) else { return page }
        page.body = Array(text.utf8)
        page.headers.add(
            "ETag",
            "\"\(CRC32.checksum(of: page.body).digits(8, radix: 16))-\(String(page.body.count, radix: 16))\""
        )
        return page
    }
}

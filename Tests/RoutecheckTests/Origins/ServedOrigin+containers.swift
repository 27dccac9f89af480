import DHIS2
import DHIS2Simulator
import HTTPVocabulary

// Tomcat answers before DHIS2 could, without DHIS2's marks.
extension ServedOrigin {
    static let containers: [ServedOrigin] = [
        ServedOrigin(
            "URL that Tomcat refuses",
            { $0.meets(.containerPage(status: 400)) },
            .dhis2,
            .urlRefused,
            .likely,
            """
            The servlet container or the firewall of DHIS2 VERSION refused the URL (400) before any route ran; look for \
            characters such as "//", ";" or "%" in the path.
            """
        ),
        ServedOrigin(
            "wrong context path",
            {
                $0.runsAtOnce()
                $0.server.contextPath = "/dhis"
                $0.contextPath = "/dhis2"
            },
            .dhis2,
            .wrongContextPath,
            .likely,
            """
            HOST has nothing at this URL (404): the context path in the server URL may be wrong, or the servlet \
            container did not take the path.
            """,
            or: .proxyError
        ),
        ServedOrigin(
            "context path of a server at the root",
            {
                $0.runsAtOnce()
                $0.contextPath = "/dhis"
            },
            .dhis2,
            .wrongContextPath,
            .likely,
            """
            HOST has nothing at this URL (404): the context path in the server URL may be wrong, or the servlet \
            container did not take the path.
            """,
            or: .proxyError
        ),
        ServedOrigin(
            "Tomcat's 404 after DHIS2 has answered",
            { $0.meets(.containerPage(status: 404)) },
            .dhis2,
            .notReady,
            .possible,
            """
            The servlet container answered 404 in place of DHIS2 VERSION, which has answered before: it may be \
            restarting.
            """,
            or: .proxyError
        ),
        ServedOrigin(
            "error of DHIS2 that cannot be written as .csv",
            {
                $0.route.url = "https://target.example.org/status"
                $0.path = "export.csv"
            },
            .dhis2,
            .internalError,
            .possible,
            """
            The servlet container of DHIS2 VERSION failed (500); it also does so when the Accept header or an ending \
            such as .xml or .csv keeps DHIS2 from writing an error of its own.
            """,
            or: .answered
        ),
        ServedOrigin(
            "error of DHIS2 that the client's Accept forbids",
            {
                $0.route.isPublic = false
                $0.client.headers = [.accept: "text/csv"]
                $0.runsAtOnce()
            },
            .upstream,
            .answered,
            .possible,
            #"The target of the route "target" answered 500."#,
            or: .internalError
        ),
        ServedOrigin(
            "Tomcat's 500",
            { $0.meets(.containerPage(status: 500)) },
            .dhis2,
            .internalError,
            .possible,
            """
            The servlet container of DHIS2 VERSION failed (500); it also does so when the Accept header or an ending \
            such as .xml or .csv keeps DHIS2 from writing an error of its own.
            """,
            or: .proxyError
        ),
    ]
}

import DHIS2
import DHIS2Simulator
import HTTPVocabulary

// Tomcat answers before DHIS2 could, without DHIS2's marks.
extension ServedOrigin {
    static let containers: [ServedOrigin] = [
        ServedOrigin(
            "URL that Tomcat refuses",
            { $0.meets(.containerPage(status: 400)) },
            .job
        ),
        ServedOrigin(
            "wrong context path",
            {
                $0.runsAtOnce()
                $0.server.contextPath = "/dhis"
                $0.contextPath = "/dhis2"
            },
            .dhis2
        ),
        ServedOrigin(
            "context path of a server at the root",
            {
                $0.runsAtOnce()
                $0.contextPath = "/dhis"
            },
            .dhis2
        ),
        ServedOrigin(
            "Tomcat's 404 after DHIS2 has answered",
            { $0.meets(.containerPage(status: 404)) },
            .dhis2
        ),
        ServedOrigin(
            "error of DHIS2 that cannot be written as .csv",
            {
                $0.route.url = "https://target.example.org/status"
                $0.path = "export.csv"
            },
            .route
        ),
        ServedOrigin(
            "error of DHIS2 that the client's Accept forbids",
            {
                $0.route.isPublic = false
                $0.client.headers = [.accept: "text/csv"]
                $0.runsAtOnce()
            },
            .route
        ),
        ServedOrigin(
            "Tomcat's 500",
            { $0.meets(.containerPage(status: 500)) },
            .dhis2
        ),
    ]
}

import FoundationEssentials
import HTTPVocabulary
import Synchronization
import Testing

@testable import DHIS2

/// Which cookies of which answers are kept.
struct SessionNewsTests {
    private static let now = Date(timeIntervalSince1970: 1_795_478_400)

    private static func cookies(_ text: String) -> [Cookie] {
        text.split(separator: "; ").compactMap { Cookie(setBy: String($0), at: now) }
    }

    /// An answer's fields, the cookies that the request had, and what it means.
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var set: [String]
        var sent = ""
        var isFromDHIS2 = true
        var isRefusal = false
        var news: SessionNews
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "no cookie", set: [], news: .none),
        Row(name: "no cookie in a session", set: [], sent: "JSESSIONID=a; R=1", news: .none),
        Row(name: "a session", set: ["JSESSIONID=a; Path=/"], news: .opened(cookies("JSESSIONID=a"))),
        Row(
            name: "a session and a load balancer's cookie before it",
            set: ["R=1", "JSESSIONID=a"],
            news: .opened(cookies("JSESSIONID=a; R=1"))
        ),
        Row(name: "the last of two", set: ["JSESSIONID=a", "JSESSIONID=b"], news: .opened(cookies("JSESSIONID=b"))),
        Row(
            name: "the old one cleared, then a new one",
            set: ["JSESSIONID=; Max-Age=0", "JSESSIONID=b"],
            sent: "JSESSIONID=a",
            news: .opened(cookies("JSESSIONID=b"))
        ),
        Row(
            name: "a new one, then one of another path cleared",
            set: ["JSESSIONID=b; Path=/", "JSESSIONID=; Path=/dhis; Max-Age=0"],
            sent: "JSESSIONID=a",
            news: .opened(cookies("JSESSIONID=b"))
        ),
        Row(name: "a name in other case", set: ["jsessionid=a"], news: .none),
        Row(name: "a value that cannot be sent", set: ["JSESSIONID=\u{E9}"], news: .none),
        Row(name: "the same again", set: ["JSESSIONID=a"], sent: "JSESSIONID=a; R=1", news: .none),
        Row(name: "cleared", set: ["JSESSIONID=; Path=/"], sent: "JSESSIONID=a", news: .ended),
        Row(name: "expired", set: ["JSESSIONID=a; Max-Age=-1"], sent: "JSESSIONID=a", news: .ended),
        Row(
            name: "expired long ago",
            set: ["JSESSIONID=x; Expires=Thu, 01 Jan 1970 00:00:10 GMT"],
            sent: "JSESSIONID=a",
            news: .ended
        ),
        Row(name: "a load balancer's alone", set: ["R=1"], news: .none),
        Row(name: "a load balancer's that is not known", set: ["R=1"], sent: "JSESSIONID=a", news: .none),
        Row(
            name: "a load balancer's that changes",
            set: ["R=2"],
            sent: "JSESSIONID=a; Q=1; R=1",
            news: .changed(cookies("JSESSIONID=a; Q=1; R=2"))
        ),
        Row(
            name: "a load balancer's that is cleared",
            set: ["R=; Max-Age=0"],
            sent: "JSESSIONID=a; R=1",
            news: .changed(cookies("JSESSIONID=a"))
        ),
        Row(
            name: "a new session at the same node",
            set: ["JSESSIONID=b"],
            sent: "JSESSIONID=a; R=1",
            news: .opened(cookies("JSESSIONID=b; R=1"))
        ),
        Row(
            name: "a new session at another node",
            set: ["JSESSIONID=b", "R=2"],
            sent: "JSESSIONID=a; R=1",
            news: .opened(cookies("JSESSIONID=b; R=2"))
        ),
        Row(name: "something in front of DHIS2", set: ["JSESSIONID=a"], isFromDHIS2: false, news: .none),
        Row(
            name: "something in front of DHIS2 that clears",
            set: ["JSESSIONID=; Max-Age=0"],
            sent: "JSESSIONID=a",
            isFromDHIS2: false,
            news: .none
        ),
        Row(name: "a refusal", set: [], sent: "JSESSIONID=a", isRefusal: true, news: .ended),
        Row(name: "a refusal with a session of nobody", set: ["JSESSIONID=b"], isRefusal: true, news: .ended),
    ]

    @Test(arguments: rows)
    func readsWhatAnAnswerSays(row: Row) {
        let news = SessionNews(
            setting: row.set,
            after: Self.cookies(row.sent),
            isFromDHIS2: row.isFromDHIS2,
            isRefusal: row.isRefusal,
            at: Self.now
        )
        #expect(news == row.news)
    }

    @Test func leavesOutWhatAServerWouldNotTake() throws {
        let large = Cookie(name: "L", value: String(repeating: "x", count: 4090))
        let small = Cookie(name: "S", value: "1")
        let own = Cookie(name: "JSESSIONID", value: "a")
        let session = try #require(Session(number: 1, cookies: [own, large, small], headers: [.accept: "*/*"]))
        #expect(session.field.value == "JSESSIONID=a; S=1")
        #expect(session.headers.map(\.value) == ["*/*", "JSESSIONID=a; S=1"])
        #expect(Session(number: 1, cookies: [small], headers: [:]) == nil)
        #expect(Session(number: 1, cookies: [], headers: [:]) == nil)
    }

    @Test func stopsSendingACookieWhoseTimeIsUp() throws {
        let clock = Clock(Self.now)
        let keeper = SessionKeeper(headers: [:], now: { clock.now })
        guard case .open(let part) = keeper.step() else {
            Issue.record("The first request opens the session.")
            return
        }
        let answer = HTTPExchange.marked(
            200,
            ["Set-Cookie: JSESSIONID=a; Max-Age=60", "Set-Cookie: R=1; Max-Age=30"]
        )
        keeper.take(answer, to: part, isFromDHIS2: true, isRefusal: false, isFinal: true)
        for (seconds, expected) in [(0.0, "JSESSIONID=a; R=1"), (29, "JSESSIONID=a; R=1"), (30, "JSESSIONID=a")] {
            clock.now = Self.now + seconds
            guard case .send(let part) = keeper.step() else {
                Issue.record("There is a session after \(seconds) s.")
                return
            }
            #expect(part.session?.field.value == expected)
        }
        clock.now = Self.now + 60
        guard case .open = keeper.step() else {
            Issue.record("The session is over.")
            return
        }
    }
}

/// A clock that a test sets.
private final class Clock: Sendable {
    private let moment: Mutex<Date>

    init(_ now: Date) { moment = Mutex(now) }

    var now: Date {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }
}

import Checks
import FoundationEssentials
import Testing

struct CalendarDayTests {
    @Test(arguments: [
        ("2026-12-31", 2026, 12, 31), ("2024-02-29", 2024, 2, 29), ("2000-02-29", 2000, 2, 29), ("0001-01-01", 1, 1, 1),
    ])
    func readsADay(text: String, year: Int, month: Int, day: Int) throws {
        let read = try #require(CalendarDay(text))
        #expect((read.year, read.month, read.day) == (year, month, day))
        #expect(read.description == text)
    }

    @Test(arguments: [
        "", "2026", "2026-12", "2026-1-1", "2026-13-01", "2026-00-10", "2026-01-00", "2026-02-29", "1900-02-29",
        "2026-04-31", "26-12-31", "2026-12-31T00:00:00Z", " 2026-12-31", "+026-12-31", "2026/12/31", "٢٠٢٦-12-31",
    ])
    func refusesWhatIsNoDay(text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test(arguments: [
        (0.0, "1970-01-01"), (-1.0, "1969-12-31"), (951_782_399.0, "2000-02-28"), (951_782_400.0, "2000-02-29"),
        (951_868_800.0, "2000-03-01"), (1_798_675_199.0, "2026-12-30"), (1_798_675_200.0, "2026-12-31"),
        (1_798_761_599.0, "2026-12-31"), (1_798_761_600.0, "2027-01-01"), (-1e20, "0001-01-01"), (1e20, "9999-12-31"),
    ])
    func namesTheDayOfAnInstant(seconds: Double, text: String) {
        #expect(CalendarDay(Date(timeIntervalSince1970: seconds)).description == text)
    }

    @Test func comesInOrder() throws {
        let days = try ["2025-12-31", "2026-01-31", "2026-02-01", "2026-02-02"].map { try #require(CalendarDay($0)) }
        #expect(days.shuffled().sorted() == days)
        #expect(!(days[0] < days[0]))
    }
}

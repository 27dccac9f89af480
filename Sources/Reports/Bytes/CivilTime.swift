import FoundationEssentials

/// A moment in UTC in the calendar's terms, computed with integers alone.
struct CivilTime: Equatable {
    private(set) var year: Int
    private(set) var month: Int
    private(set) var day: Int
    private(set) var hour: Int
    private(set) var minute: Int
    private(set) var second: Int
    private(set) var millisecond: Int

    /// The moment to the millisecond; one that four digits of a year cannot say becomes the nearest that they can.
    init(_ date: Date) {
        let seconds = date.timeIntervalSince1970
        let bounded = seconds.isNaN ? 0 : min(max(seconds, -62_167_219_200), 253_402_300_799.999)
        self.init(milliseconds: Int((bounded * 1_000).rounded()))
    }

    /// The moment that is so many milliseconds after 1970 began.
    init(milliseconds: Int) {
        let days = milliseconds.floorQuotient(dividingBy: 86_400_000)
        let rest = milliseconds - days * 86_400_000
        (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60)
        (second, millisecond) = (rest / 1_000 % 60, rest % 1_000)
        // Years are counted from 1 March, so that the leap day comes last; 400 years have 146,097 days.
        let shifted = days + 719_468
        let era = shifted.floorQuotient(dividingBy: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

extension Int {
    /// The quotient rounded towards the smaller number, also for a negative one.
    fileprivate func floorQuotient(dividingBy divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

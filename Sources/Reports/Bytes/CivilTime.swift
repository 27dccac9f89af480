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

    /// The moment that `2026-08-22T10:11:12.125Z` says, with or without a fraction; `nil` for anything else.
    init?(parsing text: String) {
        let fields = text.split(omittingEmptySubsequences: false) { "-T:.Z".contains($0) }
        let marks = text.filter { "-T:.Z".contains($0) }
        guard marks == "--T::.Z" || marks == "--T::Z", fields.last == "" else { return nil }
        let numbers = fields.dropLast().compactMap { $0.utf8.count <= 4 && $0.first != "+" ? Int($0) : nil }
        guard numbers.count == fields.count - 1, fields[0].utf8.count == 4 else { return nil }
        (year, month, day) = (numbers[0], numbers[1], numbers[2])
        (hour, minute, second) = (numbers[3], numbers[4], numbers[5])
        millisecond = numbers.count > 6 ? numbers[6] : 0
        guard (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second), (0...999).contains(millisecond)
        else { return nil }
    }

    /// The moment as a date.
    var date: Date {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.floorQuotient(dividingBy: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let seconds = ((era * 146_097 + dayOfEra - 719_468) * 24 + hour) * 3_600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds * 1_000 + millisecond) / 1_000)
    }
}

extension Int {
    /// The quotient rounded towards the smaller number, also for a negative one.
    fileprivate func floorQuotient(dividingBy divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

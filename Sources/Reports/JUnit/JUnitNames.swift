/// Test case names that are unique within a class, as readers of JUnit XML need them.
struct JUnitNames {
    private var taken: [String: Set<String>] = [:]
    private var current: Set<String> = []
    private var className = ""

    /// Starts the suite of a class with so many names to come; two suites may share one.
    mutating func begin(className: String, count: Int) {
        taken[self.className] = current
        self.className = className
        current = taken.removeValue(forKey: className) ?? []
        current.reserveCapacity(current.count + count)
    }

    /// The name itself the first time, then `name (2)`, `name (3)` and so on.
    mutating func unique(_ name: String) -> String {
        if current.insert(name).inserted { return name }
        var number = 2
        while !current.insert("\(name) (\(number))").inserted { number += 1 }
        return "\(name) (\(number))"
    }

    /// A class name whose last part is the file's stem: `jobs.smoke` for `jobs/smoke.yml`.
    static func className(forFile file: String) -> String {
        var parts = file.split(separator: "/").filter { $0 != "." && $0 != ".." }.map(String.init)
        guard let last = parts.popLast() else { return "routecheck" }
        let stem = last.lastIndex(of: ".").flatMap { $0 == last.startIndex ? nil : last[..<$0] } ?? last[...]
        return (parts + [String(stem)]).joined(separator: ".")
    }
}

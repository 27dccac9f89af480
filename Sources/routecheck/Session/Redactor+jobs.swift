import Checks
import Reports

extension Redactor {
    /// A redactor that knows what all of the jobs keep secret.
    init(_ jobs: [Job]) {
        self.init(hiding: jobs.map(\.server))
    }
}

import Checks
import LinearRegex
import Reports

extension Redactor {
    /// A redactor that knows what all of the jobs keep secret, so that no job shows what is another's.
    init(_ jobs: [Job]) {
        var secrets: [String] = []
        var names: [String] = []
        var patterns: [RegexPattern] = []
        for job in jobs {
            switch job.server.credentials {
            case .token(let token): secrets.append(token)
            case .basic(_, let password): secrets.append(password)
            case nil: break
            }
            for redaction in job.server.redactions {
                switch redaction {
                case .name(let name): names.append(name)
                case .pattern(let pattern): patterns.append(pattern)
                case .text(let text): secrets.append(text)
                }
            }
        }
        self.init(secrets: secrets, names: names, patterns: patterns)
    }
}

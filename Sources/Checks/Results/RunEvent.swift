/// What happens during a run, as it happens.
public enum RunEvent: Sendable {
    /// A suite's server was looked at and its checks are about to start.
    case suiteStarted(SuiteReport)
    /// A check's first attempt starts; the numbers are the suite's and the check's places, counted from 0.
    case checkStarted(suite: Int, check: Int)
    /// An attempt ended and another one follows.
    case attemptFinished(suite: Int, check: Int, Attempt)
    /// A check ended.
    case checkFinished(suite: Int, CheckResult)
    /// Every check of the suite has ended.
    case suiteFinished(SuiteReport)
}

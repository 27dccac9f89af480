internal import Checks
internal import YAMLTree

/// A check while it is read: first what `defaults` says, then its own keys, then what depends on its row.
struct CheckDraft {
    var check: Check
    /// The rows that `matrix` and `rows` make of it.
    var expansion: RowExpansion?
    /// Where the check's own body comes from, for the message about methods that carry none.
    var bodyKey: YAMLNode?
    /// What the job file has for `headers`.
    var headersEntry: Entry<CheckDraft>?
    /// What the job file has for `expect`.
    var expectEntry: Entry<CheckDraft>?
    /// Where the name is, if the job file gives one.
    var nameNode: YAMLNode?
    /// Where `only` is.
    var onlyKey: YAMLNode?
}

/// What `defaults` says, read once for all checks.
struct Defaults {
    /// The values that are the same for every check.
    var draft: CheckDraft
    /// The entries that need a check's row.
    var dynamic: [Entry<CheckDraft>] = []
    /// The maps, over which checks lay their own.
    var maps: [ObjectIdentifier: YAMLNode] = [:]
}

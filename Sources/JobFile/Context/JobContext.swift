internal import DHIS2Behaviour
internal import SourceDiagnostics
internal import YAMLTree

/// What all readers of one job file share: where it comes from, what is wrong with it, and what its `${…}` stand for.
///
/// Its extensions read what every section of the language is made of: scalars with their `${…}` filled in, units, JSON,
/// and, where the keys are, the entries of maps. A method that returns `nil` has reported why.
struct JobContext {
    let source: SourceText
    let decoder: JobDecoder
    /// The names of the language's keys, by which a key that lacks a space is known.
    let keyNames: Set<String>
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether there is an error among them, so that the file is refused.
    private(set) var hasError = false
    /// How often something that is not there was forgiven with a warning.
    private var forgivenAbsences = 0
    /// Whether a written key lost its value without an error, which is a fault of routecheck's own.
    private(set) var hasInternalFault = false
    /// What has been reported, so that a default or an anchor that many checks share is reported once.
    private var reported: Set<Diagnostic> = []
    /// The job file's own `vars`.
    var variables: [String: Variable] = [:]
    /// The names of those that are being filled in, the innermost last.
    var openVariables: [String] = []
    /// Which of the names of `--var` the file refers to.
    var usedVariables: Set<String> = []
    /// What comes from outside the file as a secret.
    var outsideSecrets = OutsideSecrets()
    /// What the check that is being read is made from.
    var trace = ReferenceTrace()
    /// Whether a variable or a secret's file that is not there is a warning: in the server of a job that is not run, so
    /// that a file can be checked where the secrets are not.
    var forgivesAbsence = false
    /// From where the job has its server.
    var origin = ServerOrigin()
    /// The version that the server's settings pin, once they have been read.
    var pin: ServerVersion?
    /// The matrix or data row of the check that is being read.
    var row: [RowBinding] = []

    init(source: SourceText, decoder: JobDecoder, keyNames: Set<String>) {
        self.source = source
        self.decoder = decoder
        self.keyNames = keyNames
    }

    // MARK: Reporting

    /// The most problems that are collected; a million rows can each be wrong in the same way.
    private static let mostDiagnostics = 10_000

    mutating func report(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { hasError = true }
        guard diagnostics.count <= Self.mostDiagnostics, reported.insert(diagnostic).inserted else { return }
        guard diagnostics.count < Self.mostDiagnostics else {
            let message = "the file has more than \(Self.mostDiagnostics) problems; the rest is left out"
            diagnostics.append(Diagnostic(.error, message, file: source.name, position: nil))
            return
        }
        diagnostics.append(diagnostic)
    }

    mutating func error(
        _ message: String,
        at node: YAMLNode,
        help: String? = nil,
        replacement: String? = nil,
        notes: [Diagnostic.Note] = []
    ) {
        guard !node.isBroken else { return }
        report(diagnostic(.error, message, at: node, help: help, replacement: replacement, notes: notes))
    }

    mutating func warning(_ message: String, at node: YAMLNode, help: String? = nil) {
        report(diagnostic(.warning, message, at: node, help: help))
    }

    /// Reports that something outside the file is not there.
    mutating func absence(_ message: String, at node: YAMLNode, help: String? = nil) {
        report(absence: diagnostic(.error, message, at: node, help: help))
    }

    /// Reports that something outside the file is not there; a warning where that is forgiven.
    mutating func report(absence diagnostic: Diagnostic) {
        var diagnostic = diagnostic
        if forgivesAbsence {
            diagnostic.severity = .warning
            forgivenAbsences += 1
        }
        report(diagnostic)
    }

    /// Reads the value of a key that the file has, and sees to it that none vanishes in silence.
    ///
    /// All values of keys are read through this. A check whose path or expectation were lost without a word would pass
    /// for the wrong reason, so that a value that is missing without an error is a fault of routecheck's own, and the file
    /// is refused.
    mutating func accounting<Value>(
        for name: @autoclosure () -> String,
        at key: YAMLNode,
        _ read: (inout JobContext) -> Value?
    ) -> Value? {
        let forgiven = forgivenAbsences
        let value = read(&self)
        if value == nil, !hasError, forgivenAbsences == forgiven {
            reportInternalFault("the value of \"\(name())\" was lost", at: key)
        }
        return value
    }

    /// Reports a fault of routecheck's own, for which the file is refused.
    mutating func reportInternalFault(_ message: String, at node: YAMLNode) {
        hasInternalFault = true
        let help = "this is an error in routecheck, not in the file; please report it"
        report(diagnostic(.error, "internal error: \(message)", at: node, help: help))
    }

    /// Reports a problem that no place of the file shows.
    mutating func error(_ message: String, help: String? = nil) {
        report(Diagnostic(.error, message, file: source.name, position: nil, help: help))
    }

    func note(_ message: String, at node: YAMLNode) -> Diagnostic.Note {
        Diagnostic.Note(message, file: source.name, position: node.position, length: node.length)
    }

    private func diagnostic(
        _ severity: Diagnostic.Severity,
        _ message: String,
        at node: YAMLNode,
        help: String?,
        replacement: String? = nil,
        notes: [Diagnostic.Note] = []
    ) -> Diagnostic {
        Diagnostic(
            severity,
            message,
            file: source.name,
            position: node.position,
            length: node.length,
            notes: notes,
            help: help,
            replacement: replacement
        )
    }

    /// Reports that a value is not what its key takes.
    mutating func mismatch(_ node: YAMLNode, _ label: String, _ expectation: String, help: String? = nil) {
        let help = help ?? slipHelp(node)
        error("\(label) must be \(expectation), not \(Self.shown(node))", at: node, help: help)
    }

    /// A value as messages name it; an interpolated one as it was written, since what it stands for may be secret.
    static func shown(_ node: YAMLNode) -> String {
        switch node.kind {
        case .mapping: return "a map"
        case .sequence: return "a list"
        case .scalar: break
        }
        let text = node.text
        if node.style == .plain, text.isEmpty { return "empty" }
        let short =
            text.unicodeScalars.count > 60
            ? "\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))))…" : text
        return node.coreValue == .string ? "\"\(short)\"" : short
    }
}

// MARK: Files

extension JobContext {
    /// The bytes of a file that the job file names.
    ///
    /// - Parameter help: What to do if it cannot be read.
    mutating func load(_ name: String, at node: YAMLNode, help: String? = nil) -> [UInt8]? {
        do throws(FileLoadError) {
            return try decoder.files.load(path(name))
        } catch {
            absence("cannot read \"\(name)\": \(error.reason)", at: node, help: help)
            return nil
        }
    }

    /// A file's path as the process would open it: relative names start from the job file's folder.
    func path(_ name: String) -> String {
        guard !name.hasPrefix("/"), let slash = source.name.lastIndex(of: "/") else { return name }
        return String(source.name[...slash]) + name
    }
}

/// A value of a check over the value that `defaults` has for the same place.
///
/// Two maps merge, key by key and to any depth; everything else of the check's own replaces the default.
struct Layered {
    let own: YAMLNode
    // A number instead of a second handle: entries are copied often, and each handle in them costs a reference count.
    private let baseNumber: UInt32

    init(_ own: YAMLNode, over base: YAMLNode? = nil) {
        self.own = own
        baseNumber = base.map { own.kind == .mapping && $0.kind == .mapping ? $0.number : 0 } ?? 0
    }

    /// The default map beneath an own map; the root, number 0, is no default.
    var base: YAMLNode? { baseNumber == 0 ? nil : own.node(number: baseNumber) }

    /// Whether there is something in it to interpolate.
    var isMarked: Bool { own.isMarked || base?.isMarked == true }
}

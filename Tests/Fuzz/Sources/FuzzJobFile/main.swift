import CLibFuzzer
import Glibc
import JobFile
import SourceDiagnostics

/// Bytes → tree → job, and whatever is said of them drawn in both forms.
///
/// Beside what the sanitizers find, a job without checks and a diagnostic outside the text are faults.
func decode(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let source = SourceText(name: "job.yaml", bytes: bytes)
    let files = FileLoader { path throws(FileLoadError) in
        guard path.hasSuffix(".txt") else { throw FileLoadError(reason: "no such file") }
        return Array(path.utf8)
    }
    var decoder = JobDecoder(environment: ["DHIS2_PAT": "d2p_fuzz", "DHIS2_URL": "https://a"], files: files)
    decoder.requiresServer = false
    // A matrix of a million rows is no fault, but each would take the time of thousands of other inputs.
    decoder.checkLimit = 2000
    let diagnostics: [Diagnostic]
    do {
        let decoded = try decoder.decode(source)
        precondition(!decoded.job.checks.isEmpty, "a job without checks")
        let names = Set(decoded.job.checks.map(\.name))
        precondition(names.count == decoded.job.checks.count, "two checks have one name")
        precondition(decoded.job.checks.allSatisfy { !$0.path.hasPrefix("/") }, "a path begins with a slash")
        diagnostics = decoded.warnings
    } catch {
        precondition(error.diagnostics.contains { $0.severity == .error }, "a refusal without a reason")
        diagnostics = error.diagnostics
    }
    let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
    for position in diagnostics.compactMap(\.position) {
        precondition(position.line <= lines && position.column <= size + 1, "a place outside the text")
    }
    let drawn = DiagnosticPrinter(sources: [source]).render(diagnostics)
    precondition(drawn.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }, "a control character is drawn")
    precondition(DiagnosticJSON.render(diagnostics).hasSuffix("]\n"), "the JSON form has no end")
    return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments) { data, size in decode(data, size) })

package import SourceDiagnostics

/// Says why a file has no tree; holds at least one diagnostic of severity error.
package struct YAMLError: Error, Sendable {
    package let diagnostics: [Diagnostic]
}

extension Duration {
    /// The duration for a sentence, such as `30 s`, `1.5 s` or `250 ms`.
    package var inWords: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "\(seconds) s" }
        guard seconds != 0 else { return "\(milliseconds) ms" }
        var fraction = String(String(1000 + milliseconds).dropFirst())
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(seconds).\(fraction) s"
    }
}

extension Int {
    /// The number with its noun, such as `1 check` and `2 checks`.
    ///
    /// - Parameter noun: The noun of one, to which the plural adds an s.
    package func counting(_ noun: String) -> String {
        self == 1 ? "1 \(noun)" : "\(self) \(noun)s"
    }
}

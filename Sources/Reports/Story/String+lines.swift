extension String {
    /// The text's lines; a carriage return in front of a line feed belongs to the break.
    var lines: [String] {
        // Bytes, because a carriage return and a line feed are one character.
        utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(line.last == 0x0D ? Substring(line.dropLast()) : Substring(line))
        }
    }
}

/// A place in a text file, counted the way an editor counts.
///
/// Lines and columns start at 1; columns count Unicode scalars. Both are stored in 32 bits, so a position costs eight
/// bytes wherever a value keeps one; a number outside `1...UInt32.max` is brought to the nearer end.
public struct SourcePosition: Hashable, Comparable, Sendable {
    private var storedLine: UInt32
    private var storedColumn: UInt32

    /// Makes a position from a 1-based line and a 1-based column in Unicode scalars.
    public init(line: Int, column: Int) {
        storedLine = UInt32(clamping: max(1, line))
        storedColumn = UInt32(clamping: max(1, column))
    }

    /// The line, from 1.
    public var line: Int {
        get { Int(storedLine) }
        set { storedLine = UInt32(clamping: max(1, newValue)) }
    }

    /// The column in Unicode scalars, from 1.
    public var column: Int {
        get { Int(storedColumn) }
        set { storedColumn = UInt32(clamping: max(1, newValue)) }
    }

    /// Orders positions as they follow one another in the file.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.storedLine, left.storedColumn) < (right.storedLine, right.storedColumn)
    }
}

internal import SourceDiagnostics

/// Where the anchor, the tag and the content of one node stand in the source.
///
/// libyaml gives one mark for all three, that of the first.
struct NodeProperties {
    private(set) var tag: SourcePosition?
    private(set) var content: SourcePosition

    /// Reads on from the node's first character; `isEmpty` says that nothing follows the anchor and the tag.
    init(startingAt start: SourcePosition, isEmpty: Bool, walker: inout SourceWalker) {
        walker.advance(to: start)
        content = start
        while let byte = walker.byte {
            switch byte {
            case UInt8(ascii: "&"):
                Self.skipWord(&walker)
            case UInt8(ascii: "!"):
                tag = walker.position
                Self.skipWord(&walker)
            case UInt8(ascii: "#"):
                while let byte = walker.byte, byte != 0x0A, byte != 0x0D { walker.step() }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0A, 0x0D:
                walker.step()
            default:
                if !isEmpty { content = walker.position }
                return
            }
        }
    }

    private static func skipWord(_ walker: inout SourceWalker) {
        while let byte = walker.byte, ![0x20, 0x09, 0x0A, 0x0D].contains(byte) { walker.step() }
    }
}

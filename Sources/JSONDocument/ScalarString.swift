/// A string that is compared by its Unicode scalars, as JSON compares; `String` takes canonical equivalents as equal.
struct ScalarString: Hashable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: ScalarString, right: ScalarString) -> Bool {
        left.text.hasSameScalars(as: right.text)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8(0xFF))
    }
}

extension String {
    func hasSameScalars(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}

/// The members of a JSON object: in order, and no two of one name.
///
/// A list, because the order is kept and most objects have few members; where two objects with their members in
/// different orders are compared, a dictionary is made for that.
public struct JSONObject: Sendable, Hashable, RandomAccessCollection {
    /// A named value.
    public struct Member: Sendable, Hashable {
        /// The name, without quotes and escapes.
        public let name: String

        /// The value.
        public var value: JSONValue

        /// Pairs a name with a value.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }

        /// Whether names, by their scalars, and values are equal.
        public static func == (left: Member, right: Member) -> Bool {
            left.name.hasSameScalars(as: right.name) && left.value == right.value
        }

        /// Hashes the name and the value.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(ScalarString(name))
            hasher.combine(value)
        }
    }

    private var members: [Member]

    /// Makes an object; of two members of one name the later value takes the place of the earlier.
    public init(_ members: some Sequence<Member> = []) {
        self.members = []
        var places: [ScalarString: Int] = [:]
        for member in members {
            let name = ScalarString(member.name)
            if let place = places[name] {
                self.members[place] = member
            } else {
                places[name] = self.members.count
                self.members.append(member)
            }
        }
    }

    /// Takes members whose names are known to differ.
    init(distinct members: [Member]) {
        self.members = members
    }

    /// The value of that name; setting it keeps the member's place or appends, setting `nil` removes.
    public subscript(name: String) -> JSONValue? {
        get { place(of: name).map { members[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    private func place(of name: String) -> Int? {
        members.firstIndex { $0.name.hasSameScalars(as: name) }
    }

    /// The index of the first member.
    public var startIndex: Int { 0 }

    /// The index after the last member.
    public var endIndex: Int { members.count }

    /// The member at a place.
    public subscript(position: Int) -> Member { members[position] }

    /// Whether two objects have equal members, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        if left.members == right.members { return true }
        let byName = Dictionary(uniqueKeysWithValues: right.members.map { (ScalarString($0.name), $0.value) })
        return left.members.allSatisfy { byName[ScalarString($0.name)] == $0.value }
    }

    /// Hashes the members whatever their order.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members { sum &+= member.hashValue }
        hasher.combine(members.count)
        hasher.combine(sum)
    }
}

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

internal import Text

/// The options of a program's other commands, made when the first is asked for and kept.
struct ForeignOptions {
    /// How many names that begin alike are worth listing.
    private static let mostBeginnings = 8

    private let make: () -> [CommandShape]
    private lazy var commands = make()

    /// - Parameter commands: Makes the program's shown commands, in their order.
    init(_ commands: @escaping () -> [CommandShape]) {
        make = commands
    }

    /// The option with a name that other commands have, and their names.
    ///
    /// - Parameter name: As it was written, with its dashes.
    mutating func owners(of name: String) -> (shape: OptionShape, owners: [String])? {
        let found = commands.compactMap { command in
            command.table.options.first { $0.names.contains(name) }.map { (shape: $0, owner: command.name) }
        }
        return found.first.map { ($0.shape, found.map(\.owner)) }
    }

    /// What to write instead of a name that nothing knows: a name of the command's own, or else another command's.
    mutating func nearest(to name: String, of options: [OptionShape]) -> String? {
        let own = options + [.help, .version]
        if name.unicodeScalars.count <= 2 {
            // One letter is near any other; only its case can have been meant otherwise.
            return own.flatMap(\.names).first { $0 != name && $0.lowercased() == name.lowercased() }
        }
        let beginnings = own.flatMap(\.longNames).filter { name.utf8.count > 4 && $0.utf8.starts(with: name.utf8) }
        if (1...Self.mostBeginnings).contains(beginnings.count) { return beginnings.joined(asListWith: "or") }
        if let near = closestMatch(to: name, among: own.flatMap(\.longNames)) { return near }
        let others = commands.flatMap { $0.table.options.flatMap(\.longNames) }
        guard let near = closestMatch(to: name, among: others), let (_, owners) = self.owners(of: near) else {
            return nil
        }
        return "\(near), which belongs to \(owners.joined(asListWith: "and"))"
    }
}

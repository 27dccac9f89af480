import Checks
import Text

extension ReportMerge {
    /// What is wrong with the pieces of one suite.
    static func problems(_ pieces: [Piece]) -> [String] {
        guard let first = pieces.first else { return [] }
        let problems = pieces.dropFirst().compactMap { difference(between: first, and: $0) }
        // Pieces of different things overlap and leave gaps in ways that tell nothing.
        guard problems.isEmpty else { return problems }
        let gaps = pieces.compactMap(incompleteness(of:)) + missingShards(pieces) + repeatedShards(pieces)
        return gaps.isEmpty ? foreignDivision(pieces) : gaps
    }

    /// Why parts that are all there do not make the whole, if they do not: another routecheck may divide otherwise.
    private static func foreignDivision(_ pieces: [Piece]) -> [String] {
        var holders: [Int: Int] = [:]
        for (number, piece) in pieces.enumerated() {
            for result in piece.suite.results {
                let holder = holders.updateValue(number, forKey: result.index) ?? number
                guard holder != number else { continue }
                return ["\(pieces[holder].input) and \(piece.input) both hold the check \"\(result.name)\"."]
            }
        }
        guard let suite = pieces.first?.suite, let total = suite.plan?.total else { return [] }
        let count = pieces.reduce(0) { $0 + $1.suite.results.count }
        guard count != total else { return [] }
        return [
            """
            \(pieces.map(\.input).joined(separator: ", ")) together hold \(count) of the \(total.counting("result")) of \
            \(suite.file).
            """
        ]
    }

    /// The suites that more than one group holds.
    static func repetitions(among groups: [[Piece]]) -> [String] {
        var seen: [[String]: Piece] = [:]
        var problems: [String] = []
        for piece in groups.compactMap(\.first) {
            let suite = piece.suite
            let key = [suite.plan?.fingerprint ?? "", suite.plan == nil ? suite.file : "", suite.serverURL]
            if let earlier = seen[key] {
                problems.append("\(earlier.title), and \(piece.title): the same checks would count twice.")
            } else {
                seen[key] = piece
            }
        }
        return problems
    }

    /// Why two pieces cannot be parts of one suite.
    private static func difference(between first: Piece, and other: Piece) -> String? {
        if first.shard?.count != other.shard?.count {
            return "\(first.title), but \(other.title): they divide the run differently."
        }
        if first.suite.plan?.fingerprint != other.suite.plan?.fingerprint {
            return """
                \(first.title), but \(other.title) with other checks: the job files, or what is selected from them, \
                differ.
                """
        }
        if first.suite.plan?.total != other.suite.plan?.total {
            return "\(first.title), but \(other.title) with another number of repeats."
        }
        if first.suite.serverURL != other.suite.serverURL {
            return """
                \(first.title) at \(first.suite.serverURL), but \(other.title) at \(other.suite.serverURL): they asked \
                different servers.
                """
        }
        return nil
    }

    private static func incompleteness(of piece: Piece) -> String? {
        guard let planned = piece.suite.plan?.planned, planned != piece.suite.results.count else { return nil }
        return "\(piece.title), and holds \(piece.suite.results.count) of its \(planned.counting("result"))."
    }

    private static func missingShards(_ pieces: [Piece]) -> [String] {
        guard let first = pieces.first, let count = first.shard?.count, count >= 1 else { return [] }
        let present = Set(pieces.compactMap(\.shard?.index))
        let missing = (1...count).filter { !present.contains($0) }
        guard !missing.isEmpty else { return [] }
        var names = missing.prefix(16).map { "\($0)/\(count)" }.joined(separator: ", ")
        if missing.count > 16 { names += " and \(missing.count - 16) more" }
        return [
            missing.count == 1
                ? "Shard \(names) of \(first.suite.file) is missing."
                : "Shards \(names) of \(first.suite.file) are missing."
        ]
    }

    private static func repeatedShards(_ pieces: [Piece]) -> [String] {
        var seen: [Int: Piece] = [:]
        var problems: [String] = []
        for piece in pieces {
            guard let shard = piece.shard else { continue }
            if let earlier = seen[shard.index] {
                problems.append("\(earlier.title), and so is \(piece.input): its checks would count twice.")
            } else {
                seen[shard.index] = piece
            }
        }
        return problems
    }
}

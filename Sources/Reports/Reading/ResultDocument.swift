import Checks
import HTTPVocabulary
import SourceDiagnostics

/// What the JSON report and the events say of a check that ended.
struct ResultDocument: Decodable {
    var index: Int
    var name: String
    var route: String
    var path: String
    var method: String
    var line: Int
    var column: Int
    var tags: [String]?
    var outcome: Named<Outcome>
    var allowFailure: WaiverDocument?
    var reason: String?
    var start: Seconds
    var duration: Seconds
    var attempts: [AttemptDocument]
    var identity: HashDocument?
    var fingerprint: HashDocument?

    struct WaiverDocument: Decodable {
        var reason: String?
        var until: String?

        var value: Waiver { Waiver(reason: reason, until: until.flatMap { CalendarDay($0) }) }
    }

    var value: CheckResult {
        let position = SourcePosition(line: line, column: column)
        var check = Check(name: name, route: route, path: path, position: position)
        check.method = HTTPMethod(rawValue: method) ?? .get
        check.tags = tags ?? []
        check.allowFailure = allowFailure.map(\.value)
        var result = CheckResult(of: check, index: index, outcome: outcome.value, reason: reason)
        result.attempts = attempts.map(\.value)
        result.start = start.duration
        result.duration = duration.duration
        if let name = identity?.value, let fingerprint = fingerprint?.value {
            result.identity = CheckIdentity(name: name, fingerprint: fingerprint)
        }
        return result
    }
}

/// What the JSON report and the events say of an attempt.
struct AttemptDocument: Decodable {
    var number: Int
    var start: Seconds
    var duration: Seconds
    var outcome: Named<Outcome>
    var status: Int?
    var bodySize: Int?
    var phases: PhasesDocument?
    var fault: FaultDocument?
    var mismatches: [MismatchDocument]?
    var evidence: EvidenceDocument?

    struct PhasesDocument: Decodable {
        var nameLookup: Seconds
        var connect: Seconds
        var tlsHandshake: Seconds
        var firstByte: Seconds
        var total: Seconds

        var value: Phases {
            var phases = Phases()
            phases.nameLookup = nameLookup.duration
            phases.connect = connect.duration
            phases.tlsHandshake = tlsHandshake.duration
            phases.firstByte = firstByte.duration
            phases.total = total.duration
            return phases
        }
    }

    struct MismatchDocument: Decodable {
        var kind: Named<Mismatch.Kind>
        var location: String?
        var expected: String
        var actual: String
        var excerpt: [String]?

        var value: Mismatch {
            Mismatch(kind.value, location: location, expected: expected, actual: actual, excerpt: excerpt ?? [])
        }
    }

    struct EvidenceDocument: Decodable {
        var request: String
        var headers: [String]
        var body: String?
        var bodyCut: Bool?
        var answerOmitted: Bool?

        var value: Evidence {
            Evidence(
                request: request,
                headers: headers,
                bodyExcerpt: body,
                isExcerptCut: bodyCut ?? false,
                isAnswerOmitted: answerOmitted ?? false
            )
        }
    }

    var value: Attempt {
        var attempt = Attempt(
            number: number,
            start: start.duration,
            duration: duration.duration,
            outcome: outcome.value
        )
        attempt.status = status
        attempt.bodySize = bodySize
        attempt.phases = phases?.value
        attempt.fault = fault?.value
        attempt.mismatches = mismatches?.map(\.value) ?? []
        attempt.evidence = evidence?.value
        return attempt
    }
}

/// What the JSON report and the events say of a fault.
struct FaultDocument: Decodable {
    var layer: Named<Layer>
    var code: String
    var message: String
    var certainty: Named<Certainty>
    var evidence: [String]?

    var value: Fault {
        Fault(
            layer: layer.value,
            code: code,
            message: message,
            certainty: certainty.value,
            evidence: evidence ?? []
        )
    }
}

/// A value that is written as one of its type's names.
struct Named<Value: RawRepresentable>: Decodable where Value.RawValue == String {
    var value: Value

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Value(rawValue: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "unknown name")
        }
        self.value = value
    }
}

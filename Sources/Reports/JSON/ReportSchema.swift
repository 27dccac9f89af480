/// The JSON Schema (draft 2020-12) of what ``JSONRenderer`` writes.
public enum ReportSchema {
    /// The schema's text, ending with a line feed.
    public static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "routecheck report",
          "description": "One run of routecheck. Durations and starts are seconds, starts count from the start of the run, moments are UTC. Readers ignore keys that they do not know; a change they would misread raises version.",
          "type": "object",
          "required": ["format", "version", "tool", "startedAt", "duration", "ending", "counts", "suites"],
          "additionalProperties": false,
          "properties": {
            "format": {"const": "routecheck-report"},
            "version": {"const": 1},
            "tool": {
              "type": "object",
              "required": ["name", "version"],
              "additionalProperties": false,
              "properties": {"name": {"const": "routecheck"}, "version": {"type": "string"}}
            },
            "startedAt": {"$ref": "#/$defs/moment"},
            "duration": {"$ref": "#/$defs/seconds"},
            "ending": {
              "description": "How the run ended; signal is there for interrupted only. unfinished: it is going on, or broke off without a word; invalid-input: nothing ran, since a job file or a report to read is invalid. Neither says anything of the checks.",
              "type": "object",
              "required": ["kind"],
              "additionalProperties": false,
              "properties": {
                "kind": {
                  "enum": [
                    "completed", "interrupted", "deadline", "max-failures", "server-unusable", "unfinished",
                    "invalid-input"
                  ]
                },
                "signal": {"type": "integer"}
              }
            },
            "verdict": {
              "description": "What the run amounts to, with the options it was reported with; reports of older versions lack it.",
              "enum": ["passed", "failed", "incomplete", "nothing-checked"]
            },
            "shard": {
              "description": "Which part of the checks ran, if only a part did; index counts from 1.",
              "type": "object",
              "required": ["index", "count"],
              "additionalProperties": false,
              "properties": {
                "index": {"type": "integer", "minimum": 1},
                "count": {"type": "integer", "minimum": 1}
              }
            },
            "seed": {
              "description": "What the order of the checks was shuffled with, in decimal.",
              "type": "string",
              "pattern": "^[0-9]+$"
            },
            "repeats": {
              "description": "How often each check ran, if more than once; its results stand beside each other.",
              "type": "integer",
              "minimum": 2
            },
            "counts": {"$ref": "#/$defs/counts"},
            "suites": {"type": "array", "items": {"$ref": "#/$defs/suite"}}
          },
          "$defs": {
            "moment": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"},
            "seconds": {"type": "number", "minimum": 0},
            "count": {"type": "integer", "minimum": 0},
            "hash": {"description": "64 bits in decimal.", "type": "string", "pattern": "^[0-9]{1,20}$"},
            "texts": {"type": "array", "items": {"type": "string"}},
            "outcome": {"enum": ["passed", "failed", "error", "skipped", "not-run"]},
            "counts": {
              "description": "passed includes flaky; failed and error include allowed.",
              "type": "object",
              "required": ["total", "passed", "flaky", "failed", "error", "allowed", "skipped", "notRun"],
              "additionalProperties": false,
              "properties": {
                "total": {"$ref": "#/$defs/count"},
                "passed": {"$ref": "#/$defs/count"},
                "flaky": {"$ref": "#/$defs/count"},
                "failed": {"$ref": "#/$defs/count"},
                "error": {"$ref": "#/$defs/count"},
                "allowed": {"$ref": "#/$defs/count"},
                "skipped": {"$ref": "#/$defs/count"},
                "notRun": {"$ref": "#/$defs/count"}
              }
            },
            "suite": {
              "description": "What came of one job file; results are in the job file's order.",
              "type": "object",
              "required": ["name", "file", "server", "startedAt", "duration", "counts", "results"],
              "additionalProperties": false,
              "properties": {
                "name": {"type": "string"},
                "file": {"type": "string"},
                "description": {"type": "string"},
                "server": {
                  "type": "object",
                  "required": ["url"],
                  "additionalProperties": false,
                  "properties": {
                    "url": {"type": "string"},
                    "version": {"type": "string"},
                    "fault": {"$ref": "#/$defs/fault"}
                  }
                },
                "warnings": {
                  "description": "What was noticed of the server that may matter to its checks, each a sentence.",
                  "type": "array",
                  "items": {"type": "string"},
                  "minItems": 1
                },
                "startedAt": {"$ref": "#/$defs/moment"},
                "plan": {
                  "description": "fingerprint stands for the job file and the checks selected from it, whatever the shard; planned is how many results this report is to hold, total how many those of all shards hold together.",
                  "type": "object",
                  "required": ["fingerprint", "planned", "total"],
                  "additionalProperties": false,
                  "properties": {
                    "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                    "planned": {"$ref": "#/$defs/count"},
                    "total": {"$ref": "#/$defs/count"},
                    "selection": {
                      "description": "What the checks were selected by: tags, names and lastFailed as --tags, --name and --last-failed had it; nothingFailed says that nothing of it had failed in that report, so that none was left to run; only says that checks marked so kept others from running, which are here as skipped. Left out if all checks of the job file were meant, and by older versions.",
                      "type": "object",
                      "required": ["only"],
                      "additionalProperties": false,
                      "properties": {
                        "only": {"type": "boolean"},
                        "tags": {"type": "string"},
                        "names": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                        "lastFailed": {"type": "string"},
                        "nothingFailed": {"type": "boolean"}
                      }
                    }
                  }
                },
                "identity": {
                  "description": "Hashes of the job file's path, the suite's name as shown, and the server's URL, which redaction does not touch; older versions lack it.",
                  "type": "object",
                  "required": ["file", "name", "server"],
                  "additionalProperties": false,
                  "properties": {
                    "file": {"$ref": "#/$defs/hash"},
                    "name": {"$ref": "#/$defs/hash"},
                    "server": {"$ref": "#/$defs/hash"}
                  }
                },
                "duration": {"$ref": "#/$defs/seconds"},
                "counts": {"$ref": "#/$defs/counts"},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}}
              }
            },
            "result": {
              "description": "How one check ended. index is its place in the job file, from 0; line and column are its position there, from 1; flaky is there, and true, if it passed after an attempt that had not; allowFailure is there if a failure does not fail the run; reason says why it was skipped or not run. identity is a hash of the check's name and row, the same from run to run, also where the name had to be hidden; fingerprint is one of what the check asks and expects. No secret's value is in either. Older versions lack both.",
              "type": "object",
              "required": [
                "index", "name", "route", "path", "method", "line", "column", "outcome", "start", "duration", "attempts"
              ],
              "additionalProperties": false,
              "properties": {
                "index": {"$ref": "#/$defs/count"},
                "name": {"type": "string"},
                "route": {"type": "string"},
                "path": {"type": "string"},
                "method": {"type": "string"},
                "identity": {"$ref": "#/$defs/hash"},
                "fingerprint": {"$ref": "#/$defs/hash"},
                "line": {"type": "integer", "minimum": 1},
                "column": {"type": "integer", "minimum": 1},
                "tags": {"$ref": "#/$defs/texts"},
                "outcome": {"$ref": "#/$defs/outcome"},
                "flaky": {"const": true},
                "allowFailure": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {"reason": {"type": "string"}, "until": {"type": "string", "format": "date"}}
                },
                "reason": {"type": "string"},
                "start": {"$ref": "#/$defs/seconds"},
                "duration": {"$ref": "#/$defs/seconds"},
                "attempts": {"type": "array", "items": {"$ref": "#/$defs/attempt"}}
              }
            },
            "attempt": {
              "description": "One request. status and bodySize (bytes) are there if an answer came; fault, mismatches and evidence unless it passed.",
              "type": "object",
              "required": ["number", "start", "duration", "outcome"],
              "additionalProperties": false,
              "properties": {
                "number": {"type": "integer", "minimum": 1},
                "start": {"$ref": "#/$defs/seconds"},
                "duration": {"$ref": "#/$defs/seconds"},
                "outcome": {"$ref": "#/$defs/outcome"},
                "status": {"type": "integer"},
                "bodySize": {"$ref": "#/$defs/count"},
                "phases": {
                  "description": "When each phase ended, counted from the attempt's start; 0 for one that did not happen.",
                  "type": "object",
                  "required": ["nameLookup", "connect", "tlsHandshake", "firstByte", "total"],
                  "additionalProperties": false,
                  "properties": {
                    "nameLookup": {"$ref": "#/$defs/seconds"},
                    "connect": {"$ref": "#/$defs/seconds"},
                    "tlsHandshake": {"$ref": "#/$defs/seconds"},
                    "firstByte": {"$ref": "#/$defs/seconds"},
                    "total": {"$ref": "#/$defs/seconds"}
                  }
                },
                "fault": {"$ref": "#/$defs/fault"},
                "mismatches": {"type": "array", "items": {"$ref": "#/$defs/mismatch"}},
                "evidence": {
                  "description": "What was sent and what came; body is the beginning of a text body, bodyCut says that it goes on; answerOmitted says that so many checks failed that this answer was left out.",
                  "type": "object",
                  "required": ["request", "headers"],
                  "additionalProperties": false,
                  "properties": {
                    "request": {"type": "string"},
                    "headers": {"$ref": "#/$defs/texts"},
                    "body": {"type": "string"},
                    "bodyCut": {"const": true},
                    "answerOmitted": {"const": true}
                  }
                }
              }
            },
            "fault": {
              "description": "Who is at fault; code is stable between releases, message is a sentence for a person.",
              "type": "object",
              "required": ["layer", "code", "message", "certainty"],
              "additionalProperties": false,
              "properties": {
                "layer": {"enum": ["job", "network", "proxy", "dhis2", "route", "upstream"]},
                "code": {"type": "string"},
                "message": {"type": "string"},
                "certainty": {"enum": ["certain", "likely", "possible"]},
                "evidence": {"$ref": "#/$defs/texts"}
              }
            },
            "mismatch": {
              "description": "One expectation that did not hold.",
              "type": "object",
              "required": ["kind", "expected", "actual"],
              "additionalProperties": false,
              "properties": {
                "kind": {
                  "enum": ["status", "from", "header", "content-type", "body", "json", "max-duration", "max-size"]
                },
                "location": {"type": "string"},
                "expected": {"type": "string"},
                "actual": {"type": "string"},
                "excerpt": {"$ref": "#/$defs/texts"}
              }
            }
          }
        }

        """#
}

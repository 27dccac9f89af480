"""Writes a JSON report whose texts readers of other formats could take for something else.

hostile_texts.py REPORT >NEW-REPORT

Each check of REPORT is there once for each text, with it as its name, its reasons and what a target answered.
"""

import copy
import json
import sys

TEXTS = [
    "# SKIP not really", "#TODO later", "a # todo b", "a \\# skip b", "a \\\\# SKIP", "ends with #", "ends with \\",
    "opens {", "opens { ", "braces {id} inside", "1..3", "ok 1 - forged", "- - -", "Bail out! now", "pragma +strict",
    "line\nfeed # SKIP", "tab\there", "# time=5ms", "control \x1b[31m\x00\x07\x7f", "\u202eoverride \u2028\x85\ufeff",
    "späte prüfung Ministère 漢字 🙂", "\u00a0no-break\u00a0", "'single' \"double\"", "long " * 500, "...", "---", "|",
    '"quoted" back\\slash\nfeed', '{__name__="up"} 1', "<b>&amp;</b>", "%0A::error::x", "~", " ", "\x01" * 2_500,
]


def with_text(result, text):
    result = copy.deepcopy(result)
    result["name"] = text
    if "reason" in result:
        result["reason"] = text
    if "allowFailure" in result:
        result["allowFailure"]["reason"] = text
    for attempt in result.get("attempts", []):
        if "fault" in attempt:
            attempt["fault"]["message"] = text
        if "evidence" in attempt:
            attempt["evidence"]["request"] = text
        for mismatch in attempt.get("mismatches", []):
            mismatch["actual"] = text
            mismatch["excerpt"] = [text, "..."]
    return result


report = json.load(open(sys.argv[1], encoding="utf-8"))
report.pop("shard", None)
for suite in report["suites"]:
    suite.pop("plan", None)
    suite["results"] = [with_text(result, text) for result in suite["results"] for text in TEXTS]
    for index, result in enumerate(suite["results"]):
        result["index"] = index
json.dump(report, sys.stdout)

"""Validates reports with public parsers: see validate-reports, which calls this."""

import base64
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

import html5lib
import jsonschema
import junitparser
import tap.parser as tap_py
from prometheus_client.parser import text_string_to_metric_families


def check(condition, message):
    if not condition:
        sys.exit(f"invalid: {message}")


def junit(path):
    document = junitparser.JUnitXml.fromfile(str(path))
    cases = [case for suite in document for case in suite]
    names = [(case.classname, case.name) for case in cases]
    check(len(set(names)) == len(names), f"{path}: names are not unique within their class")
    failures = errors = 0
    for suite in document:
        kinds = [type(result).__name__ for case in suite for result in case.result]
        check(kinds.count("Failure") == suite.failures, f"{path}: failures of {suite.name}")
        check(kinds.count("Error") == suite.errors, f"{path}: errors of {suite.name}")
        check(kinds.count("Skipped") == suite.skipped, f"{path}: skipped of {suite.name}")
        failures += suite.failures
        errors += suite.errors
    check((document.tests, document.failures, document.errors) == (len(cases), failures, errors), f"{path}: counts")
    types = [result.type or "" for case in cases for result in case.result]
    # A run that has not passed although no check failed is a test case of its own.
    runs = sum(type.startswith("run.") and type != "run.NotRun" for type in types)
    return {"total": len(cases) - runs, "failing": failures + errors - types.count("run.NotRun") - runs}


def report_json(path, schema):
    document = json.loads(path.read_bytes())
    if schema is not None:
        jsonschema.Draft202012Validator(schema).validate(document)
    counts = document["counts"]
    results = [result for suite in document["suites"] for result in suite["results"]]
    outcomes = [result["outcome"] for result in results]
    check(counts["total"] == len(results), f"{path}: total")
    for key, outcome in [("passed", "passed"), ("failed", "failed"), ("error", "error"), ("notRun", "not-run")]:
        check(counts[key] == outcomes.count(outcome), f"{path}: {key}")
    return {"total": len(results), "failing": counts["failed"] + counts["error"] - counts["allowed"]}


def ctrf(path, schema):
    document = json.loads(path.read_bytes())
    if schema is not None:
        jsonschema.Draft7Validator(schema).validate(document)
    summary = document["results"]["summary"]
    statuses = [test["status"] for test in document["results"]["tests"]]
    for status in ["passed", "failed", "skipped", "pending", "other"]:
        check(summary[status] == statuses.count(status), f"{path}: {status}")
    check(set(summary.get("extra", {})) <= {"routecheck"}, f"{path}: extras without a namespace")
    tests = document["results"]["tests"]
    not_run = sum(test.get("rawStatus") == "not-run" for test in tests)
    # Checks have a file; a run that has not passed although no check failed is a test of its own, and has none.
    runs = sum("filePath" not in test for test in tests)
    return {"total": summary["tests"] - runs, "failing": summary["failed"] - not_run - runs}


def ndjson(path):
    events = [json.loads(line) for line in path.read_bytes().decode().split("\n")[:-1]]
    check(events[0]["event"] == "run-started", f"{path}: the first event")
    results = [event["result"] for event in events if event["event"] == "check-finished"]
    failing = [r for r in results if r["outcome"] in ("failed", "error") and "allowFailure" not in r]
    return {"total": len(results), "failing": len(failing)}


# Prints what Perl's own reader made of each test point, and dies of a parse error.
PERL_READER = """
use TAP::Parser; binmode STDOUT, ":utf8";
my $parser = TAP::Parser->new({exec => ["cat", $ARGV[0]]});
while (my $r = $parser->next) {
    die "unknown line: ", $r->raw if $r->is_unknown;
    print join(" ", $r->number, map({ $_ ? 1 : 0 } $r->is_actual_ok, $r->has_skip, $r->has_todo)), "\\n" if $r->is_test;
}
die join("; ", $parser->parse_errors) if !defined $parser->tests_planned or grep !/^Bad plan/, $parser->parse_errors;
"""


def tap(path):
    text = path.read_text(encoding="utf-8")
    lines = list(tap_py.Parser().parse_text(text))
    points = [line for line in lines if line.category == "test"]
    plan = next(line for line in lines if line.category == "plan")
    bails = any(line.category == "bail" for line in lines)
    check(not [line for line in lines if line.category == "unknown"], f"{path}: unknown lines")
    check(plan.expected_tests == len(points), f"{path}: plan")
    check([point.number for point in points] == list(range(1, len(points) + 1)), f"{path}: numbers")
    check(all(point.yaml_block for point in points if not point.ok), f"{path}: a failure without a YAML block")
    read = [(point.number, point.ok, point.skip, point.todo) for point in points]
    is_good = not bails and all(ok or todo for _, ok, _, todo in read)

    perl = subprocess.run(["perl", "-e", PERL_READER, path], capture_output=True, text=True)
    check(perl.returncode == 0, f"{path}: TAP::Parser says: {perl.stderr}")
    rows = [tuple(map(int, line.split())) for line in perl.stdout.splitlines()]
    check(rows == [tuple(map(int, point)) for point in read], f"{path}: TAP::Parser and tap.py differ")

    prove = subprocess.run(["prove", "--exec", "cat", path], capture_output=True, text=True)
    check((prove.returncode == 0) == is_good, f"{path}: prove says: {prove.stdout}{prove.stderr}")
    check("Parse errors" not in prove.stdout, f"{path}: prove says: {prove.stdout}")

    # A Node.js that is not Debian's does not look where Debian's modules are.
    environment = dict(os.environ, NODE_PATH="/usr/share/nodejs")
    with path.open() as file:
        node = subprocess.run(["tap-parser", "--json"], stdin=file, env=environment, capture_output=True, text=True)
    check(node.stdout, f"{path}: tap-parser says: {node.stderr}")
    events = json.loads(node.stdout)
    kinds = [event[0] for event in events]
    check(not {"extra", "child"} & set(kinds), f"{path}: tap-parser found {kinds}")
    asserts = [event[1] for event in events if event[0] == "assert"]
    rows = [(a["id"], a["ok"], bool(a.get("skip")), bool(a.get("todo"))) for a in asserts]
    check(rows == read, f"{path}: tap-parser and tap.py differ")
    check(all("message" in a["diag"] for a in asserts if not a["ok"]), f"{path}: a failure without a message")
    check(events[-1][0] == "complete" and events[-1][1]["ok"] == is_good, f"{path}: tap-parser's verdict")
    return {"total": len(points), "failing": sum(not point.ok and not point.todo for point in points)}


def prometheus(path):
    with path.open() as file:
        promtool = subprocess.run(["promtool", "check", "metrics"], stdin=file, capture_output=True, text=True)
    check(promtool.returncode == 0, f"{path}: promtool says: {promtool.stdout}{promtool.stderr}")
    families = {family.name: family for family in text_string_to_metric_families(path.read_text(encoding="utf-8"))}
    series = [(s.name, tuple(sorted(s.labels.items()))) for family in families.values() for s in family.samples]
    check(len(set(series)) == len(series), f"{path}: a series twice")
    check(all(family.type == "gauge" and family.documentation for family in families.values()), f"{path}: types")
    total = sum(sample.value for sample in families["routecheck_checks"].samples)
    return {"total": int(total)}


def html(path):
    text = path.read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(text)
    check(not re.search(r"\b(src|href|srcset|action)=|url\(|@import", text), f"{path}: refers to something outside")
    for script in re.findall(r"<script>(.*?)</script>", text, re.S):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        check(f"script-src &#39;sha256-{digest}" in text or f"script-src 'sha256-{digest}'" in text, f"{path}: digest")


def dom(path):
    """The document as the browser has it after its script ran."""
    document = html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    form = document.find(".//form[@class='filter']")
    if form is None:
        return
    check("hidden" not in form.attrib, f"{path}: the script did not run")
    rows = document.findall(".//table[@id='table']/tbody/tr")
    matches = document.find(".//output[@id='filter-count']").text
    check(matches == f"{len(rows)} of {len(rows)}", f"{path}: the filter says {matches}")
    check(document.find(".//table[@id='table']/thead/tr/th/button") is not None, f"{path}: no sorting")
    check(document.find(".//h1").text, f"{path}: no verdict")


def annotations(path):
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        check(re.match(r"::(error|warning|notice) [^\r]*::[^\r]+$", line), f"{path}: {line}")


def markdown(path):
    check(path.stat().st_size < 1024 * 1024, f"{path}: too large for a summary")


def encoding(path):
    text = path.read_text(encoding="utf-8")
    check(text.endswith("\n"), f"{path}: no line feed at the end")
    check(not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text), f"{path}: control characters")
    print(f"no reader for {path.name}: only its encoding was checked")


def main(folder, schemas):
    def schema(path):
        return json.loads(path.read_bytes()) if path.exists() else None

    own = schema(folder / "report.schema.json")
    published = schema(schemas / "ctrf.schema.json")
    if own is not None:
        jsonschema.Draft202012Validator.check_schema(own)
    counts = {}
    for path in sorted(folder.iterdir()):
        name = path.name
        if name.endswith(".xml"):
            counts[name] = junit(path)
        elif name.endswith(".ctrf.json"):
            counts[name] = ctrf(path, published)
        elif name.endswith(".schema.json"):
            continue
        elif name.endswith(".json"):
            counts[name] = report_json(path, own)
        elif name.endswith(".ndjson"):
            counts[name] = ndjson(path)
        elif name.endswith(".tap"):
            counts[name] = tap(path)
        elif name.endswith(".prom"):
            counts[name] = prometheus(path)
        elif name.endswith(".html"):
            html(path)
        elif name.endswith(".md"):
            markdown(path)
        elif name.startswith("annotations"):
            annotations(path)
        elif name.startswith(("report.", "demo.")) and not name.endswith((".png", ".txt")):
            encoding(path)
    for key in ["total", "failing"]:
        values = {name: count[key] for name, count in counts.items() if key in count}
        check(len(set(values.values())) <= 1, f"the reports disagree on {key}: {values}")


if sys.argv[1] == "--dom":
    dom(pathlib.Path(sys.argv[2]))
else:
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))

"""What was at fault in recorded answers that say nothing of it themselves: those to questions, and those through nginx.

A rule is (kind of file, pattern of the case's name, layer). The first that fits counts; what no rule fits is not played.
Only answers to runs of routes are played, and only those with an error: the rest say nothing of who is at fault.
"""

import re

RULES = [
    # Tokens. A password or none at all is refused before the run only: in a session DHIS2 does not look at it again.
    ("ask-auth", r"(pat|b?cookie\+\w+-pat)", "dhis2"),
    # The client sends no prefix of a version.
    ("ask-misc", r"run-v\d+$", None),
    ("ask-misc", r"run-", "route"),
    ("ask-misc", r"plain-slash", "route"),
    # What Tomcat, Spring's firewall or DHIS2 refuse in a path or a query, which the client never sends so.
    ("ask-misc", r"(path|rawq)-", "job|route"),
    ("ask-misc", r"neg-401", "dhis2"),
    ("ask-misc", r"(neg|ext)-", "route"),
    ("ask-misc", r"post-multipart-broken", "job"),
    ("ask-more", r"query\+", "route"),
    ("ask-more", r"auth-", "route"),
    ("nginx", r"ngx-(504|413|502|503|forged|longurl)", "proxy"),
    ("nginx", r"ngx-(double|dots)", "job"),
    ("nginx", r"ngx-stripped-404", "route"),
    ("nginx", r"ngx-upstream", "upstream"),
]

# nginx passes on that Tomcat has no reason phrase, and writes one into its own errors; the recordings have no status lines.
PHRASES = {413: "Request Entity Too Large", 414: "Request-URI Too Large", 502: "Bad Gateway",
           503: "Service Temporarily Unavailable", 504: "Gateway Time-out"}  # fmt: skip

TARGETS = {"t-refused": "http://127.0.0.1:9104/**"}


def cases(file, recorded):
    """The cases of a file of questions, made to look like those of a check, with what was at fault."""
    kind = re.match(r"(ask-\w+|nginx)", file)
    for case in recorded:
        method, target = (case.get("request") or "- -").split(" ", 1)
        run = re.match(r"/api/(?:\d+/)?routes/([^/?]+)/run(?:/([^?]*))?", target)
        truth = kind and next((layer for name, pattern, layer in RULES if name == kind[1] and re.match(pattern, case["case"])), None)
        if not run or not truth or case["status"] < 300 or method not in ("GET", "POST", "HEAD"):
            continue
        accept = next((line.split(": ", 1)[1] for line in case.get("sent") or [] if line.lower().startswith("accept: ")), None)
        ending = re.search(r"\.\w+$", run[2] or "")
        yield dict(
            case,
            method=method,
            # The client cannot send most of these paths; what DHIS2 made of them is in the answer.
            path="a" + ending[0] if ending else "",
            params=[["a", "1"]] if run[1] == "t-query" else [],
            accept=accept,
            route={
                "code": run[1],
                "url": TARGETS.get(run[1], "http://127.0.0.1:9101/**"),
                "listed": run[1] != "t-nowhere",
                **({"auth": {"type": "api-query-params"}} if run[1] == "t-query" else {}),
            },
            truth=truth,
            phrase=PHRASES.get(case["status"], "") if kind[1] == "nginx" and truth == "proxy" else "",
        )

"""The DHIS2 servers that were recorded, as a configuration of routecheck's simulator, and the requests that they got.

The users, tokens, routes and targets are those that the recordings were made with. What the recordings do not have of a
request, such as its credentials, is told from the case's name or from what the target got.
"""

import base64
import json
import re
import zlib

AUTHORITY = "ROUTECHECK_RUN"


def token(seed):
    """A personal access token with the right checksum, as the simulator has them."""
    code = ("%s" % seed).ljust(44, "x")
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    value, checksum = zlib.crc32(code.encode()), ""
    for _ in range(6):
        value, digit = divmod(value, 62)
        checksum = digits[digit] + checksum
    return "d2p_" + code + checksum


GOOD = token("good")
UNKNOWN = token("nobodyHasThis")

USERS = [
    {"username": "admin", "password": "Admin-1", "authorities": ["ALL"]},
    {"username": "checker", "password": "Checker-1", "authorities": [AUTHORITY]},
    # The recorded server still took the token of a user who had been disabled a moment ago.
    {"username": "gone", "password": "Gone-1"},
    {"username": "disabled", "password": "Gone-1", "obstacle": "disabled"},
]

TOKENS = [
    {"token": GOOD, "username": "checker"},
    {"token": token("gone"), "username": "gone"},
    {"token": token("post"), "username": "checker", "methods": ["POST"]},
    {"token": token("address"), "username": "checker", "addresses": ["192.0.2.1"]},
    {"token": token("referrer"), "username": "checker", "referrers": ["https://allowed.example.org"]},
    {"token": token("expired"), "username": "checker", "state": "expired"},
]

# The case's name: the token that it used. All others used one that works.
CASE_TOKENS = {
    "pat-unknown": UNKNOWN,
    "cookie+wrong-pat": UNKNOWN,
    "bcookie+wrong-pat": UNKNOWN,
    "neg-401-csv": UNKNOWN,
    "pat-bad-checksum": GOOD[:-1] + "0",
    "cookie+malformed-pat": GOOD[:-1] + "0",
    "pat-malformed-short": "d2p_short",
    "pat-of-gone-before": token("gone"),
    "pat-disabled-user": token("gone"),
    "pat-method-get-refused": token("post"),
    "pat-method-post-ok": token("post"),
    "pat-ip-refused": token("address"),
    "pat-ip-forged": token("address"),
    "pat-referrer-refused": token("referrer"),
    "pat-expired": token("expired"),
}

# The same for names and passwords.
CASE_PASSWORDS = {
    "basic-wrong": "checker:wrong",
    "basic-wrong-me": "checker:wrong",
    "cookie+wrong-basic": "checker:wrong",
    "bcookie+wrong-basic": "checker:wrong",
    "basic-unknown-user": "nobody:wrong",
    "basic-disabled-user": "disabled:Gone-1",
    "get-uid-basic-auth-route": "admin:Admin-1",
    "get-uid-oauth": "admin:Admin-1",
    "get-uid-query": "admin:Admin-1",
}

# Where a cookie came from that a case sent.
CASE_COOKIES = {"cookie+": "cookie-new", "cookie-alone": "cookie-new", "bcookie": "cookie-basic-new", "expired-": "get-cookie"}

# The bodies that cannot be told from what the target got.
CASE_BODIES = {
    "post-multipart": b"--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n"
    b"Content-Type: text/plain\r\n\r\nhello\r\n--B--\r\n",
    "post-multipart-broken": b"--B\r\n\r\n",
    "post-form": b"a=1&b=2",
    "form": b"a=1&b=2",
    "form-charset": b"a=1&b=2",
    "post-big": b"x" * 3_000_000,
    "ngx-413": b"x" * 2_000_000,
}


def target_json(status):
    return '{"from": "target", "status": %d}' % status


def page(text):
    return "<html><head><title>%s</title></head><body>hi</body></html>" % text


def targets(statuses):
    """The loopback server behind most routes, by its paths."""
    json_type = "application/json"
    half = {"fails": "broke-off", "type": json_type, "body": '{"half":', "announced-length": 100}
    paths = {
        # What is not named tells what it got.
        "*": {"echo": True},
        "gzip": {"body": '{"packed":"gzip"}', "type": json_type, "compressed": True},
        "deflate": {"body": '{"packed":"deflate"}', "type": json_type, "compressed": True},
        "br": {"base64": base64.b64encode(b'\x8b\x05\x80{"a":1}\x03').decode(), "type": json_type},
        "encoding-utf8": {"body": '{"a": 1}', "type": json_type, "headers": {"Content-Encoding": "UTF-8"}},
        "noct": {"body": "plain", "type": None},
        "bom": {"body": '\ufeff{"a":1}', "type": json_type},
        "early": {"body": '{"early": true}', "type": json_type, "early-hints": True},
        "http10": {"body": '{"old":true}', "type": json_type, "chunked": True},
        "closing": {"body": '{"closing": true}', "type": json_type},
        "drip/20/50": {"body": "x" * 20, "type": "text/plain"},
        # Each byte comes within the route's time.
        "drip/6/600": {"body": "x" * 6, "type": "text/plain"},
        "sleep/3": {"body": '{"slept": "3"}', "type": json_type, "delay-ms": 3000},
        "sleep/4": {"body": '{"slept": "4"}', "type": json_type, "delay-ms": 4000},
        "huge/1000000": {"body": "[" + "1," * 499_999 + "1]", "type": json_type},
        "stall/4": dict(half, ending="stalls"),
        "reset-mid": dict(half, ending="resets"),
        "truncate": dict(half, ending="closes"),
        "reset-before": {"fails": "reset"},
        "close-before": {"fails": "closes"},
        # A name that is not a number ended the recorded target's thread.
        "status/404.xml": {"fails": "closes"},
        "badchunk": {"fails": "bad-chunk", "line": "zz"},
        "garbage": {"fails": "garbage", "line": "SSH-2.0-OpenSSH_9.2"},
        "ct/text/plain": {"base64": base64.b64encode(b"text \xe9").decode(), "type": "text/plain"},
        "ct/application/xml": {"base64": base64.b64encode(b"text \xe9").decode(), "type": "application/xml"},
    }
    paths["br"]["headers"] = {"Content-Encoding": "br"}
    fields = {
        "ETag": '"e1"',
        "Last-Modified": "Wed, 21 Oct 2015 07:28:00 GMT",
        "Cache-Control": "max-age=60",
        "Expires": "Wed, 21 Oct 2065 07:28:00 GMT",
        "Content-Language": "fr",
        "Location": "http://elsewhere.example.org/",
        "Retry-After": "7",
        "WWW-Authenticate": "Bearer",
        "Set-Cookie": "target=1",
        "Server": "target",
    }
    for status in statuses:
        answer = {"status": status, "type": json_type}
        paths["status/%d" % status] = dict(answer, body=target_json(status))
        paths["empty/%d" % status] = {"status": status}
        paths["html/%d" % status] = {"status": status, "type": "text/html", "body": page("Target page")}
        paths["tomcat/%d" % status] = {
            "status": status,
            "type": "text/html;charset=utf-8",
            "body": '<!doctype html><html lang="en"><head><title>HTTP Status %d – X</title></head>'
            "<body><h1>HTTP Status %d</h1></body></html>" % (status, status),
        }
        paths["fields/%d" % status] = dict(answer, body='{"a": 1}', headers=fields)
        if 300 <= status < 400:
            paths["redirect/%d" % status] = {
                "redirect": "http://127.0.0.1:1/",
                "status": status,
                "headers": {"Content-Type": json_type},
                "then": {"fails": "refused"},
            }
    paths["fields"] = {"type": json_type, "body": '{"a": 1}', "headers": fields}
    return {"paths": paths}


def routes(statuses, uids, unreadable):
    """The routes of the recorded server, in the order of their creation."""
    address = "http://127.0.0.1:9101"
    wild, plain = targets(statuses), {"body": target_json(200), "type": "application/json"}
    echo = {"echo": True}
    oauth = {"type": "oauth2-client-credentials", "client-id": "c", "token-uri": address + "/token"}
    made = {
        "t-any": {"url": address + "/**", "upstream": wild},
        "t-plain": {"url": address + "/status/200", "upstream": plain},
        "t-slash": {"url": address + "/echo/", "upstream": echo},
        "t-one": {"url": address + "/**", "upstream": wild, "response-timeout-seconds": 1},
        "t-refused": {"url": "http://127.0.0.1:9104/**", "upstream": {"fails": "refused"}},
        "t-dns": {"url": "http://no-such-host.invalid/**", "upstream": {"fails": "unresolvable"}},
        "t-tls": {"url": "https://127.0.0.1:9103/**", "upstream": {"fails": "tls"}},
        "t-tls-plain": {"url": "https://127.0.0.1:9101/**", "upstream": {"fails": "tls-timeout"}},
        "t-plain-tls": {"url": "http://127.0.0.1:9103/**", "upstream": {"fails": "closes"}},
        "t-hang": {
            "url": "http://127.0.0.1:9102/**",
            "upstream": {"fails": "timeout"},
            "response-timeout-seconds": 2,
        },
        "t-disabled": {"url": address + "/**", "disabled": True},
        "t-basic": {
            "url": address + "/**",
            "upstream": echo,
            "auth": {"type": "http-basic", "username": "up", "password": "pw-upstream"},
        },
        "t-token": {"url": address + "/**", "upstream": echo, "auth": {"type": "api-token", "token": "tok-upstream"}},
        "t-headers": {
            "url": address + "/**",
            "upstream": echo,
            "auth": {"type": "api-headers", "headers": {"X-Up": "hdr-upstream"}},
        },
        "t-query": {
            "url": address + "/**",
            "upstream": echo,
            "auth": {"type": "api-query-params", "query-params": {"key": "qry-upstream"}},
        },
        "t-extra": {
            "url": address + "/**",
            "upstream": echo,
            "headers": {"X-Route": "fixed", "Accept": "text/plain"},
        },
        "t-oauth": {"url": address + "/**", "upstream": echo, "auth": dict(oauth, token="tok-from-target")},
        "t-oauth-bad": {"url": address + "/**", "upstream": echo, "auth": oauth},
        "t-oauth-down": {"url": address + "/**", "upstream": echo, "auth": oauth},
        "t-not-allowed": {"url": "http://127.0.0.1:9105/**", "allow-listed": False, "upstream": echo},
        "t-forbidden": {"url": address + "/**", "public": False},
        "t-authority": {"url": address + "/**", "public": False, "authorities": [AUTHORITY], "upstream": echo},
        "t-hole": {"url": address + "/echo/{id}/items", "upstream": echo},
        "t,comma": {"url": address + "/status/200", "upstream": plain},
        "t space": {"url": address + "/status/200", "upstream": plain},
        "t:colon:": {"url": address + "/status/200", "upstream": plain},
        "[t]": {"url": address + "/status/200", "upstream": plain},
        "@t": {"url": address + "/status/200", "upstream": plain},
        "té": {"url": address + "/status/200", "upstream": plain},
        "abcdefghijk": {"url": address + "/status/200", "upstream": plain},
    }
    made["t-forbidden"]["uid"] = unreadable
    listed = []
    for code, route in made.items():
        if code in uids:
            route["uid"] = uids[code]
        elif route.get("public", True):
            continue
        listed.append(dict(route, code=code, name="R " + code))
    return listed


# How nginx stood in front, by the names of cases.
PROXIES = {
    "ngx-stripped-*": {"hides-marker": True},
    "ngx-forged-*": {"error-page": "<html><body>Our site is down for maintenance</body></html>\n"},
    "ngx-502-down": {"fault": {"fault": "proxy-page", "status": 502}},
    "ngx-503": {"fault": {"fault": "proxy-page", "status": 503}},
    "ngx-*": {},
}


def configuration(file, cases, recorded):
    version = cases[0]["version"]
    listed = next((case for case in recorded if case["case"] == "list-nopaging" and case["version"] == version), None)
    hidden = next((case for case in recorded if case["case"] == "get-uid-unreadable" and case["version"] == version), None)
    # The list of 2.43.1 is longer than what was kept of it in no case.
    uids = {row["code"]: row["id"] for row in json.loads(listed["body"])["routes"]} if listed else {}
    asked = (re.search(r"/run/[a-z]+/(\d{3})\b", case["request"]) for case in cases)
    statuses = {int(match[1]) for match in asked if match and int(match[1]) >= 200}
    found = {
        "version": version,
        "users": USERS,
        "tokens": TOKENS,
        "routes": routes(statuses, uids, hidden["request"].rsplit("/", 1)[1]),
    }
    if cases[0].get("netty"):
        found["transport"] = cases[0]["netty"]
    return found


# MARK: Requests


def request(case, port, cookies):
    method, target = case["request"].split(" ", 1)
    target = target.encode("latin-1")
    recorded_fields = case.get("sent")
    if recorded_fields is None:
        recorded_fields = [
            "Accept: application/json, */*;q=0.5",
            "User-Agent: routecheck/0.1.0",
            "Accept-Encoding: gzip, deflate, br, zstd",
            "Authorization: ApiToken d2p_example",
        ]
    fields = ["Host: 127.0.0.1:%d" % port, "Connection: close"]
    for field in recorded_fields:
        name, value = field.split(": ", 1)
        if name == "Authorization":
            value = credentials(case["case"], value)
        if name == "Cookie" and "JSESSIONID" in value:
            value = cookies.get(source_of_cookie(case["case"]), "JSESSIONID=00000000000000000000000000000001")
        fields.append("%s: %s" % (name, value))
    body = body_sent(case)
    names = {field.split(":")[0].lower() for field in fields}
    echoed = echo_of(case["body"]) or {}
    types = [value for name, value in echoed.get("headers", []) if name == "content-type" or name == "Content-Type"]
    # What a job file's check sent is known from what arrived.
    if case.get("sent") is None and body and types:
        fields.append("Content-Type: " + types[0])
    if body and "content-length" not in names or method in ("POST", "PUT", "PATCH") and "content-length" not in names:
        fields.append("Content-Length: %d" % len(body))
    head = method.encode() + b" " + target + b" HTTP/1.1\r\n" + "\r\n".join(fields).encode("utf-8") + b"\r\n\r\n"
    return head, body, method


def credentials(name, value):
    scheme, _, rest = value.partition(" ")
    if rest == "example":
        return "%s %s" % (scheme, base64.b64encode(CASE_PASSWORDS.get(name, "checker:Checker-1").encode()).decode())
    if rest.strip() == "d2p_example":
        return scheme + " " + CASE_TOKENS.get(name, GOOD) + rest[len("d2p_example"):]
    return value


def source_of_cookie(name):
    return next((source for prefix, source in CASE_COOKIES.items() if name.startswith(prefix)), None)


def body_sent(case):
    if case["case"] in CASE_BODIES:
        return CASE_BODIES[case["case"]]
    echoed = echo_of(case["body"])
    return echoed["body"].encode() if echoed else b""


def echo_of(body):
    """What a target reported that tells what it got."""
    # Where the interim answer was noted for the answer, this follows the final one's head.
    text = re.sub(r"\AHTTP/1\.1 .*?\r?\n\r?\n", "", body or "", flags=re.S)
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and {"kind", "target", "headers"} <= found.keys() else None

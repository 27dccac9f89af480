"""Asks routecheck's simulator what running DHIS2 servers were asked, and compares the answers.

Usage: replay --simulator ROUTECHECK FOLDER [CASE]

FOLDER/*.jsonl hold a recorded request and its answer a line, but for keepalive-*, which is a log of connections. For
each file `routecheck simulate` is started as the recorded version, with the recorded routes and with users, tokens and
targets that do what those of the recording did, and gets the requests over a socket of its own each, in their order.

What is compared is all that an answer has but its date: status and reason phrase, the fields (of cookies all but the
value), how the body is framed, and what the body says: of DHIS2's errors all members, of lists the pager and the codes,
of a route its members, of Tomcat's and nginx's pages the type and the message, of a target that tells what it got the
method, the address, the fields that DHIS2 forwards and the body, of /api/me the name, of /api/system/info the version,
and else the bytes. A length counts where the bytes do. Of the time only what a second or more of it shows.

What differs stands in DIFFERENCES with the reason. An entry that fits nothing is a fault too, so that the list only gets
shorter.
"""

import concurrent.futures
import fnmatch
import html
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

from recorded_server import PROXIES, configuration, request

# (file, case, part of the answer), each a pattern: why the simulator answers in another way.
DIFFERENCES = {
    ("ask-auth-2.4[34]*", "login-page", "*"): "the recorded servers were built without the login app",
    ("ask-misc-2.44", "rawq-v=xxx*", "framing"): "the simulator's target tells four times what it got, which is more than "
    "2.44 holds back to learn the length",
    ("dhis2-*", "drip*", "seconds"): "the simulator's targets send all of their bytes at once",
}


# MARK: Asking


class Server:
    """`routecheck simulate` as a recorded server."""

    def __init__(self, binary, folder, configuration):
        path = pathlib.Path(folder) / "simulator.json"
        path.write_text(json.dumps(configuration, ensure_ascii=False))
        self.process = subprocess.Popen(
            [binary, "simulate", "--config", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        line = self.process.stdout.readline()
        found = re.match(r"export DHIS2_URL='?http://127\.0\.0\.1:(\d+)", line)
        if not found:
            sys.exit(f"the simulator does not start: {line}{self.process.communicate()[1]}")
        self.port = int(found[1])

    def stop(self):
        self.process.terminate()
        self.process.wait()


def ask(port, head, body):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(head)
        try:
            connection.sendall(body)
        except OSError:
            pass
        received = b""
        while True:
            try:
                part = connection.recv(1 << 16)
            except OSError:
                return received
            if not part:
                return received
            received += part


# MARK: Answers


class Answer:
    """A status line, fields and a body with its chunks put together."""

    def __init__(self, status, reason, fields, body, is_head=False):
        self.status, self.reason, self.fields, self.body = status, reason, fields, body
        self.is_head = is_head

    def values(self, name):
        return [value for other, value in self.fields if other.lower() == name.lower()]

    @staticmethod
    def read(received, is_head):
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.decode("utf-8", "surrogateescape").split("\r\n")
        match = re.match(r"HTTP/1\.1 (\d{3}) ?(.*)", lines[0])
        if not match:
            return Answer(0, lines[0], [], body)
        fields = [tuple(line.split(": ", 1)) if ": " in line else (line.rstrip(":"), "") for line in lines[1:] if line]
        answer = Answer(int(match[1]), match[2], fields, body, is_head)
        if answer.values("Transfer-Encoding") and not is_head:
            answer.body = unchunked(body)
        return answer

    @staticmethod
    def recorded(case):
        body = (case["body"] or "").encode("utf-8", "surrogateescape")
        if case.get("escaped"):
            body = re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes([int(match[1], 16)]), body)
        if case.get("cut"):
            # The size of the first chunk is left where the rest is not there.
            body = re.sub(rb"\A[0-9a-f]+\r?\n", b"", body)
        fields = [tuple(field) for field in case["headers"]]
        status, reason = case["status"], ""
        if status == 100:
            # The interim answer was noted, and the final one taken for its body.
            head, _, body = body.partition(b"\n\n") if b"\r\n" not in body else body.partition(b"\r\n\r\n")
            lines = head.decode().replace("\r", "").split("\n")
            status = int(lines[0].split(" ")[1])
            fields = [tuple(line.split(": ", 1)) for line in lines[1:]]
        if ("Server", "nginx/1.22.1") in fields and re.search(rb"<title>\d{3} ", body):
            reason = re.search(rb"<title>\d{3} ([^<]*)", body)[1].decode()
        if case["case"] == "ngx-forged-504":
            reason = "Gateway Time-out"
        return Answer(status, reason, fields, body, case["request"].startswith("HEAD "))


def unchunked(body):
    whole = b""
    while True:
        size, _, rest = body.partition(b"\r\n")
        try:
            count = int(size, 16)
        except ValueError:
            return whole + body
        if count == 0:
            return whole
        whole, body = whole + rest[:count], rest[count + 2:]


MASKED = [
    (re.compile(r"127\.0\.0\.1:(80\d\d|\d{5})\b"), "HOST"),
    # The number that a route has in the database.
    (re.compile(r"Route '\d+' does not allow"), "Route 'N' does not allow"),
]


def masked(text):
    for pattern, mask in MASKED:
        text = pattern.sub(mask, text)
    return text


COMPARED = [
    "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "X-XSS-Protection", "Content-Type",
    "WWW-Authenticate", "Location", "Cache-Control", "Pragma", "Allow", "Accept-Patch", "Content-Disposition",
    "Content-Language", "Content-Encoding", "Vary", "Expires", "Last-Modified", "Server", "Connection",
]

# Set by DHIS2's own HTTP client.
ENGINE = {"host", "connection", "content-length", "transfer-encoding"}


def parts(answer, case):
    """What is compared of an answer, by name."""
    found = {"status": answer.status, "reason": answer.reason}
    for name in COMPARED:
        # Some answers of DHIS2 have a mark twice, at random.
        found[name] = sorted(set(masked(value) for value in answer.values(name)))
    found["Set-Cookie"] = sorted(cookie_form(value) for value in answer.values("Set-Cookie"))
    # Digests and files' dates differ; what a target sends does not.
    found["ETag"] = bool(answer.values("ETag")) if case["is_own"] else answer.values("ETag")
    kind, said = content(answer, case)
    found["body"] = said
    length = answer.values("Content-Length")
    if answer.values("Transfer-Encoding"):
        found["framing"] = "chunked"
    elif length:
        exact = kind == "bytes" and not case.get("cut") and not (answer.is_head and "/echo" in case["request"])
        found["framing"] = "length " + length[0] if exact else "length"
    else:
        found["framing"] = "none"
    return found


def cookie_form(value):
    value = re.sub(r"^(\w+)=[^;]+", r"\1=…", value)
    return re.sub(r"Expires=\w+, \d+ \w+ 20\d\d [\d:]+", "Expires=…", value)


def content(answer, case):
    """What a body is, and what of it is compared."""
    text = answer.body.decode("utf-8", "surrogateescape")
    if "<title>" in text and ("HTTP Status" in text or "<hr><center>nginx" in text) and "Target" not in text:
        return "page", page_parts(text, bool(case.get("cut")))
    path = case["request"].split(" ")[1].partition("?")[0]
    is_own = "/run" not in path
    try:
        found = json.loads(text)
    except ValueError:
        # A body that was not kept whole tells less.
        return "bytes", text
    if isinstance(found, dict):
        if "httpStatusCode" in found:
            return "bytes" if "does not allow" not in text else "json", json.loads(masked(text))
        if {"kind", "target"} <= found.keys():
            return "echo", echoed(found["method"], found["target"], found["headers"], found["body"])
        if {"method", "pairs", "rawQuery"} <= found.keys():
            target = found["path"] + ("?" + found["rawQuery"] if found["rawQuery"] is not None else "")
            fields = [(name, value) for name, values in found["headers"].items() for value in values]
            return "echo", echoed(found["method"], target, fields, found["body"])
        if is_own and "routes" in found:
            return "list", {
                "pager": masked(json.dumps(found.get("pager"), sort_keys=True)),
                "gist": found.get("gist"),
                "rows": [row.get("code", row.get("displayName")) for row in found["routes"]],
                "members": sorted({name for row in found["routes"] for name in row}),
            }
        if is_own and path.endswith("/me"):
            return "me", {"members": sorted(found), "username": found.get("username")}
        if is_own and path.endswith("/info"):
            return "info", found["version"].partition("-")[0]
        if is_own and "/api/routes/" in path:
            return "route", {
                "members": sorted(found),
                **{name: found.get(name) for name in ("id", "code", "auth", "headers", "authorities", "access")},
                "public": (found.get("sharing") or {}).get("public"),
            }
    return "bytes", text


def page_parts(text, is_cut):
    title = re.search(r"<title>([^<]*)</title>", text)
    kind = re.search(r"<b>Type</b> ([^<]*)", text)
    message = re.search(r"<b>Message</b> (.*?)</p>", text, re.S)
    return {
        "title": title[1] if title else None,
        "type": kind[1] if kind else None,
        "message": masked(html.unescape(message[1])) if message else None,
        # The last line is not there where a page was not kept whole.
        "server": None if is_cut else (re.findall(r"(Apache Tomcat/[\d.]+|nginx/[\d.]+)", text) or [None])[-1],
    }


BOUNDARY = re.compile(r"boundary=([\w-]+)")


def echoed(method, target, fields, body):
    kept, boundary = [], None
    for name, value in fields:
        name = name.lower()
        if name in ENGINE or name == "user-agent" and "ReactorNetty" in value or "Apache-HttpClient" in value:
            continue
        if name == "accept-encoding" and value in ("gzip", "gzip,deflate"):
            continue
        found = BOUNDARY.search(value)
        if found:
            boundary, value = found[1], BOUNDARY.sub("boundary=…", value)
        kept.append((name, value))
    # The recorded target read bytes of an address as Latin-1.
    try:
        target = target.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        pass
    if boundary:
        body = body.replace(boundary, "…")
    return {"method": method, "target": target, "fields": sorted(kept), "body": body}


# MARK: The replay


def play(binary, stem, cases, recorded, wanted):
    """The differences of one file: (case, part, what the simulator says, what was recorded)."""
    differences, compared = [], 0
    groups = {}
    for case in cases:
        key = next((pattern for pattern in PROXIES if fnmatch.fnmatch(case["case"], pattern)), None)
        groups.setdefault(key if stem.startswith("nginx") else None, []).append(case)
    for key, group in groups.items():
        settings = configuration(stem, cases, recorded)
        if key is not None:
            proxy = dict(PROXIES[key])
            fault = proxy.pop("fault", None)
            settings["hides-marker"] = proxy.pop("hides-marker", False)
            settings["proxy"] = dict(proxy, **{"read-timeout-ms": 2000})
            settings["faults"] = [fault] if fault else []
        with tempfile.TemporaryDirectory() as folder:
            server = Server(binary, folder, settings)
            try:
                cookies = {}
                for case in group:
                    if wanted not in (None, case["case"]) and case["case"] not in CASE_COOKIES.values():
                        continue
                    head, body, method = request(case, server.port, cookies)
                    start = time.monotonic()
                    received = ask(server.port, head, body)
                    seconds = time.monotonic() - start
                    if any("100-continue" in field for field in case.get("sent") or []):
                        received = received.partition(b"\r\n\r\n")[2]
                    answer = Answer.read(received, method == "HEAD")
                    for value in answer.values("Set-Cookie"):
                        if value.startswith("JSESSIONID=") and case["case"] not in cookies:
                            cookies[case["case"]] = value.partition(";")[0]
                    compared += 1
                    case = dict(case, is_own="/run" not in case["request"] or stem.startswith("nginx"))
                    was, is_now = parts(Answer.recorded(case), case), parts(answer, case)
                    if case.get("cut") and isinstance(was["body"], str):
                        whole = is_now["body"]
                        # Of a report that is cut, only the length can be told.
                        is_now["body"] = whole[:len(was["body"])] if isinstance(whole, str) else was["body"]
                    # Running servers took up to a second for a first answer, and a busy machine may take seconds.
                    if not case["seconds"] - 1.05 < seconds < case["seconds"] + 4:
                        differences.append((case["case"], "seconds", round(seconds, 1), round(case["seconds"], 1)))
                    differences += [
                        (case["case"], part, is_now[part], was[part]) for part in was if is_now[part] != was[part]
                    ]
            finally:
                server.stop()
    return compared, differences


def main(arguments):
    binary, folder = str(pathlib.Path(arguments[0]).resolve()), pathlib.Path(arguments[1])
    wanted = arguments[2] if len(arguments) > 2 else None
    files = {}
    for path in sorted(folder.glob("*.jsonl")):
        if not path.stem.startswith("keepalive"):
            files[path.stem] = [json.loads(line) for line in path.read_text().splitlines()]
    recorded = [case for cases in files.values() for case in cases]
    faults, used, total = [] if files else [f"{folder} has no recordings"], set(), 0
    # Nearly all of the time is what targets take.
    with concurrent.futures.ThreadPoolExecutor(len(files) or 1) as pool:
        played = pool.map(lambda item: play(binary, *item, recorded, wanted), files.items())
        for stem, (compared, differences) in zip(files, played):
            total += compared
            unknown = set()
            for case, part, is_now, was in differences:
                known = next(
                    (key for key in DIFFERENCES if all(map(fnmatch.fnmatchcase, (stem, case, part), key))), None
                )
                if known:
                    used.add(known)
                else:
                    unknown.add(case)
                    faults.append(f"{stem} {case} {part}: {is_now!r}, recorded {was!r}")
            different = {case for case, *_ in differences}
            print(f"{stem}: {compared} cases, {len(different)} differ, {len(unknown)} of them for no known reason")
    if wanted is None:
        faults += [f"{key} is in the list of differences, and differs no more" for key in DIFFERENCES if key not in used]
    print(f"{total} cases, {len(DIFFERENCES)} kinds of differences")
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)

"""What routecheck is measured beside: a server that costs next to nothing, and libyaml without anything around it."""

import json
import os
import subprocess
import time

# As long and as random as the tokens that DHIS2 makes.
TOKEN = "d2p_7Qm2Xv9Lk4Rt8Wz1Bn6Hc3Jf5Pd0Sg2Yq8Tu4Ea7Mo1Vi"

PLAIN_ITEM = json.dumps({"status": "ok", "version": "2.42.0", "items": list(range(1, 11))}, separators=(",", ":"))

HEALTH = '{"status":"ok"}'

# 2 KB, as a health answer with a list of its parts would be.
LARGE_ITEM = json.dumps({
    "status": "UP",
    "version": "2.42.4",
    "components": [
        {"name": f"component-{number}", "status": "UP", "details": {"latency": number * 1.5, "free": 10**9 + number}}
        for number in range(20)
    ],
})

ROUTE_LIST = json.dumps({
    "pager": {"page": 1, "total": 1, "pageSize": 50, "pageCount": 1},
    "routes": [{"id": "RouteUidAa1", "code": "bench", "name": "bench", "url": "https://up.example/**",
                "disabled": False, "responseTimeoutSeconds": 5}],
})


class Server:
    """nginx on a loopback port and one core, by default the machine's last, answering as a DHIS2 with one route would."""

    def __init__(self, folder, port, core=None):
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        core = (os.cpu_count() or 1) - 1 if core is None else core
        info = json.dumps({"version": "2.42.4", "contextPath": self.url})
        answers = {
            "= /api/system/info": info,
            "= /api/routes": ROUTE_LIST,
            "/api/routes/RouteUidAa1/run/item": PLAIN_ITEM,
            "/api/routes/RouteUidAa1/run/large": LARGE_ITEM,
            "/api/routes/RouteUidAa1/run/health": HEALTH,
        }
        locations = "".join(
            f"location {place} {{ default_type application/json; return 200 '{answer}'; }}\n"
            for place, answer in answers.items()
        )
        temporary = "".join(f"{kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        with open(os.path.join(folder, "nginx.conf"), "w") as file:
            file.write(
                f"worker_processes 1; worker_cpu_affinity 1{'0' * core}; pid {folder}/nginx.pid;\n"
                f"error_log {folder}/nginx.log; events {{ worker_connections 4096; }}\n"
                f"http {{ access_log off; keepalive_requests 100000000; {temporary}\n"
                f"server {{ listen 127.0.0.1:{port} backlog=4096; {locations} }} }}\n"
            )

    def __enter__(self):
        command = ["nginx", "-c", os.path.join(self.folder, "nginx.conf"), "-p", self.folder, "-g", "daemon off;"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            if subprocess.run(["curl", "-sf", "-o", os.devnull, f"{self.url}/api/routes"]).returncode == 0:
                return self
            time.sleep(0.05)
        raise SystemExit("nginx does not answer; see its log in " + self.folder)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def request(self, path):
        return f"{self.url}/api/routes/RouteUidAa1/run/{path}"


def write_job(path, server, count, place="item", expect="200"):
    """A job of so many checks, and beside it the same requests as curl reads them."""
    with open(path, "w") as job, open(path + ".curl", "w") as requests:
        job.write(f"name: benchmark\nconcurrency: 16\nserver:\n  url: {server.url}\n  token: {TOKEN}\n")
        job.write(f"defaults:\n  expect: {expect}\nchecks:\n")
        for number in range(count):
            job.write(f"  - {{name: c{number}, route: bench, path: {place}/{number}}}\n")
            requests.write(f"url = {server.request(place)}/{number}\noutput = /dev/null\n")
    return path


def curl(job, concurrency=16, token=TOKEN):
    """What a shell script would use for the same requests; it checks and reports nothing."""
    field = f"Authorization: ApiToken {token}"
    return ["curl", "-sf", "-Z", "--parallel-max", str(concurrency), "-H", field, "-K", job + ".curl"]


EVENT_COUNTER = r"""
#include <stdio.h>
#include <yaml.h>

int main(int count, char **arguments) {
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (!file) return 2;
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, file);
    long events = 0;
    for (int done = 0; !done; events++) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) return 1;
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    printf("%ld\n", events);
    return 0;
}
"""


def event_counter(folder):
    """A program that counts a file's YAML events with bare libyaml."""
    source, program = os.path.join(folder, "count.c"), os.path.join(folder, "count")
    with open(source, "w") as file:
        file.write(EVENT_COUNTER)
    subprocess.run(["cc", "-O2", "-o", program, source, "-lyaml"], check=True)
    return program


def write_large_job(path, count):
    """A job whose checks have a map in them, as most do."""
    with open(path, "w") as job:
        job.write(f"name: Large\nserver:\n  url: http://127.0.0.1:8080\n  token: {TOKEN}\nchecks:\n")
        for number in range(count):
            job.write(f"  - route: route-{number % 50}\n    path: health/{number:06d}\n")
            job.write(f"    params: {{verbose: {number}}}\n    expect: 200\n")
    return path

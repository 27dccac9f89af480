"""Runs other programs and tells what they cost."""

import os
import re
import subprocess
import sys
import time


class Cost:
    """What one process took: seconds of processor time, seconds by the clock, and at most so many MiB at once."""

    def __init__(self, processor, clock, memory):
        self.processor = processor
        self.clock = clock
        self.memory = memory


def cost(command, cwd=None, core=None, status=0):
    """Runs a command and measures it, its output thrown away; ends the program unless it exits as it should."""
    with open(os.devnull, "wb") as nothing:
        start = time.monotonic()
        pin = (lambda: os.sched_setaffinity(0, {core})) if core is not None else None
        process = subprocess.Popen(command, cwd=cwd, stdout=nothing, stderr=nothing, preexec_fn=pin)
        _, wait_status, usage = os.wait4(process.pid, 0)
        clock = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(wait_status)
    if process.returncode != status:
        sys.exit(f"{' '.join(command)} ended with status {process.returncode}, not {status}")
    return Cost(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / 1024)


def instructions(command, cwd):
    """How many instructions a command takes outside the kernel, which is nearly the same however busy the machine is."""
    counts = os.path.join(cwd, "callgrind.out")
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", *command],
        cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )
    match = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not match:
        sys.exit(f"valgrind could not count the instructions of {command[0]}:\n{run.stderr[-2000:]}")
    return int(match[1])


def requests_per_second(url, token, core, seconds=4):
    """How many requests a second 32 connections of wrk get answered, from one core."""
    command = ["taskset", "-c", str(core), "wrk", "-t1", "-c32", f"-d{seconds}", "-H", f"Authorization: ApiToken {token}", url]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    match = re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)
    if not match or "Non-2xx" in run.stdout:
        sys.exit(f"wrk did not get what it asked for:\n{run.stdout}{run.stderr}")
    return float(match[1])


def median(values):
    values = sorted(values)
    return values[len(values) // 2]

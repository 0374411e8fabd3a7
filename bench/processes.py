"""Whole processes, timed: wall, user and system time, the most memory; ended when they take too much of either."""

import ctypes
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from resource import struct_rusage
from typing import NamedTuple

from bench.contenders import ROOT, Contender

STEP = 0.004
"""Seconds between two looks at a process."""
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 10
"""So many times the seconds of cpu that are allowed may pass on the wall."""
PAGE = os.sysconf("SC_PAGE_SIZE")
LEFT = 60
"""Seconds that processes may go on which a run left behind; Java takes some to end."""
LOOK = 0.2
"""Seconds between two looks at processes whose end nobody is told."""
IGNORED = 1 << (signal.SIGCHLD - 1)
SET_CHILD_SUBREAPER = 36
"""Of prctl(2): a process that lost its parent becomes our child, and tells us what it took."""


class Limits(NamedTuple):
    """When a process is ended."""

    seconds: float
    """Of user and system time: on a machine that is shared, that is what a run costs. Ten times as much on the wall."""
    megabytes: float


class Took(NamedTuple):
    """What one run took, or why there is nothing to tell."""

    wall: float = 0.0
    cpu: float = 0.0
    """User and system time, of all processes that it started too, those that outlive it included."""
    peak: float = 0.0
    """Megabytes, of the largest process."""
    wrong: str = ""
    """How the answer differs from what was drawn."""
    ended: str = ""
    """Why there is no answer."""
    output: str = ""
    """SHA-256 of all that `tracker` wrote; empty of others."""


def run(contender: Contender, world: Path, limits: Limits) -> Took:
    """One run in a process of its own, its answer checked."""
    out = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        command = [part.format(world=world, out=out) for part in contender.command]
        env = {**os.environ, "XDG_CACHE_HOME": str(world / "cache")}
        took, code = timed(command, out, limits, env)
        if took.ended:
            return took
        if code:
            return took._replace(ended=_why(code, (out / "stderr").read_text(encoding="utf-8", errors="replace")))
        check = [sys.executable, "-m", "bench.verify", str(world), str(out)]
        done = subprocess.run(check, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True)
        return took._replace(wrong=done.stdout.strip(), output=_digest(out / "report.jsonl"))
    finally:
        shutil.rmtree(out)


def _digest(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def timed(command: list[str], out: Path, limits: Limits, env: dict[str, str]) -> tuple[Took, int]:
    """What a command took, and its exit code; what it says lies in `out`."""
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    others = set(_children())
    with (out / "stdout").open("wb") as stdout, (out / "stderr").open("wb") as stderr:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr, cwd=ROOT, env=env, start_new_session=True)
        ended, unseen = "", _Unseen(process.pid)
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            wall = time.perf_counter() - begin
            if pid:
                break
            if not ended and (ended := _too_much(process.pid, wall, limits)):
                os.killpg(process.pid, signal.SIGKILL)
            unseen.look()
            time.sleep(STEP)
        process.returncode = os.waitstatus_to_exitcode(status)
        all_used = [used, *_left(others, 0 if ended else LEFT, unseen)]
    cpu = sum(one.ru_utime + one.ru_stime for one in all_used) + sum(cpu for cpu, _ in unseen.found.values())
    peak = max(*(one.ru_maxrss for one in all_used), *(kilobytes for _, kilobytes in unseen.found.values()), 0)
    return Took(wall, cpu, peak / 1024, ended=ended), process.returncode


class _Unseen:
    """Processes whose parent wants no word of their end, as Spark's does: nobody is told what they took.

    They are looked at while they run, so that of each at most the last fifth of a second is missing.
    """

    def __init__(self, session: int) -> None:
        self.session = session
        self.found: dict[int, tuple[float, int]] = {}
        """Seconds and kilobytes by process."""
        self.last = 0.0

    def look(self) -> None:
        """Where the last look is long ago."""
        if (now := time.perf_counter()) - self.last < LOOK:
            return
        self.last = now
        for pid in filter(str.isdecimal, os.listdir("/proc")):  # noqa: PTH208 - all of the machine, often
            try:
                with open(f"/proc/{pid}/stat", "rb") as stat:  # noqa: PTH123
                    about = stat.read().rpartition(b")")[2].split()
                if int(about[3]) == self.session and int(_status(int(about[1]), "SigIgn") or "0", 16) & IGNORED:
                    seconds = sum(map(int, about[11:13])) / TICKS
                    self.found[int(pid)] = seconds, int(_status(int(pid), "VmHWM").split()[0])
            except (OSError, IndexError):
                continue  # it has just ended


def _status(pid: int, key: str) -> str:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(f"{key}:")), "")


def _left(others: set[int], seconds: float, unseen: _Unseen) -> Iterator[struct_rusage]:
    """What processes took that lost their parent; those that do not end are ended."""
    until = time.perf_counter() + seconds
    while left := [pid for pid in _children() if pid not in others]:
        for pid in left:
            if time.perf_counter() > until:
                os.kill(pid, signal.SIGKILL)
            ended, _, used = os.wait4(pid, os.WNOHANG)
            if ended:
                unseen.found.pop(pid, None)
                yield used
        unseen.look()
        time.sleep(STEP)


def _children() -> list[int]:
    return [int(pid) for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()]


def _too_much(pid: int, wall: float, limits: Limits) -> str:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        ticks = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    except (OSError, IndexError):
        return ""  # it has just ended
    if sum(map(int, ticks)) / TICKS > limits.seconds or wall > limits.seconds * PATIENCE:
        return f"ended after {limits.seconds:.0f} s"
    return f"ended at {limits.megabytes:.0f} MB" if pages * PAGE / 2**20 > limits.megabytes else ""


def _why(code: int, stderr: str) -> str:
    missing = re.search(r"ModuleNotFoundError: No module named '([^'.]+)", stderr)
    if missing and missing[1] != "bench":
        return f"not installed: {missing[1]}"
    lines = [line for line in stderr.splitlines() if line.strip()]
    return f"exit {code}: {lines[-1][:100] if lines else ''}"

"""Faults that strike a command while it works: kills, stops, a full disk, other programs, odd answers of Kolada."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from random import Random

from tests.support.kolada_server import Fault as Odd
from tests.support.kolada_server import Handler, alter, answer, break_off
from tests.survival.fault import Fault
from tests.survival.victim import Victim, fill, said

COMMANDS = [("run",), ("run", "--force"), ("run", "--force"), ("ingest",), ("publish",), ("doctor",), ("status",)]
# Signals can be caught from here on; before, Python itself starts.
_BEGUN = "import kommunlager.runs.stopping as stopping; stopping.stop_politely(); print('begun', flush=True)\n"


def signalled(number: signal.Signals, longest: float) -> Callable[[Victim, Random], str]:
    """Send a signal to a command within so many seconds."""

    def strike(victim: Victim, chance: Random) -> str:
        process = victim.start(*chance.choice(COMMANDS), before=victim.quick + _BEGUN)
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(chance.uniform(0, longest))
        process.send_signal(number)
        out, err = process.communicate()
        return said(subprocess.CompletedProcess(process.args, process.returncode, out, err))

    return strike


def kill_in_sync(victim: Victim, chance: Random) -> str:
    victim.revise(chance)
    selection = str(victim.data / "selection.toml")
    process = victim.start("kolada", "sync", "--select", selection)
    time.sleep(chance.uniform(0.5, 3))
    process.kill()
    out, err = process.communicate()
    return said(subprocess.CompletedProcess(process.args, process.returncode, out, err))


def disk_full(victim: Victim, chance: Random) -> str:
    """Fill the disk while a run works on it, and then make room."""
    assert victim.disk is not None
    filler = fill(victim.disk, chance.choice([0, 4_000, 8_000, 64_000, 300_000, 3_000_000]))
    try:
        return victim.do("run", "--force")
    finally:
        filler.unlink()


def held(victim: Victim, chance: Random) -> str:
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(victim.working_database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        words = victim.do(*chance.choice([("run", "--force"), ("ingest",), ("publish",)]))
        holder.kill()
    return words


def race(victim: Victim, chance: Random) -> str:
    """Two runs at once."""
    both = [victim.start("run", "--force", before=victim.quick) for _ in range(2)]
    ends = []
    for process in both:
        out, err = process.communicate()
        ends.append(said(subprocess.CompletedProcess(process.args, process.returncode, out, err)))
    return "\n".join(sorted(ends))


def _out_of_range(body: bytes) -> bytes:
    return body.replace(b'"count": 1', b'"count": 2147483648', 1)


def _bad_link(body: bytes) -> bytes:
    page = json.loads(body)
    page["next_url"] = "http://[::1"
    return json.dumps(page).encode()


def _endless(handler: Handler, _: bytes) -> bool:
    """A body without an announced length that doesn't end."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    with suppress(OSError):
        for _ in range(10_000):
            handler.wfile.write(b" " * 1_000_000)
    return True


def _none(body: bytes) -> bytes:
    return b'{"values": [], "count": 0, "next_url": null, "previous_url": null}'


ODD_ANSWERS: list[Callable[[Handler, bytes], bool]] = [
    answer(429, {"Retry-After": "snart"}),
    answer(500),
    answer(302, {"Location": "/login"}),
    answer(404),
    answer(200, {"Content-Encoding": "gzip"}, b"no gzip"),
    answer(200, {"Content-Encoding": "br"}, b"?"),
    answer(200, {}, b"<html>log in</html>"),
    alter(lambda body: body[:-40]),
    alter(lambda body: b"\xef\xbb\xbf" + body),
    alter(_bad_link),
    alter(_out_of_range),
    alter(_none),
    alter(lambda body: body.replace(b'"value": ', b'"value": 1e999, "was": ', 1)),
    alter(lambda body: body.replace(b'"period": 2022', b'"period": -5')),
    alter(lambda body: body.replace(b'"period": ', b'"time": ')),
    break_off,
    _endless,
]


def odd_answer(victim: Victim, chance: Random) -> str:
    """One odd answer, a few times or always; afterwards Kolada is itself again, and a sync catches up."""
    victim.revise(chance)
    act = chance.choice(ODD_ANSWERS)
    times = chance.choice([1, 2, 50]) if act is not _endless else 1
    victim.kolada.faults.append(Odd(chance.choice(["/data", "/data", "page=2", "/municipality"]), act, times))
    try:
        return victim.sync()
    finally:
        victim.kolada.faults.clear()


def catch_up(victim: Victim) -> None:
    """The next nights; a full sync comes once in ninety, and corrects what an odd answer withdrew."""
    victim.do("kolada", "sync", "--full", "--select", str(victim.data / "selection.toml"))


POLITE = r"exit (0|8)\n|exit 130\n[^$]*kommunlager: interrupted\. The published release is unchanged"
NOTED = r"exit 0|exit 9\n[^$]*([Rr]un `kommunlager kolada sync` again|is unchanged)"
FAULTS = [
    Fault("kill", signalled(signal.SIGKILL, 0.5), r"exit (-9|0|8)"),
    Fault("kill", signalled(signal.SIGKILL, 5), r"exit (-9|0|8)"),
    Fault("kill", kill_in_sync, r"exit (-9|0)", catch_up, syncs=True),
    Fault("stop", signalled(signal.SIGTERM, 0.5), POLITE),
    Fault("stop", signalled(signal.SIGINT, 0.5), POLITE),
    Fault("stop", signalled(signal.SIGTERM, 5), POLITE),
    Fault("stop", signalled(signal.SIGINT, 5), POLITE),
    Fault("disk", disk_full, r"exit [16]\n[^$]*No space left on the disk of \S+ \(\d+ MB free\)\. Free some space"),
    Fault("held", held, r"exit \d+\n[^$]*is open in another program.*Close it and run the same command again"),
    Fault("race", race, r"exit 0[^$]*exit (0|7[^$]*Another run is in progress)"),
    Fault("answer", odd_answer, NOTED, catch_up, syncs=True),
]

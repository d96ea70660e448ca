"""The audit file tells the truth: whatever fails, every write that was noted has exactly one end."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.audit import lines as audit_lines
from cotui.audit.log import ABANDONED, AuditLog
from cotui.safety.faults import FileFault
from cotui.safety.places import expand
from tests.bad_paths import KINDS
from tests.depth import examples

DONE = {"result": "done", "status": None, "message": "", "made": None}


def entry(name: str) -> dict[str, Any]:
    return {"time": "2026-03-16T12:00:00.000+00:00", "request_id": name, "action": "user.password"}


def ends(log: AuditLog) -> list[tuple[str, str]]:
    """Request id and result of every line."""
    return [(line["request_id"], line["result"]) for line in log.entries()]


def leftovers(log: AuditLog) -> list[str]:
    return sorted(path.name for path in log.directory.iterdir() if path.suffix == ".json")


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / "state" / "audit")


class FullDisk:
    """`os.write` with room for so many bytes; a long write is cut first, as the system does it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
        self.room = room
        self._write = os.write
        monkeypatch.setattr(os, "write", self.write)

    def write(self, descriptor: int, data: bytes) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = self._write(descriptor, bytes(data)[: self.room])
        self.room -= written
        return written


def test_a_write_becomes_a_line_and_its_note_goes(log: AuditLog) -> None:
    pending = log.begin([entry("a"), entry("b")])
    assert ends(log) == []
    assert len(leftovers(log)) == 1
    pending.finish([DONE, {**DONE, "result": "refused"}])
    assert ends(log) == [("a", "done"), ("b", "refused")]
    assert leftovers(log) == []
    assert next(log.entries()) == {**entry("a"), **DONE}


def test_only_its_owner_can_look(log: AuditLog) -> None:
    old = os.umask(0)
    try:
        log.begin([entry("a")]).finish([DONE])
    finally:
        os.umask(old)
    assert stat.S_IMODE(log.directory.stat().st_mode) == 0o700
    for path in log.directory.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_permissions_that_became_loose_are_mended(log: AuditLog) -> None:
    log.begin([entry("a")]).finish([DONE])
    log.directory.chmod(0o777)
    log.path.chmod(0o644)
    log.begin([entry("b")]).finish([DONE])
    assert stat.S_IMODE(log.directory.stat().st_mode) == 0o700
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_somebody_else_s_directory_is_refused(log: AuditLog, monkeypatch: pytest.MonkeyPatch) -> None:
    log.begin([entry("a")]).finish([DONE])
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        log.begin([entry("b")])


def test_links_in_the_directory_are_not_followed(log: AuditLog, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    log.directory.mkdir(parents=True, mode=0o700)
    log.path.symlink_to(victim)
    pending = log.begin([entry("a")])
    with pytest.raises(OSError, match="symbolic links"):
        pending.finish([DONE])
    assert victim.read_text() == "precious"
    log.path.unlink()
    log.catch_up()
    assert ends(log) == [("a", "done")]
    (log.directory / "lock").unlink()
    (log.directory / "lock").symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        log.append([entry("b")])


def test_what_cannot_be_noted_is_not_begun(log: AuditLog, monkeypatch: pytest.MonkeyPatch) -> None:
    log.begin([entry("a")]).finish([DONE])
    disk = FullDisk(monkeypatch, 10)
    with pytest.raises(OSError, match="No space left"):
        log.begin([entry("b")])
    assert leftovers(log) == []
    disk.room = 10**6
    log.begin([entry("c")]).finish([DONE])
    assert ends(log) == [("a", "done"), ("c", "done")]


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        AuditLog(tmp_path / "file" / "audit").begin([entry("a")])


@pytest.mark.parametrize("room", [0, 1, 40, 150])
def test_an_end_that_finds_no_room_is_noted_when_there_is_some(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    log.begin([entry("a")]).finish([DONE])
    pending = log.begin([entry("b"), entry("c")])
    disk = FullDisk(monkeypatch, room)
    with pytest.raises(OSError, match="No space left"):
        pending.finish([DONE, DONE])
    assert ends(log) == [("a", "done")], "half a line was left"
    disk.room = 0
    with pytest.raises(OSError, match="No space left"):
        log.begin([entry("d")])
    disk.room = 10**6
    log.begin([entry("d")]).finish([DONE])
    assert ends(log) == [(name, "done") for name in "abcd"]
    assert leftovers(log) == []


def test_what_never_found_room_is_unknown_to_the_next_program(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending = log.begin([entry("a")])
    disk = FullDisk(monkeypatch, 0)
    with pytest.raises(OSError, match="No space left"):
        pending.finish([DONE])
    disk.room = 10**6
    other = AuditLog(log.directory)
    assert other.recover() == 0, "its program lives"
    pending.give_up()
    assert other.recover() == 1
    assert ends(other) == [("a", "unknown")]


def test_a_torn_last_line_spoils_nothing(log: AuditLog) -> None:
    log.begin([entry("a")]).finish([DONE])
    with log.path.open("ab") as file:
        file.write(b'{"request_id": "torn", "resu')
    log.begin([entry("b")]).finish([DONE])
    lines = list(log.entries())
    assert [line.get("request_id") for line in lines] == ["a", None, "b"]
    assert lines[1] == {"unreadable": '{"request_id": "torn", "resu'}


def test_as_many_results_as_entries(log: AuditLog) -> None:
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        log.begin([entry("a"), entry("b")]).finish([DONE])


def test_large_files_are_set_aside_and_still_read(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit", rotate_at=300)
    names = [f"number-{number}" for number in range(20)]
    for name in names:
        log.begin([entry(name)]).finish([DONE])
    assert len(list(log.directory.glob("audit-*.jsonl"))) >= 5
    assert log.path.stat().st_size < 600
    assert [name for name, _ in ends(log)] == names


def test_files_set_aside_in_the_same_instant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Stopped:
            return cls(2026, 3, 16, tzinfo=UTC)

    monkeypatch.setattr("cotui.audit.log.datetime", Stopped)
    log = AuditLog(tmp_path / "audit", rotate_at=1)
    for name in "abcd":
        log.begin([entry(name)]).finish([DONE])
    assert [name for name, _ in ends(log)] == ["a", "b", "c", "d"]


def test_a_reader_makes_nothing(log: AuditLog) -> None:
    assert list(log.entries()) == []
    assert log.recover() == 0
    assert not log.directory.exists()


def test_threads_at_once(log: AuditLog) -> None:
    def work(number: int) -> None:
        for turn in range(10):
            log.begin([entry(f"{number}-{turn}")]).finish([DONE])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends(log)) == sorted((f"{n}-{t}", "done") for n in range(4) for t in range(10))
    assert leftovers(log) == []


# -- other processes --------------------------------------------------------------------------

_PROGRAM = """\
import os, signal, sys
from pathlib import Path
from cotui.audit import log as audit
from cotui.audit import lines as audit_lines
log = audit.AuditLog(Path(sys.argv[1]), rotate_at=2000)
def entry(name):
    return {"time": "2026-03-16T12:00:00.000+00:00", "request_id": name, "action": "user.password"}
done = {"result": "done", "status": None, "message": "", "made": None}
"""


def run(log: AuditLog, code: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _PROGRAM + code, str(log.directory), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def killed(log: AuditLog, code: str) -> None:
    """Run a program that kills itself."""
    process = run(log, code)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL


KILL = "os.kill(os.getpid(), signal.SIGKILL)"


def test_killed_between_sending_and_noting(log: AuditLog) -> None:
    killed(log, f"log.begin([entry('a'), entry('b')]); {KILL}")
    assert log.recover() == 2
    assert list(log.entries()) == [{**entry(name), **ABANDONED} for name in "ab"]
    assert log.recover() == 0
    assert leftovers(log) == []


def test_killed_between_the_line_and_the_note(log: AuditLog) -> None:
    """The line says how it ended; the note that is left must not say otherwise."""
    killed(log, f"audit.remove = lambda *_: {KILL}\nlog.begin([entry('a')]).finish([done])")
    assert len(leftovers(log)) == 1
    assert log.recover() == 0
    assert ends(log) == [("a", "done")]
    assert leftovers(log) == []


def test_killed_in_the_middle_of_the_line(log: AuditLog) -> None:
    log.begin([entry("before")]).finish([DONE])
    code = f"""
pending = log.begin([entry('a')])
def half(descriptor, data):
    os.write(descriptor, data[:60])
    {KILL}
audit_lines.write_all = half
pending.finish([done])
"""
    killed(log, code)
    assert log.recover() == 1
    lines = list(log.entries())
    assert [line.get("result") for line in lines] == ["done", None, "unknown"]
    assert "unreadable" in lines[1]


def test_killed_before_the_note_was_whole(log: AuditLog) -> None:
    """Nothing was sent, so nothing is noted; the rest of the note goes."""
    code = f"""
def half(descriptor, data):
    os.write(descriptor, data[:20])
    {KILL}
audit_lines.write_all = half
log.begin([entry('a')])
"""
    killed(log, code)
    assert [name[:4] for name in leftovers(log)] == ["new-"]
    assert log.recover() == 0
    assert leftovers(log) == []
    assert ends(log) == []


@pytest.mark.parametrize("day", [-400, 0, 400])
def test_a_note_that_a_living_program_is_writing_is_left_alone_whatever_the_clock_says(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch, day: int
) -> None:
    """Clocks are set, and a server that keeps the files has one of its own."""
    whole = audit_lines.write_all

    def meanwhile(descriptor: int, data: bytes) -> None:
        moment = time.time() + day * 86_400
        os.utime(descriptor, (moment, moment))
        assert AuditLog(log.directory).recover() == 0
        whole(descriptor, data)

    with monkeypatch.context() as patched:
        patched.setattr(audit_lines, "write_all", meanwhile)
        noted = log.begin([entry("a")])
    noted.finish([DONE])
    assert ends(log) == [("a", "done")]
    assert leftovers(log) == []


def test_a_note_that_was_taken_away_before_it_had_its_lock_is_begun_again(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = fcntl.flock, []

    def after_another_program(descriptor: int, operation: int) -> None:
        if leftovers(log) and not done:
            done.append(None)
            done.append(AuditLog(log.directory).recover())
            assert leftovers(log) == []
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", after_another_program)
    log.begin([entry("a")]).finish([DONE])
    assert done == [None, 0]
    assert ends(log) == [("a", "done")]
    assert leftovers(log) == []


def test_a_living_program_s_note_is_left_alone(log: AuditLog) -> None:
    process = run(log, "log.begin([entry('a')]); print('noted', flush=True); signal.pause()")
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"noted\n"
        assert log.recover() == 0
        log.begin([entry("b")]).finish([DONE])
        assert ends(log) == [("b", "done")]
    finally:
        process.kill()
        process.communicate()
    assert log.recover() == 1
    assert ends(log) == [("b", "done"), ("a", "unknown")]


def test_a_note_that_cannot_be_read_is_kept_as_it_is(log: AuditLog) -> None:
    log.begin([entry("a")]).finish([DONE])
    (log.directory / "pending-1-x.json").write_text("{oh")
    assert log.recover() == 1
    assert list(log.entries())[1] == {"note": "{oh", **ABANDONED}


def test_several_programs_at_once_and_some_are_killed(log: AuditLog) -> None:
    code = """
for turn in range(30):
    pending = log.begin([entry(f"{sys.argv[2]}-{turn}")])
    if turn == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    pending.finish([done])
"""
    stops = [99, 12, 20]
    processes = [run(log, code, str(number), str(stop)) for number, stop in enumerate(stops)]
    for process in processes:
        process.communicate(timeout=120)
    log.recover()
    expected = {
        (f"{number}-{turn}", "unknown" if turn == stop else "done")
        for number, stop in enumerate(stops)
        for turn in range(min(stop + 1, 30))
    }
    found = ends(AuditLog(log.directory))
    assert len(found) == len(set(found)) == len(expected)
    assert set(found) == expected
    assert leftovers(log) == []


_Step = st.sampled_from(["begin", "finish", "full", "room", "forget", "recover"])


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(_Step, st.integers(0, 400)), max_size=25))
def test_any_course_of_events_leaves_one_end_for_each_write(steps: list[tuple[str, int]]) -> None:
    """Model: a write is sent once it is noted; its end is known or its program went away."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        log = AuditLog(Path(folder) / "audit", rotate_at=700)
        disk = FullDisk(patch, 10**9)
        open_notes: list[tuple[str, Any]] = []
        truth: dict[str, str] = {}
        for number, (step, amount) in enumerate(steps):
            if step == "full":
                disk.room = amount
            elif step == "room":
                disk.room = 10**9
            elif step == "begin":
                name = f"w{number}"
                try:
                    open_notes.append((name, log.begin([entry(name)])))
                except OSError:
                    continue
                truth[name] = "unknown"
            elif step == "finish" and open_notes:
                name, pending = open_notes.pop(amount % len(open_notes))
                truth[name] = "done"
                try:
                    pending.finish([DONE])
                except OSError:
                    assert log.late
            elif step == "forget" and open_notes:
                open_notes.pop(amount % len(open_notes))[1].give_up()
            elif step == "recover":
                try:
                    AuditLog(log.directory).recover()
                except OSError:
                    assert disk.room < 400
        disk.room = 10**9
        log.catch_up()
        for _, pending in open_notes:
            pending.give_up()
        log.recover()
        assert sorted(ends(log)) == sorted(truth.items())


# -- places that are not what they should be ----------------------------------------------------


def test_a_directory_that_vanishes_is_made_again(log: AuditLog) -> None:
    """The end of a write that was sent has its line, whatever became of the note."""
    pending = log.begin([entry("a")])
    shutil.rmtree(log.directory)
    pending.finish([DONE])
    assert ends(log) == [("a", "done")]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_no_directory_notes_nothing(kind: str, tmp_path: Path) -> None:
    place = expand(KINDS[kind](tmp_path))
    log = AuditLog(place / "audit" if kind == "a_directory" else place)
    if kind == "a_directory":
        log.directory.write_text("")
    with pytest.raises(FileFault):
        log.begin([entry("a")])
    assert log.unfinished is False
    assert log.recover() == 0
    with pytest.raises(FileFault):
        list(log.entries())


@pytest.mark.parametrize("name", ["lock", "audit.jsonl", "audit-0.jsonl"])
def test_a_pipe_among_its_files_holds_up_nobody(log: AuditLog, name: str) -> None:
    log.begin([entry("a")]).finish([DONE])
    (log.directory / name).unlink(missing_ok=True)
    os.mkfifo(log.directory / name)

    def use() -> None:
        log.begin([entry("b")]).finish([DONE])
        list(log.entries())

    with pytest.raises(FileFault, match="a named pipe"):
        use()

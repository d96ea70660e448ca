"""Every command, and every standard stream that is not what a command hopes for.

A line about it, a documented exit code, no traceback, and never a message among the data.
"""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cotui.cli import fault_report
from cotui.cli.exits import Exit, exit_table
from cotui.cli.main import main
from cotui.cli.streams import Stream
from tests.cli.accounts import Account

ROOT = Path(__file__).resolve().parents[2]
#: commands that print data, and what begins it
PRINTING = {
    "list customers --limit 3": "ID",
    "list customers --limit 3 --format json": "[\n{",
    "list customers --limit all --format jsonl": "{",
    "list customers --limit 3 --format csv": "customer_id,",
    "get customers 1": "Customer",
    "get customers 1 --format json": "{",
    "count customers": "250\n",
    "report": "Report ID",
    "report 7 --format csv": "customer,",
    "audit --format csv": "time,",
    "audit --path": "/",
    "config path": "configuration",
    "config schema": "{\n",
    "config example": "#",
    "config keys": "",
    "config show": "default_profile",
    "--version": "cotui ",
    "--version --verbose": "cotui ",
    "--help": "usage: ",
    "list --help": "usage: cotui list",
    "audit --help": "usage: cotui audit",
    "config --help": "usage: cotui config",
    "sandbox --help": "usage: cotui sandbox",
}
#: commands that print none, and their exit codes
SAYING = {
    "config check": 0,
    "list nonsense": 2,
    "--nonsense": 2,
    "list": 2,
    "get customers 999": 4,
    "report nonsense": 4,
    "count customers --profile none": 3,
    "sandbox --host 0.0.0.0": 2,
    "": 2,
}


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from cotui.cli.account import open_api

    for name in ("URL", "USERNAME", "PASSWORD"):
        monkeypatch.setenv(f"COTUI_{name}", "acme")
    monkeypatch.setattr(
        "cotui.cli.data_command.open_api",
        lambda profile, password, **_: open_api(profile, password, transport=Account(company="Müller …")),
    )
    monkeypatch.setattr("sys.stdin", None)
    yield
    gc.enable()  # what would open the screens has stopped it


@contextmanager
def descriptor(kind: str) -> Iterator[int]:
    """A descriptor that takes nothing."""
    match kind:
        case "full":
            opened = os.open("/dev/full", os.O_WRONLY)
        case "for reading":
            opened = os.open(os.devnull, os.O_RDONLY)
        case _:
            left, opened = os.pipe()
            os.close(left)
    yield opened
    os.close(opened)


class Failing(io.StringIO):
    """A stream of Python's that fails with some error when something is written, or only when it is flushed."""

    def __init__(self, error: Exception, *, late: bool) -> None:
        super().__init__()
        self._error, self._late = error, late

    def write(self, text: str) -> int:
        if not self._late:
            raise self._error
        return super().write(text)

    def flush(self) -> None:
        raise self._error


NO_SPACE = OSError(errno.ENOSPC, "No space left on device")
BAD = {
    "full": Exit.OUTPUT,
    "for reading": Exit.OUTPUT,
    "reader gone": Exit.PIPE,
    "none": Exit.OUTPUT,
    "closed": Exit.OUTPUT,
    "fails": Exit.OUTPUT,
    "fails late": Exit.OUTPUT,
    "gone late": Exit.PIPE,
}


@contextmanager
def bad(kind: str, *, messages: bool = False) -> Iterator[object]:
    """A standard stream of some kind; where there is no such descriptor it is skipped."""
    match kind:
        case "none":
            yield None
        case "closed":
            closed = io.StringIO()
            closed.close()
            yield closed
        case "fails":
            yield Failing(NO_SPACE, late=False)
        case "fails late":
            yield Failing(NO_SPACE, late=True)
        case "gone late":
            yield Failing(BrokenPipeError(errno.EPIPE, "Broken pipe"), late=True)
        case _:
            if kind == "full" and not os.path.exists("/dev/full"):
                pytest.skip("no /dev/full here")
            with descriptor(kind) as opened:
                yield Stream(opened, "utf-8", lines=messages, forgiving=messages)


@pytest.mark.parametrize("kind", BAD)
def test_output_that_cannot_be_written(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for line in PRINTING:
        told = io.StringIO()
        with bad(kind) as stdout, monkeypatch.context() as patched:
            patched.setattr("sys.stdout", stdout)
            patched.setattr("sys.stderr", told)
            code = main(line.split())
        assert (line, code) == (line, BAD[kind])
        lines = told.getvalue().splitlines()
        if code == Exit.PIPE:
            assert lines == []
        else:
            (only,) = lines
            assert only.startswith("cotui: the output could not be written: ")


@pytest.mark.parametrize("kind", BAD)
def test_messages_that_cannot_be_written(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command prints the same and ends in the same way."""
    for line, begins in PRINTING.items():
        with bad(kind, messages=True) as stderr, monkeypatch.context() as patched:
            patched.setattr("sys.stderr", stderr)
            assert main(line.split()) == Exit.OK
        printed = capsys.readouterr().out
        assert printed.lstrip().startswith(begins.lstrip())
        assert "cotui: " not in printed
    for line, code in SAYING.items():
        with bad(kind, messages=True) as stderr, monkeypatch.context() as patched:
            patched.setattr("sys.stderr", stderr)
            assert main(line.split()) == code
        assert capsys.readouterr().out == ""


@pytest.mark.parametrize("kind", ["full", "for reading", "reader gone", "none"])
def test_who_prints_nothing_needs_no_output(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for line, code in SAYING.items():
        with bad(kind) as stdout, monkeypatch.context() as patched:
            patched.setattr("sys.stdout", stdout)
            assert main(line.split()) == code
        assert capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-16"])
def test_any_encoding_will_do(encoding: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for line in PRINTING:
        told = io.StringIO()
        with (tmp_path / "out").open("wb") as file, monkeypatch.context() as patched:
            patched.setattr("sys.stdout", Stream(file.fileno(), encoding))
            patched.setattr("sys.stderr", told)
            assert main(line.split()) == Exit.OK
        text = (tmp_path / "out").read_bytes().decode(encoding)
        assert text or line.startswith("audit")
        if "--format json" in line or line == "config schema":
            documents = text.splitlines() if "jsonl" in line else [text]
            assert all(json.loads(document) for document in documents)
            assert "lacks" not in told.getvalue()
        if "--format csv" in line and "customers" in line:
            assert ("M\\xfcller \\u2026" in text) == (encoding == "ascii")
            assert ("lacks characters" in told.getvalue()) == (encoding != "utf-16")


def test_columns_stay_straight_where_characters_are_lacking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "cotui.cli.data_command.open_api",
        lambda profile, password, **_: _api(profile, password, Account(2, company="Ü" * 80)),
    )
    with (tmp_path / "out").open("wb") as file:
        monkeypatch.setattr("sys.stdout", Stream(file.fileno(), "ascii"))
        assert main(["list", "customers", "--fields", "company,customer_id"]) == Exit.OK
        monkeypatch.undo()
    heading, *rows = (tmp_path / "out").read_text("ascii").splitlines()
    assert len(rows) == 2
    assert {len(row) for row in rows} == {len(heading)}
    assert all("\\xdc~" in row or "~  " in row for row in rows)


def _api(profile: object, password: str, account: Account) -> object:
    from cotui.cli.account import open_api

    return open_api(profile, password, transport=account)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words",
    [
        ["list", "customers", "company = \udcff"],
        ["list", "\udcff"],
        ["list", "customers", "--limit", "\udcff"],
        ["get", "customers", "external_key:\udcff"],
        ["report", "\udcff"],
        ["audit", "--target", "\udcff"],
        ["audit", "--since", "\udcff"],
        ["config", "\udcff"],
        ["config", "check", "--\udcff"],
        ["sandbox", "--username", "\udcff"],
        ["sandbox", "--credential", "\udcff:x"],
        ["--profile", "\udcff", "count", "customers"],
        ["\udcff"],
        ["--\udcff"],
    ],
)
def test_arguments_that_are_no_text(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == Exit.USAGE
    printed, told = capsys.readouterr()
    assert printed == ""
    assert told.startswith("cotui: this is not UTF-8 text: ")
    assert told.count("\n") == 1
    assert "\\xff" in told


def test_a_file_may_have_any_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "check", f"{tmp_path}/\udcff"]) == Exit.OK
    assert f"{tmp_path}/\\xff: does not exist" in capsys.readouterr().err


def test_a_password_that_is_no_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COTUI_PASSWORD", "hunter\udcff")
    assert main(["count", "customers"]) == Exit.CONFIG
    told = capsys.readouterr().err
    assert told.startswith("cotui: COTUI_PASSWORD: The password cannot be an API key.")
    assert "hunter" not in told


class TestNumbersThatJsonDoesNotHave:
    BODY = b'{"code":200,"status":"OK","response":[{"customer_id":1,"balance":NaN,"total":-Infinity,"paid":1e999}]}'
    NO_MORE = b'{"code":200,"status":"OK","response":[]}'

    @pytest.fixture(autouse=True)
    def _server(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import httpx

        def answer(request: httpx.Request) -> httpx.Response:
            first = int(request.url.params.get("offset", 0)) == 0
            return httpx.Response(200, content=self.BODY if first else self.NO_MORE)

        transport = httpx.MockTransport(answer)
        monkeypatch.setattr(
            "cotui.cli.data_command.open_api",
            lambda profile, password, **_: _api(profile, password, lambda: transport),  # type: ignore[arg-type]
        )

    def test_they_stay_the_text_they_are(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["list", "customers", "--limit", "all", "--format", "json"]) == Exit.OK
        (row,) = json.loads(capsys.readouterr().out, parse_constant=lambda name: pytest.fail(name))
        assert row == {"customer_id": 1, "balance": "NaN", "total": "-Infinity", "paid": "1e999"}

    @pytest.mark.parametrize("form", ["csv", "table", "jsonl"])
    def test_they_end_nothing(self, form: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["list", "customers", "--limit", "all", "--format", form]) == Exit.OK
        assert "NaN" in capsys.readouterr().out


class TestFaultsOfItsOwn:
    @pytest.fixture(autouse=True)
    def _fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            hidden = {"hunter2": 1}
            try:
                hidden["password hunter3"]
            except KeyError:
                raise ValueError("hunter2") from None

        for name in ("data_command.run_data_command", "config_command.configure", "audit_command.show_audit"):
            monkeypatch.setattr(f"cotui.cli.{name}", broken)
        monkeypatch.setattr("cotui.cli.sandbox_command.serve", broken)
        monkeypatch.setattr("cotui.cli.launch.open_screens", broken)

    @pytest.mark.parametrize("command", ["list", "config", "audit", "sandbox", ""])
    def test_are_one_line(self, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(command.split()) == Exit.FAULT == 70
        printed, told = capsys.readouterr()
        assert printed == ""
        assert told.startswith("cotui: a fault of cotui's own: ValueError in cotui/cli/main.py, line ")
        assert told.count("\n") == 1
        assert fault_report.WAY in told

    def test_show_the_way_there_without_values(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv(fault_report.WAY, "1")
        assert main(["list"]) == Exit.FAULT
        told = capsys.readouterr().err
        assert "in broken" in told
        assert "KeyError" in told
        assert "'hunter2'" not in told.replace('raise ValueError("hunter2")', "")


def test_an_interruption_waits_for_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("cotui.cli.data_command.run_data_command", interrupt)
    with bad("reader gone") as stdout:
        assert isinstance(stdout, Stream)
        stdout.write("kept")
        monkeypatch.setattr("sys.stdout", stdout)
        assert main(["list"]) == Exit.INTERRUPTED
        monkeypatch.undo()
        stdout.finish()  # nothing waits in it


# --- the real thing: one process for each kind ---


def run(words: list[str], *, shell: str) -> tuple[int, bytes, bytes]:
    """cotui behind a shell's redirections."""
    command = f'exec "{sys.executable}" -m cotui "$@" {shell}'
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    done = subprocess.run(
        ["sh", "-c", command, "sh", *words], capture_output=True, timeout=60, check=False, env=env
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("shell", "code", "printed", "told"),
    [
        (">/dev/full", 74, False, b"No space left on device"),
        (">&-", 74, False, b"standard output is closed"),
        (">&- <&-", 74, False, b"standard output is closed"),
        ("2>&-", 0, True, b""),
        ("2>/dev/full", 0, True, b""),
        ("<&- 2>&-", 0, True, b""),
        (">&- 2>&- <&-", 74, False, b""),
        ("1<&0", 74, False, b"standard output is closed"),
    ],
)
def test_redirections(shell: str, code: int, printed: bool, told: bytes) -> None:
    if "full" in shell and not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    found, stdout, stderr = run(
        ["config", "schema"], shell=f"{shell} " if "1<" not in shell else "</dev/null 1<&0"
    )
    assert found == code
    assert bool(stdout) == printed
    assert not printed or json.loads(stdout)
    assert stderr == (b"cotui: the output could not be written: " + told + b"\n" if told else b"")


def test_a_sandbox_that_cannot_say_where_it_is_ends() -> None:
    code, stdout, stderr = run(["sandbox", "--customers", "0"], shell=">&-")
    assert (code, stdout) == (Exit.OUTPUT, b"")
    assert stderr == b"cotui: the output could not be written: standard output is closed\n"


def test_the_next_file_is_not_taken_for_a_closed_stream(tmp_path: Path) -> None:
    """What is opened next would get the number of the stream that is closed."""
    code = (
        "import os, sys; os.close(1)\n"
        "from cotui.cli import out; out.begin()\n"
        f"file = open({str(tmp_path / 'f')!r}, 'w'); os.fstat(1)\n"
        "assert file.fileno() > 2\n"
        "try:\n    out.data('x'); out.finish()\n"
        "except out.OutputError as error: sys.stderr.write(str(error)); out.drop()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"standard output is closed")


def test_a_terminal_of_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii:strict")
    code, stdout, stderr = run(["--help"], shell="")
    assert (code, stderr) == (0, b"")
    assert b"\\u2026" in stdout


def test_the_table_of_exit_codes_is_the_readmes() -> None:
    text = (ROOT / "README.md").read_text()
    for code in Exit:
        assert f"| {int(code)} | {code.meaning} |" in text
        assert f"  {int(code):<5}{code.meaning}\n" in exit_table()

"""A whole session with secrets that nothing else looks like; afterwards they are nowhere.

The account's own password in a variable, a portal password typed and copied, a login link shown and copied, a request
copied as curl, every switch for developers on. Looked at is everything that is left: files of the
home, of the sandbox and of the working directory, tmux's buffers, environments of other programs, what was written to
standard error, the sandbox's outbox and log.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import uuid
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Start
from tests.e2e.servers import Account, SandboxProcess
from tests.e2e.steps import say_yes

#: of the account's API, and of other accounts
API_KEY, OTHER_KEY = "apikey-5f1c0e", "otherkey-77ab31"
#: a user's, typed
TYPED = "Typed-portal-9d2e61"

#: starts a program after noting what it is handed
NOTES = """#!{python}
import json, os, sys
descriptor = os.open({note!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
os.write(descriptor, (json.dumps([sys.argv, dict(os.environ)]) + "\\n").encode())
os.execv({program!r}, [{program!r}, *sys.argv[1:]])
"""

DEVELOPERS = {
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_LOG": "textual.log",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": ".",
    "TEXTUAL_SHOW_RETURN": "1",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONFAULTHANDLER": "1",
    "SSLKEYLOGFILE": "tls-keys.log",
    "COTUI_TRACEBACK": "1",
}


def noting(folder: Path, name: str, note: Path) -> None:
    """A program of this name that notes what it is handed, then does the same as the real one."""
    path = folder / name
    path.write_text(NOTES.format(python=sys.executable, note=str(note), program=shutil.which(name)))
    path.chmod(0o755)


class Tmux:
    """A private server of tmux; only its buffers matter."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / f"tmux-{uuid.uuid4().hex[:6]}")
        self.run("new-session", "-d", "sleep 1000")
        self.variable = f"{self._socket},{self.run('display-message', '-p', '#{pid}').strip()},0"

    def run(self, *words: str) -> str:
        """What it answers."""
        done = subprocess.run(
            ["tmux", "-f", "/dev/null", "-S", self._socket, *words],
            capture_output=True,
            text=True,
            timeout=30,
        )
        return done.stdout

    def buffers(self) -> list[str]:
        """All that can be pasted."""
        names = self.run("list-buffers", "-F", "#{buffer_name}").split()
        return [self.run("show-buffer", "-b", name) for name in names]

    def close(self) -> None:
        """End it."""
        self.run("kill-server")


@pytest.fixture
def tmux(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tmux]:
    """A server of tmux."""
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed")
    made = Tmux(tmp_path_factory.mktemp("t"))
    yield made
    made.close()


def files_with(folder: Path, *secrets: str) -> list[str]:
    """Files that hold one of the secrets, plain or in base64."""
    wanted = [
        form for secret in secrets for form in (secret.encode(), b64encode(secret.encode()).rstrip(b"="))
    ]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in wanted)
    ]


def control(account: Account, path: str) -> Any:
    """What the sandbox tells of itself."""
    return Account(account.url.replace("/api/v3", "/_sandbox"), account.username, account.password).get(path)


def test_a_session_leaves_no_secret(
    start: Start, tmux: Tmux, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    umask = os.umask(0)
    try:
        home, other, programs = (tmp_path / name for name in ("sandbox", "config", "programs"))
        programs.mkdir()
        note = tmp_path / "handed-on.json"
        noting(programs, "tmux", note)
        sandbox = SandboxProcess(
            home, "--customers", "20", "--username", "key", "--database", str(home / "account.sqlite"),
            env={"COTUI_SANDBOX_PASSWORD": API_KEY},
        )  # fmt: skip
        request.addfinalizer(sandbox.close)  # whatever fails
    finally:
        os.umask(umask)
    other.mkdir()
    (other / "config.toml").write_text(
        f'default_profile = "mine"\n[profiles.mine]\nurl = "{sandbox.account.url}"\nusername = "key"\n'
        'password_env = "MINE_KEY"\n[profiles.other]\nurl = "other"\nusername = "key"\npassword_env = "OTHER_KEY"\n'
    )
    errors = os.open(tmp_path / "stderr", os.O_RDWR | os.O_CREAT, 0o600)
    program = start(
        "users",
        env={
            **DEVELOPERS, "MINE_KEY": API_KEY, "OTHER_KEY": OTHER_KEY, "COTUI_PASSWORD": OTHER_KEY,
            "TMUX": tmux.variable, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        },
        size=(110, 40),
        errors=errors,
    )  # fmt: skip
    program.wait_for("of ")
    program.press("L")
    program.wait_for("Portal home page")
    program.press("enter")
    program.wait_for("getLoginURL")
    program.press("c")
    program.wait_for("curl")
    say_yes(program, "hidden: a link to")
    program.press("s")
    text = program.wait_for("/r/login/link/")
    secret = text.split("/r/login/link/")[1].split()[0].strip("│ ")[:16]
    assert len(secret) == 16
    program.press("c")
    program.wait_for("through tmux")
    assert any(secret in buffer for buffer in tmux.buffers()), "it was not copied, so this shows nothing"
    program.press("esc")
    program.wait_for("of ", without="/r/login/link/")

    program.press("a")
    program.wait_for("Set password")
    program.type("set pass")
    program.press("enter")
    program.wait_for("new password")
    program.type(TYPED)
    program.press("tab")
    program.type(TYPED)
    program.send(b"\x19")  # ctrl+y
    program.wait_for("through tmux")
    program.press("ctrl+s")
    program.wait_for("/_action/password")
    program.alone("y")
    program.wait_for("of ", without="/_action/password")
    program.quit()

    assert not [text for text in tmux.buffers() if secret in text or TYPED in text]
    assert TYPED not in bytes(program.raw).decode("utf-8", "replace")
    # the sandbox's own view of it
    for what in ("requests", "outbox", "letters"):
        said = json.dumps(control(sandbox.account, what))
        assert not [item for item in (API_KEY, OTHER_KEY, TYPED, secret) if item in said], what
    assert "user.password" in json.dumps(control(sandbox.account, "outbox"))
    handed = note.read_text()
    assert "load-buffer" in handed
    assert "delete-buffer" in handed
    assert files_with(tmp_path, API_KEY, OTHER_KEY, TYPED, secret) == []
    kept = list(tmp_path.rglob("account.sqlite*"))
    assert kept
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    sandbox.close()
    assert files_with(tmp_path, API_KEY, OTHER_KEY, TYPED, secret) == []
    assert os.fstat(errors).st_size == 0
    os.close(errors)

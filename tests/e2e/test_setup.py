"""The first run: the set-up screen asks, tries, stores; the next start needs none."""

from __future__ import annotations

import signal
import stat
from pathlib import Path

import pytest

from tests.e2e.conftest import CUSTOMERS, Start
from tests.e2e.servers import SandboxProcess

pytestmark = pytest.mark.xdist_group("e2e-sandbox")


def test_setting_up_an_account_by_hand(start: Start, sandbox: SandboxProcess, tmp_path: Path) -> None:
    account = sandbox.account
    program = start()
    program.wait_for("Which ChargeOver account?")
    program.type(f"{account.url}\r{account.username}\r" + "wrong" + "\rmine\r")
    text = program.wait_for("does not accept these keys")
    assert account.url.partition("://")[2].partition("/")[0] in text, "what was typed is gone"
    assert not (tmp_path / "config").exists(), "something was stored although the keys do not work"

    program.press("up")
    program.press("ctrl+u")
    program.type(account.password)
    program.press("ctrl+s")
    program.wait_for(f"of {CUSTOMERS}")
    assert account.password not in program.raw.decode(), "the password was shown"
    program.quit()

    config = (tmp_path / "config" / "config.toml").read_text()
    assert account.username in config
    assert account.password not in config
    holders = [path for path in tmp_path.rglob("*") if path.is_file() and account.password in _read(path)]
    assert len(holders) == 1
    for path in [*holders, *(tmp_path / "config").iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE(holders[0].parent.stat().st_mode) == 0o700

    again = start()
    text = again.wait_for(f"of {CUSTOMERS}")
    assert "mine" in text.splitlines()[0]
    again.quit()


@pytest.mark.long
def test_an_address_that_leads_nowhere_is_explained(start: Start, tmp_path: Path) -> None:
    program = start()
    program.wait_for("Which ChargeOver account?")
    program.type("http://billing.example.com/api/v3\rpublic\rprivate\r\r")
    text = program.wait_for("Plain http is refused")
    assert "https://" in text
    assert not (tmp_path / "config").exists()
    program.terminate(signal.SIGTERM)
    assert program.wait_exit() == 128 + signal.SIGTERM
    assert program.left_over() == []


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")

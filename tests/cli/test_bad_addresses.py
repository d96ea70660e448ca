"""Addresses that can't be one, wherever they are set: one line that says where, and exit code 3."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.api import BadConnection
from cotui.cli.account import make_api
from cotui.cli.data_command import run_data_command
from cotui.cli.exits import CommandError, Exit
from cotui.settings import Profile

BAD = [
    "acme:99999", "acme:0", "https://acme.chargeover.com:abc", "https://acme.chargeover.com:-1", "http://127.0.0.1:0",
    "http://[::1", "https://[::zz]/", "https://[fe80::1%25eth0]/", "ac me", "https://", "http://ex..com",
    "https://" + "x" * 64 + ".com", "http://elsewhere.example", "ftp://acme", "https://1.2.3.4.5", "https://u:s3cret@acme",
    "https://acme:s3cret@", "ac\\me", "https://acme.chargeover.com:s3cret",
]  # fmt: skip


@pytest.mark.parametrize("url", BAD)
@pytest.mark.parametrize("place", ["COTUI_URL", "profile acme, url"])
def test_one_line_names_the_place(tmp_path: Path, url: str, place: str) -> None:
    env = {"COTUI_CONFIG": str(tmp_path / "cotui" / "config.toml"), "COTUI_PASSWORD": "p"}
    if place == "COTUI_URL":
        env |= {"COTUI_URL": url, "COTUI_USERNAME": "u"}
    else:
        folder = tmp_path / "cotui"
        folder.mkdir()
        (folder / "config.toml").write_text(
            f"[profiles.acme]\nurl = '{url}'\nusername = 'u'\npassword_env = 'COTUI_PASSWORD'\n"
        )
    with pytest.raises(CommandError) as caught:
        run_data_command("count", ["customers"], env=env)
    assert caught.value.code is Exit.CONFIG
    message = str(caught.value)
    assert message.startswith((f"{place}: The address ", f"{place}: Plain http is refused"))
    assert "\n" not in message
    assert "s3cret" not in message
    assert "s3cret" not in repr(caught.value.__context__)


def test_the_set_up_screen_is_told_in_the_libraries_terms() -> None:
    """It shows what can't work and lives on, so it must not get the error that ends a command."""
    with pytest.raises(BadConnection):
        make_api(Profile("new", "acme", "user:with a colon"), "p")

"""A write as a curl command sends what cotui sends."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import Call
from cotui.api.curl import curl_command
from cotui.api.write import HIDDEN
from cotui.catalog.objects.user import USER
from cotui.safety.text import clean_multiline
from tests.api.writes import PASSWORD, write


def run_curl(command: str, folder: Path, **env: str) -> list[str]:
    """The words that a shell hands to curl."""
    fake = folder / "curl"
    fake.write_text('#!/bin/sh\nprintf "%s\\0" "$@"\n')
    fake.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "-c", command.encode()],
        env={"PATH": f"{folder}:{os.environ['PATH']}", **env},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().split("\0")[:-1]


@pytest.mark.parametrize("name", ['it\'s $HOME `id` "q" !x \\', "a\nb\x9b31m\u202e\U000e0041", HIDDEN + "x"])
def test_curl_sends_what_cotui_sends(name: str, tmp_path: Path) -> None:
    given = write(USER, "update", payload={"first_name": name, "password": PASSWORD})
    command = curl_command(given.shown_call("path"), "https://acme.chargeover.com/api/v3")
    assert clean_multiline(command) == command, "it is pasted into terminals"
    words = run_curl(command, tmp_path, COTUI_USERNAME="key", COTUI_PASSWORD="pass", SECRET="s3cret")
    assert words[:4] == ["-X", "PUT", "-u", "key:pass"]
    assert words[-1] == "https://acme.chargeover.com/api/v3/user/12"
    body = json.loads(words[words.index("--data-raw") + 1])
    assert body["first_name"] == name
    expected = "s3cret" if any(item.name == "password" and item.secret for item in USER.fields) else PASSWORD
    assert body["password"] == expected


def test_curl_without_a_body(tmp_path: Path) -> None:
    words = run_curl(curl_command(write(USER, "delete").shown_call("path"), "https://x/api/v3"), tmp_path)
    assert words == ["-X", "DELETE", "-u", ":", "https://x/api/v3/user/12"]


@given(st.recursive(st.text() | st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner)))
@pytest.mark.long
def test_a_body_in_curl_is_the_same_json(value: Any) -> None:
    import shlex

    from cotui.api.calls import encode

    if HIDDEN in json.dumps(value, ensure_ascii=False):
        return
    try:
        body = encode(value)
    except (UnicodeEncodeError, ValueError):
        return  # an unpaired surrogate can't be sent either
    words = shlex.split(curl_command(Call("POST", "x", body=body), "https://x").replace("\\\n", ""))
    assert json.loads(words[words.index("--data-raw") + 1]) == value

"""One wording everywhere for where the API's keys are found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cotui
from cotui.api import BadConnection, Connection, Unauthorized
from cotui.api.errors import KEYS_ARE_IN

PACKAGE = Path(cotui.__file__).parent


def test_every_mention_of_the_menus_is_the_same() -> None:
    found = 0
    for file in PACKAGE.rglob("*.py"):
        for line in file.read_text().split("\n"):
            assert "API/Webhooks" not in line, file
            if re.search(r"Settings, Dev|Configuration, API", line):
                assert KEYS_ARE_IN in line, file
                found += 1
    assert found >= 3  # one for each layer: client, configuration, set-up screen


def test_errors_about_keys_say_where_they_are() -> None:
    assert KEYS_ARE_IN in Unauthorized().todo
    with pytest.raises(BadConnection) as refused:
        Connection(name="a", url="acme", username="a:b", password="")
    assert KEYS_ARE_IN in refused.value.todo

"""The commented example says every key."""

from __future__ import annotations

import tomllib
from pathlib import Path

from cotui.settings import check, example_config, load_settings


def test_the_example_says_every_key_and_is_correct_when_uncommented(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(example_config())
    assert check(path) == []
    assert tomllib.loads(example_config()) == {}
    keys = [
        line[1:] for line in example_config().split("\n") if line[:1] == "#" and line[1:2] not in (" ", "")
    ]
    path.write_text("\n".join(keys).replace("NAME", "acme"))
    path.chmod(0o600)
    # the example's password file and, on most machines, its password command do not exist
    assert {problem.severity for problem in check(path)} == {"warning"}
    assert load_settings({}, path).profiles["acme"].page_size == 100


def test_lines_are_short_and_say_what_is_expected_and_required() -> None:
    lines = example_config().split("\n")
    assert max(map(len, lines)) <= 98
    text = " ".join(line.removeprefix("# ") for line in lines)
    assert "A whole number from 1 to 500." in text
    assert text.count(" Required.") == 2
    assert "#page_size = 100" in lines
    assert "#keyring = true" in lines
    assert "#[profiles.NAME]" in lines

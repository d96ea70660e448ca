"""Whatever stands in a file of ours: a message, never a hang or a traceback, and nothing of it is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cotui.audit.log import AuditLog
from cotui.safety.faults import FileFault
from cotui.settings import Profile, StateStore, load_settings, save_profile, store_secret
from cotui.settings.checks import check
from cotui.settings.problems import ConfigError
from cotui.settings.secrets import SecretError, resolve_secret

PROFILE = Profile("a", "https://x.chargeover.com/api/v3", "u", keyring=False)
NEST = 200_000

#: what can stand in a file that a program was killed over, that another version wrote, that somebody played with
CONTENTS: dict[str, bytes] = {
    "nothing": b"",
    "half of it": b'{"version": 1, "profi',
    "lists": b"[" * NEST,
    "closed lists": b"[" * NEST + b"]" * NEST,
    "deep lists": b"[" * 500 + b"]" * 500,
    "tables": b'{"a":' * NEST,
    "deep in state": b'{"version": 1, "profiles": {"a": ' + b'{"b":' * 400 + b"1" + b"}" * 402,
    "a list in TOML": b"x = " + b"[" * NEST,
    "a deep key": b".".join([b"a"] * NEST) + b" = 1",
    "no text": b"\xff\xfe\x00",
    "zeros": bytes(4096),
    "another version": b'{"version": 99, "profiles": {"a": {}}}',
    "no version": b"{}",
    "a text for a table": b'passwords = "x"\nprofiles = "y"\ninterface = 1\n',
    "numbers for tables": b'{"version": 1, "profiles": [1, {"screens": 3}], "last_profile": {}}',
    "a long number": b"x = " + b"9" * 50_000,
    "too much": b"#" * (17 * 2**20),
}


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


KINDS: dict[str, Callable[[Path], None]] = {
    **{name: lambda path, content=content: path.write_bytes(content) for name, content in CONTENTS.items()},  # type: ignore[misc]
    "a pipe": pipe,
    "an endless device": endless,
    "a directory": Path.mkdir,
}


@pytest.mark.parametrize("kind", KINDS)
class TestEveryFile:
    def test_state(self, kind: str, tmp_path: Path) -> None:
        path = tmp_path / "state.json"
        KINDS[kind](path)
        store = StateStore(path)
        kept = sorted(item.name for item in tmp_path.iterdir())
        if kind in CONTENTS and kind != "numbers for tables":
            assert kept == ["state.json.damaged"]
            assert (tmp_path / kept[0]).read_bytes() == CONTENTS[kind]
        assert len(store.notices) == (kind != "numbers for tables")
        store.screen("acme", "customers").filter = "x"
        if store.save():
            assert StateStore(path).screen("acme", "customers").filter == "x"
        else:
            assert kind not in CONTENTS

    def test_state_that_came_to_it_while_the_program_ran(self, kind: str, tmp_path: Path) -> None:
        path = tmp_path / "state.json"
        store = StateStore(path)
        KINDS[kind](path)
        store.screen("acme", "customers").filter = "x"
        if store.save():
            assert StateStore(path).screen("acme", "customers").filter == "x"
            assert kind == "numbers for tables" or store.notices
            assert kind == "numbers for tables" or (tmp_path / "state.json.damaged").exists()
        else:
            assert store.notices

    def test_configuration(self, kind: str, tmp_path: Path) -> None:
        path = tmp_path / "config.toml"
        KINDS[kind](path)
        check(path)
        for use in (lambda: load_settings({}, path), lambda: save_profile(PROFILE, path)):
            try:
                use()
            except (ConfigError, FileFault):
                continue
            assert kind == "nothing"

    def test_credentials(self, kind: str, tmp_path: Path) -> None:
        path = tmp_path / "credentials.toml"
        KINDS[kind](path)
        if path.is_file():
            path.chmod(0o600)
        before = path.read_bytes() if path.is_file() and not path.is_symlink() else None
        with pytest.raises(SecretError):
            resolve_secret(PROFILE, config=tmp_path / "config.toml", env={})
        try:
            store_secret(PROFILE, "secret", config=tmp_path / "config.toml")
        except (ConfigError, FileFault):
            assert before is None or path.read_bytes() == before
        else:
            assert kind == "nothing"

    @pytest.mark.parametrize("name", ["pending-1-abc.json", "audit.jsonl", "new-1-abc.json"])
    def test_audit(self, kind: str, name: str, tmp_path: Path) -> None:
        log = AuditLog(tmp_path / "audit")
        log.directory.mkdir(mode=0o700)
        KINDS[kind](log.directory / name)
        try:
            log.begin([{"request_id": "a"}]).finish([{"result": "done"}])
            lines = list(log.entries())
        except FileFault:
            assert name == "audit.jsonl"
        else:
            assert [line for line in lines if line.get("request_id") == "a"]
            assert all(len(str(line)) < 40 * 2**20 for line in lines)
            assert not log.unfinished

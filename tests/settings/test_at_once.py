"""Programs that save at the same time, and programs that are killed while they save."""

from __future__ import annotations

import signal
import stat
from pathlib import Path

import pytest

from cotui.safety.exclusive_access import exclusive_access
from cotui.safety.faults import FileFault
from cotui.settings import Profile, StateStore, load_settings, save_profile, store_secret
from cotui.settings.document import read_document
from tests.depth import examples
from tests.safety.programs import KILLED, run

#: one of them takes as long as the disk needs
CHANGES = examples(120, short=24)

#: saves what is its own: a screen, a password and a profile in turn, when all are ready
SAVER = """
import sys
from pathlib import Path
from cotui.settings import Profile, StateStore, save_profile, store_secret
from cotui.settings import state as state_module

place, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
kind = sys.argv[4]
store = StateStore(place / "state.json", patience=60)
print("ready", flush=True)
sys.stdin.readline()
for index in range(number):
    own = f"{name}-{index}"
    if kind == "state":
        store.screen("acme", own).filter = own
        if index < 10:
            store.screen("acme", "shared").remember(own)
        assert store.save(), store.notices
        continue
    profile = Profile(name=own, url="https://x.chargeover.com/api/v3", username=own, keyring=False)
    if kind == "passwords":
        store_secret(profile, "secret of " + own, config=place / "config.toml")
    else:
        save_profile(profile, place / "config.toml")
"""


@pytest.mark.sample("2-profiles", "2-state", "2-passwords")
@pytest.mark.parametrize("kind", ["state", "passwords", "profiles"])
@pytest.mark.parametrize("programs", [2, 4])
def test_of_programs_that_save_at_once_all_is_kept(programs: int, kind: str, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("# mine\n[interface]\n# and this\n")
    each = CHANGES // programs
    savers = [run(SAVER, str(tmp_path), f"p{number}", str(each), kind) for number in range(programs)]
    for saver in savers:
        assert saver.stdout is not None
        assert saver.stdout.readline() == "ready\n"
    for saver in savers:
        saver.communicate("go\n")
        assert saver.returncode == 0
    names = {f"p{number}-{index}" for number in range(programs) for index in range(each)}
    if kind == "state":
        store = StateStore(tmp_path / "state.json")
        assert {name for name in names if store.screen("acme", name).filter == name} == names
        history = store.screen("acme", "shared").history
        assert {text.partition("-")[0] for text in history} == {f"p{number}" for number in range(programs)}
    elif kind == "passwords":
        kept = read_document(tmp_path / "credentials.toml").values["passwords"]
        assert {name for name in names if f"secret of {name}" in kept.values()} == names
        assert stat.S_IMODE((tmp_path / "credentials.toml").stat().st_mode) == 0o600
    else:
        assert names <= set(load_settings({}, config).profiles)
        assert config.read_text().startswith("# mine\n[interface]\n# and this\n")
    assert not list(tmp_path.glob(".*.tmp"))


# -- killed in the middle ------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", range(1, 7))
@pytest.mark.parametrize("way", ["nameless", "named"])
def test_what_a_killed_program_left_goes_with_the_next_start(
    way: str, step: int, when: str, tmp_path: Path
) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(b"old")
    path.chmod(0o600)
    process = run(KILLED, str(path), str(step), when, way)
    output, _ = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL)
    assert process.returncode or "survived" in output
    assert path.read_bytes() in (b"old", b"new" * 10_000)
    for left in tmp_path.glob(".*.tmp"):
        assert stat.S_IMODE(left.stat().st_mode) & 0o007 == 0
    StateStore(path)
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_password_is_not_left_in_a_temporary_file(tmp_path: Path) -> None:
    left = [tmp_path / f".{name}.toml.99.0123abcd.tmp" for name in ("config", "credentials")]
    for path in left:
        path.write_text("secret")
    load_settings({}, tmp_path / "config.toml")
    assert not any(path.exists() for path in left)


# -- who does not get the lock --------------------------------------------------------------------


def test_who_cannot_save_in_time_says_so_and_saves_later(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    store = StateStore(path, patience=0)
    store.screen("acme", "customers").filter = "one"
    with exclusive_access(path):
        assert store.save() is False
        store.screen("acme", "users").filter = "two"
        assert store.save() is False
    (notice,) = store.notices
    assert "not remembered yet" in notice
    assert "another program" in notice
    assert store.save() is True
    again = StateStore(path)
    assert (again.screen("acme", "customers").filter, again.screen("acme", "users").filter) == ("one", "two")


def test_a_profile_or_password_that_cannot_be_saved_in_time_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "cotui.settings.save.exclusive_access", lambda path: exclusive_access(path, patience=0)
    )
    monkeypatch.setattr(
        "cotui.settings.secrets.exclusive_access", lambda path: exclusive_access(path, patience=0)
    )
    profile = Profile("a", "https://x.chargeover.com/api/v3", "u", keyring=False)
    for name, save in (
        ("config.toml", lambda: save_profile(profile, tmp_path / "config.toml")),
        ("credentials.toml", lambda: store_secret(profile, "s", config=tmp_path / "config.toml")),
    ):
        with (
            exclusive_access(tmp_path / name),
            pytest.raises(FileFault, match="another program has kept it locked"),
        ):
            save()
        save()

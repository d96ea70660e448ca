"""What is remembered comes back; a damaged file never stops the program."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotui.settings import StateStore
from cotui.settings import state as state_module
from cotui.settings.state import HISTORY_LENGTH


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "state.json"


def filled(path: Path) -> StateStore:
    store = StateStore(path)
    store.last_profile = "acme"
    store.account("acme").last_screen = "users"
    screen = store.screen("acme", "customers")
    screen.filter = "country = Canada"
    screen.columns = ["company", "balance"]
    screen.widths = {"company": 40}
    screen.remember("country = Canada")
    return store


def test_everything_comes_back(path: Path) -> None:
    assert filled(path).save() is True
    store = StateStore(path)
    assert store.notices == []
    assert store.last_profile == "acme"
    assert store.account("acme").last_screen == "users"
    screen = store.screen("acme", "customers")
    assert (screen.filter, screen.columns, screen.history) == (
        "country = Canada",
        ["company", "balance"],
        ["country = Canada"],
    )
    assert screen.widths == {"company": 40}
    assert store.screen("other", "customers").filter == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_file_is_private(path: Path) -> None:
    filled(path).save()
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_when_nothing_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = StateStore(path)
    store.screen("acme", "customers")  # looking is no change
    assert store.save() is True
    assert not path.exists()
    store = filled(path)
    store.save()
    store = StateStore(path)
    store.screen("acme", "customers").filter += ""
    monkeypatch.setattr(state_module, "write_atomically", lambda *_, **__: pytest.fail("written"))
    assert store.save() is True


def test_the_history_is_newest_first_without_repeats_and_bounded(path: Path) -> None:
    screen = StateStore(path).screen("p", "s")
    for text in ["a", "b", " a ", "", "  ", "x" * 20_000]:
        screen.remember(text)
    assert screen.history == ["a", "b"]
    for number in range(100):
        screen.remember(f"n {number}")
    assert len(screen.history) == HISTORY_LENGTH
    assert screen.history[0] == "n 99"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b'{"version": 2}', b'{"version": "1"}', b"[" * 99999]
)
def test_a_damaged_file_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    store = StateStore(path)
    assert not path.exists()
    aside = path.with_name("state.json.damaged")
    assert aside.read_bytes() == content
    (notice,) = store.notices
    assert "state.json.damaged" in notice
    store.last_profile = "x"
    assert store.save() is True
    assert StateStore(path).last_profile == "x"


def test_a_directory_in_the_file_s_place_is_no_failure(path: Path) -> None:
    path.mkdir(parents=True)
    store = filled(path)
    assert len(store.notices) == 1
    assert store.save() is False


def test_a_directory_that_cannot_be_written_is_told_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "replace", fail)
    store = filled(path)
    assert store.save() is False
    assert store.save() is False
    (notice,) = store.notices
    assert "Read-only file system" in notice


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_failed_write_keeps_the_old_state(path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    filled(path).save()
    store = StateStore(path)
    store.last_profile = "new"

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, broken, fail)
        assert store.save() is False
    assert StateStore(path).last_profile == "acme"
    assert store.save() is True
    assert StateStore(path).last_profile == "new"


def test_two_programs_do_not_undo_each_other(path: Path) -> None:
    filled(path).save()
    one, two = StateStore(path), StateStore(path)
    one.screen("acme", "customers").filter = "one"
    one.screen("acme", "users").filter = "by one"
    two.screen("acme", "invoices").filter = "two"
    two.screen("beta", "users").columns = ["name"]
    one.save()
    two.save()
    store = StateStore(path)
    assert store.screen("acme", "customers").filter == "one"
    assert store.screen("acme", "users").filter == "by one"
    assert store.screen("acme", "invoices").filter == "two"
    assert store.screen("beta", "users").columns == ["name"]


def test_what_one_program_forgets_does_not_come_back_from_another(path: Path) -> None:
    store = StateStore(path)
    store.account("a").abilities.update({"_bulk": "no 2026-11-30", "page size": "20 2026-11-30"})
    store.save()
    running, forgetting = StateStore(path), StateStore(path)
    forgetting.account("a").abilities.clear()
    forgetting.save()
    running.account("a").abilities["read item"] = "no 2026-11-30"
    running.screen("a", "items").filter = "x"
    running.save()
    assert StateStore(path).account("a").abilities == {"read item": "no 2026-11-30"}
    forgetting = StateStore(path)
    running.account("a").abilities["read user"] = "no 2026-11-30"
    running.save()
    forgetting.account("a").abilities.clear()
    forgetting.screen("a", "items").filter = ""
    forgetting.save()
    assert StateStore(path).account("a").abilities == {"read user": "no 2026-11-30"}, "found out meanwhile"
    path.unlink()
    running.account("a").abilities["read note"] = "no 2026-11-30"
    running.save()
    assert StateStore(path).screen("a", "items").filter == "x", "a file that is gone is written whole"


def test_what_was_emptied_stays_empty(path: Path) -> None:
    filled(path).save()
    store = StateStore(path)
    screen = store.screen("acme", "customers")
    screen.filter, screen.columns = "", []
    store.save()
    screen = StateStore(path).screen("acme", "customers")
    assert (screen.filter, screen.columns) == ("", [])
    assert screen.history == ["country = Canada"]


def test_unpaired_surrogates_do_not_stop_saving(path: Path) -> None:
    store = StateStore(path)
    store.screen("p", "s").filter = "a\ud800b"
    assert store.save() is True
    assert StateStore(path).screen("p", "s").filter == "a?b"


GARBAGE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
SHAPES = st.fixed_dictionaries(
    {},
    optional={
        "last_profile": GARBAGE,
        "profiles": GARBAGE,
        "adopted": GARBAGE | st.dictionaries(st.text(max_size=3), GARBAGE, max_size=2),
        "accounts": GARBAGE
        | st.dictionaries(
            st.text(max_size=3),
            GARBAGE
            | st.fixed_dictionaries(
                {},
                optional={
                    "last_screen": GARBAGE,
                    "words": GARBAGE | st.dictionaries(st.text(max_size=3), GARBAGE, max_size=2),
                    "latest_time": GARBAGE,
                    "abilities": GARBAGE | st.dictionaries(st.text(max_size=3), GARBAGE, max_size=2),
                    "screens": st.dictionaries(
                        st.text(max_size=3),
                        st.fixed_dictionaries(
                            {},
                            optional=dict.fromkeys(("filter", "columns", "widths", "history"), GARBAGE),
                        ),
                        max_size=2,
                    ),
                },
            ),
            max_size=2,
        ),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SHAPES)
def test_any_shape_is_read_as_far_as_it_goes(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"version": 1, **data}))
    store = StateStore(path)
    assert store.notices == []
    store.screen("p", "s").filter = "f"
    assert store.save() is True
    assert StateStore(path).screen("p", "s").filter == "f"


#: a file as version 1.0 wrote it
V1: dict[str, Any] = {
    "version": 1,
    "last_profile": "acme",
    "profiles": {
        "acme": {
            "last_screen": "invoices",
            "screens": {"invoices": {"filter": "currency_id = 2", "history": ["currency_id = 2"]}},
        },
        "environment": {"screens": {"customers": {"filter": "country = Canada"}}},
    },
}


def of_v1(path: Path) -> StateStore:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(V1))
    return StateStore(path)


def test_what_an_older_version_remembered_of_a_profile_is_its_account_s(path: Path) -> None:
    store = of_v1(path)
    store.adopt("key@acme.chargeover.com", "acme")
    assert store.account("key@acme.chargeover.com").last_screen == "invoices"
    screen = store.screen("key@acme.chargeover.com", "invoices")
    assert (screen.filter, screen.history) == ("currency_id = 2", ["currency_id = 2"])
    assert store.last_profile == "acme"


def test_an_account_that_comes_later_under_the_same_name_gets_none_of_it(path: Path) -> None:
    store = of_v1(path)
    store.adopt("key@one.chargeover.com", "environment")
    assert store.screen("key@one.chargeover.com", "customers").filter == "country = Canada"
    store.save()
    for again in (store, StateStore(path)):
        again.adopt("key@two.chargeover.com", "environment")
        assert again.screen("key@two.chargeover.com", "customers").filter == ""


def test_what_is_known_of_an_account_is_not_undone_by_what_is_older(path: Path) -> None:
    store = of_v1(path)
    store.screen("key@acme.chargeover.com", "customers").filter = "id = 3"
    store.adopt("key@acme.chargeover.com", "acme")
    assert store.screen("key@acme.chargeover.com", "customers").filter == "id = 3"
    assert store.screen("key@acme.chargeover.com", "invoices").filter == ""


def test_an_older_version_finds_what_it_left_and_leaves_what_it_does_not_know(path: Path) -> None:
    store = of_v1(path)
    store.adopt("key@acme.chargeover.com", "acme")
    store.screen("key@acme.chargeover.com", "invoices").filter = "id = 7"
    store.account("key@acme.chargeover.com").words["currency_id"] = {"EUR": "2"}
    assert store.save()
    disk = json.loads(path.read_text())
    assert (disk["version"], disk["profiles"]) == (1, V1["profiles"])
    # 1.0 writes what it knows over what is on disk, by the same rules
    older = {"version": 1, "last_profile": "other", "profiles": {"acme": {"last_screen": "users"}}}
    path.write_text(json.dumps(state_module._merge(V1, older, disk)))
    again = StateStore(path)
    assert again.last_profile == "other"
    assert again.screen("key@acme.chargeover.com", "invoices").filter == "id = 7"
    assert again.account("key@acme.chargeover.com").words == {"currency_id": {"EUR": "2"}}


def test_what_an_account_can_do_is_kept_and_can_be_forgotten(path: Path) -> None:
    store = StateStore(path)
    store.account("key@acme").abilities["_bulk"] = "no 2026-11-30"
    assert store.save()
    again = StateStore(path)
    assert [(name, account.abilities) for name, account in again.accounts()] == [
        ("key@acme", {"_bulk": "no 2026-11-30"})
    ]
    again.account("key@acme").abilities.clear()
    assert again.save()
    assert StateStore(path).account("key@acme").abilities == {}

"""The keyring answers in time or is given up on, and nothing that it raises gets out."""

from __future__ import annotations

import sys

import pytest

from cotui.settings.keyring_access import Answer, look_up, store
from tests.settings.keyrings import FakeKeyring

SECRET = "hunter2"
ACCOUNT = "key@acme"


def test_what_was_stored_is_found_under_the_account(keyring: FakeKeyring) -> None:
    assert store(ACCOUNT, SECRET) == Answer(done=True, backend="keyring (Fake)")
    assert look_up(ACCOUNT) == Answer(SECRET, done=True, backend="keyring (Fake)")
    assert look_up("key@other") == Answer(reason="keyring (Fake) has none")
    assert keyring.kept == {("cotui", ACCOUNT): SECRET}


def test_an_empty_password_is_none(keyring: FakeKeyring) -> None:
    keyring.kept["cotui", ACCOUNT] = ""
    assert not look_up(ACCOUNT).done


def test_one_that_takes_everything_and_keeps_nothing_is_not_trusted(keyring: FakeKeyring) -> None:
    keyring.set_password = lambda *_: None  # type: ignore[method-assign]
    assert store(ACCOUNT, SECRET) == Answer(reason="keyring (Fake) does not keep passwords")


@pytest.mark.usefixtures("stuck")
def test_one_that_does_not_answer_is_given_up_on() -> None:
    for answer in (look_up(ACCOUNT, 0.02), store(ACCOUNT, SECRET, 0.02)):
        assert answer == Answer(reason="the keyring gave no answer within 0.02 s", late=True)


def test_what_it_raises_is_named_without_its_text(keyring: FakeKeyring) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    keyring.get_password = fail  # type: ignore[method-assign]
    assert look_up(ACCOUNT) == Answer(reason="the keyring cannot be used (RuntimeError)")


def test_one_that_is_not_installed_is_told_from_one_that_is_broken(
    keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'secretstorage'", name="secretstorage")

    keyring.get_password = broken  # type: ignore[method-assign]
    assert look_up(ACCOUNT).reason == "the keyring cannot be used (ModuleNotFoundError)"
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert look_up(ACCOUNT).reason == "no keyring is installed (pip install 'cotui[keyring]')"


def test_an_answer_does_not_show_the_password() -> None:
    assert SECRET not in repr(Answer(SECRET))

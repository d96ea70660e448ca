"""Command, environment, keyring, file: the order, what is said of it, and what is never said."""

from __future__ import annotations

import sys
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from cotui.settings import Profile, SecretError, resolve_secret, store_secret
from cotui.settings.keyring_access import Answer
from tests.settings.keyrings import FakeKeyring

PROFILE = Profile("acme", "https://acme.chargeover.com/api/v3", "key")
SECRET = "hunter2"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
pytestmark = pytest.mark.usefixtures("keyring")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def printing(text: str, status: int = 0, errors: str = "") -> tuple[str, ...]:
    code = f"import sys; sys.stdout.write({text!r}); sys.stderr.write({errors!r}); sys.exit({status})"
    return (sys.executable, "-c", code)


def test_the_order_is_command_environment_keyring_file(
    config: Path, keyring: FakeKeyring, tmp_path: Path
) -> None:
    keyring.kept["cotui", PROFILE.account] = "from keyring"
    file = tmp_path / "secret"
    file.write_text("from file\nsecond line\n")
    file.chmod(0o600)
    profile = replace(
        PROFILE, password_command=printing("from command\n"), password_env="E", password_file=str(file)
    )
    env = {"E": "from environment"}

    secret = resolve_secret(profile, config=config, env=env)
    assert (secret.value, secret.source) == ("from command", "command")
    profile = replace(profile, password_command=())
    secret = resolve_secret(profile, config=config, env=env)
    assert (secret.value, secret.source, secret.origin) == (
        "from environment",
        "environment",
        "environment variable E",
    )
    secret = resolve_secret(profile, config=config, env={})
    assert (secret.value, secret.source, secret.origin) == ("from keyring", "keyring", "keyring (Fake)")
    profile = replace(profile, keyring=False)
    secret = resolve_secret(profile, config=config, env={})
    assert (secret.value, secret.source, secret.origin) == ("from file", "file", str(file))


def test_no_password_anywhere_says_what_every_source_answered(config: Path) -> None:
    profile = replace(PROFILE, password_env="ACME_KEY")
    with pytest.raises(SecretError) as refused:
        resolve_secret(profile, config=config, env={})
    message = str(refused.value)
    assert '"acme"' in message
    for part in (
        "password_command is not set",
        "ACME_KEY is empty",
        "keyring (Fake) has none",
        "credentials.toml has",
    ):
        assert part in message


class TestCommand:
    @pytest.mark.parametrize("output", [f"{SECRET}", f"{SECRET}\n", f"{SECRET}\r\n", f"{SECRET}\nuser: x\n"])
    def test_the_first_line_is_the_password(self, config: Path, output: str) -> None:
        secret = resolve_secret(replace(PROFILE, password_command=printing(output)), config=config)
        assert secret.value == SECRET

    def test_spaces_in_a_password_stay(self, config: Path) -> None:
        secret = resolve_secret(replace(PROFILE, password_command=printing(" a b \n")), config=config)
        assert secret.value == " a b "

    def test_no_shell_looks_at_it(self, config: Path, tmp_path: Path) -> None:
        marker = tmp_path / "made-by-a-shell"
        command = (sys.executable, "-c", "import sys; print(sys.argv[1])", f"$(touch {marker}); `id` | $HOME")
        secret = resolve_secret(replace(PROFILE, password_command=command), config=config)
        assert secret.value == command[3]
        assert not marker.exists()

    def test_a_failure_ends_the_search(self, config: Path) -> None:
        profile = replace(
            PROFILE, password_command=printing(SECRET, 3, "locked\x1b[31m\nmore"), password_env="E"
        )
        with pytest.raises(SecretError, match=r"exit status 3: locked␛\[31m\.") as refused:
            resolve_secret(profile, config=config, env={"E": "other"})
        assert SECRET not in "".join(traceback.format_exception(refused.value))

    def test_a_program_that_is_not_there(self, config: Path) -> None:
        with pytest.raises(SecretError, match="no-such-program cannot be run: No such file"):
            resolve_secret(replace(PROFILE, password_command=("no-such-program",)), config=config)

    @pytest.mark.parametrize("output", ["", "\n", "\nsecond"])
    def test_an_empty_first_line_is_an_error(self, config: Path, output: str) -> None:
        with pytest.raises(SecretError, match="is empty"):
            resolve_secret(replace(PROFILE, password_command=printing(output)), config=config)

    def test_output_that_is_no_text(self, config: Path) -> None:
        command = (sys.executable, "-c", "import sys; sys.stdout.buffer.write(b'hunter2\\xff')")
        with pytest.raises(SecretError, match="is not text") as refused:
            resolve_secret(replace(PROFILE, password_command=command), config=config)
        assert SECRET not in "".join(traceback.format_exception(refused.value))

    def test_it_may_not_take_for_ever(self, config: Path) -> None:
        waiting = (sys.executable, "-c", "import threading; threading.Event().wait()")
        with pytest.raises(SecretError, match=r"no answer within 0\.2 s"):
            resolve_secret(replace(PROFILE, password_command=waiting), config=config, command_seconds=0.2)

    def test_it_does_not_eat_a_script_s_input(self, config: Path) -> None:
        reading = (sys.executable, "-c", "import sys; print('got', repr(sys.stdin.read()))")
        secret = resolve_secret(replace(PROFILE, password_command=reading), config=config)
        assert secret.value == "got ''"


class TestKeyring:
    def test_a_stuck_one_is_given_up(self, config: Path, stuck: None) -> None:
        with pytest.raises(SecretError, match=r"the keyring gave no answer within 0\.05 s"):
            resolve_secret(PROFILE, config=config, env={}, keyring_seconds=0.05)

    def test_a_failing_one_is_passed_over(self, config: Path, keyring: FakeKeyring) -> None:
        def fail(*_: object) -> None:
            raise RuntimeError(SECRET)

        keyring.get_password = fail  # type: ignore[method-assign]
        with pytest.raises(SecretError, match="cannot be used \\(RuntimeError\\)") as refused:
            resolve_secret(PROFILE, config=config, env={})
        assert SECRET not in str(refused.value)

    def test_none_installed(self, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "keyring", None)
        with pytest.raises(SecretError, match=r"cotui\[keyring\]"):
            resolve_secret(PROFILE, config=config, env={})

    def test_turned_off_it_is_not_asked(self, config: Path, keyring: FakeKeyring) -> None:
        keyring.kept["cotui", PROFILE.account] = "x"
        with pytest.raises(SecretError, match="turned off"):
            resolve_secret(replace(PROFILE, keyring=False), config=config, env={})

    def test_a_password_does_not_follow_the_name_to_another_account(
        self, config: Path, keyring: FakeKeyring
    ) -> None:
        store_secret(PROFILE, SECRET, config=config)
        assert resolve_secret(PROFILE, config=config, env={}).value == SECRET
        with pytest.raises(SecretError):
            resolve_secret(replace(PROFILE, url="https://evil.example"), config=config, env={})


class TestFiles:
    def test_the_password_in_the_config_itself(self, config: Path) -> None:
        config.write_text("")
        config.chmod(0o600)
        secret = resolve_secret(replace(PROFILE, password=SECRET, keyring=False), config=config, env={})
        assert (secret.value, secret.source, secret.origin) == (SECRET, "file", str(config))

    @posix_only
    def test_a_file_others_can_read_is_refused(self, config: Path, tmp_path: Path) -> None:
        file = tmp_path / "secret"
        file.write_text(SECRET)
        file.chmod(0o640)
        with pytest.raises(SecretError, match="chmod 600") as refused:
            resolve_secret(replace(PROFILE, password_file=str(file)), config=config, env={})
        assert SECRET not in "".join(traceback.format_exception(refused.value))
        config.write_text("")
        config.chmod(0o644)
        with pytest.raises(SecretError, match="chmod 600"):
            resolve_secret(replace(PROFILE, password=SECRET), config=config, env={})

    def test_a_password_file_that_is_missing_or_a_directory(self, config: Path, tmp_path: Path) -> None:
        with pytest.raises(SecretError, match="does not exist"):
            resolve_secret(replace(PROFILE, password_file=str(tmp_path / "none")), config=config, env={})
        directory = tmp_path / "directory"
        directory.mkdir(mode=0o700)
        with pytest.raises(SecretError, match="cannot be read"):
            resolve_secret(replace(PROFILE, password_file=str(directory)), config=config, env={})

    def test_damaged_credentials_are_not_quoted(self, config: Path, tmp_path: Path) -> None:
        own = tmp_path / "credentials.toml"
        own.write_text(f"[passwords]\na = {SECRET}\n")
        own.chmod(0o600)
        with pytest.raises(SecretError, match="damaged near line 2") as refused:
            resolve_secret(PROFILE, config=config, env={})
        assert SECRET not in "".join(traceback.format_exception(refused.value))


class TestStore:
    def test_into_the_keyring(self, config: Path, keyring: FakeKeyring) -> None:
        stored = store_secret(PROFILE, SECRET, config=config)
        assert (stored.source, stored.origin) == ("keyring", "keyring (Fake)")
        assert list(keyring.kept.values()) == [SECRET]
        assert not config.with_name("credentials.toml").exists()

    @posix_only
    def test_into_a_private_file_without_one(self, config: Path, stuck: None) -> None:
        stored = store_secret(PROFILE, SECRET, config=config, keyring_seconds=0.05)
        own = config.with_name("credentials.toml")
        assert (stored.source, stored.origin) == ("file", str(own))
        assert own.stat().st_mode & 0o777 == 0o600
        found = resolve_secret(replace(PROFILE, keyring=False), config=config, env={})
        assert (found.value, found.source) == (SECRET, "file")

    def test_a_keyring_that_forgets_is_not_trusted(self, config: Path, keyring: FakeKeyring) -> None:
        keyring.set_password = lambda *_: None  # type: ignore[method-assign]
        assert store_secret(PROFILE, SECRET, config=config).source == "file"

    def test_other_passwords_stay(self, config: Path) -> None:
        one = replace(PROFILE, keyring=False)
        two = replace(one, username="other")
        store_secret(one, "first", config=config)
        store_secret(two, "second", config=config)
        store_secret(one, "third", config=config)
        assert resolve_secret(one, config=config, env={}).value == "third"
        assert resolve_secret(two, config=config, env={}).value == "second"


def test_nothing_shows_a_password(config: Path) -> None:
    secret = resolve_secret(replace(PROFILE, password_env="E"), config=config, env={"E": SECRET})
    assert SECRET not in f"{secret!r} {secret} {Answer(SECRET)!r} {replace(PROFILE, password=SECRET)!r}"

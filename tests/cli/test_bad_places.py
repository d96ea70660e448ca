"""Every command, and the screens, with every kind of path that can't be what it should: told in a line, never a fault."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path

import pytest

from cotui.api.transport.tls import check_trust
from cotui.cli import launch
from cotui.cli.arguments import screen_options
from cotui.cli.exits import Exit
from cotui.cli.main import main
from cotui.settings import Profile, SecretError, load_settings, resolve_secret
from cotui.settings.paths import audit_dir, cache_dir, config_path, credentials_path, state_dir, state_path
from tests.bad_paths import NO_DIRECTORY, SAYABLE

#: command lines, and the exit code that each has whatever is wrong with the configuration
ALWAYS = {
    "config path": Exit.OK,
    "config schema": Exit.OK,
    "config example": Exit.OK,
    "config keys": Exit.OK,
    "--version --verbose": Exit.OK,
    "audit": Exit.OK,
    "audit --path": Exit.OK,
    "count customers --demo --customers 1": Exit.OK,
}
NEEDING = {
    "config check": Exit.CONFIG,
    "config show": Exit.CONFIG,
    "list customers": Exit.CONFIG,
    "get customer 1": Exit.CONFIG,
    "count customers": Exit.CONFIG,
    "report": Exit.CONFIG,
}
DIRECTORIES = {name: maker for name, maker in NO_DIRECTORY.items() if name in SAYABLE}


def run(line: str, capsys: pytest.CaptureFixture[str], code: Exit) -> str:
    """What a command prints; every line of it harmless, none endless."""
    assert main(line.split()) == code
    said = capsys.readouterr()
    if "schema" not in line and "example" not in line:
        assert all(text.isprintable() and len(text) < 1500 for text in (said.out + said.err).splitlines())
    return said.out + said.err


@pytest.mark.sample("a_directory", "a_pipe", "a_circle", "nobody_s")
@pytest.mark.parametrize("kind", SAYABLE)
def test_a_configuration_that_cannot_be_read(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COTUI_CONFIG", SAYABLE[kind](tmp_path))
    for line, code in (ALWAYS | NEEDING).items():
        said = run(line, capsys, code)
        if code or line in ("config path", "--version --verbose"):
            assert "cannot be read: " in said, line
    # who has an account in the environment is told as well: the configuration was named
    monkeypatch.setenv("COTUI_URL", "acme")
    run("list customers", capsys, Exit.CONFIG)


@pytest.mark.sample("a_pipe", "below_a_file", "nobody_s")
@pytest.mark.parametrize("kind", DIRECTORIES)
def test_a_state_directory_that_is_none(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COTUI_STATE_DIR", DIRECTORIES[kind](tmp_path))
    codes = ALWAYS | {"config check": Exit.OK, "config show": Exit.OK, "audit": Exit.CONFIG}
    for line, code in codes.items():
        said = run(line, capsys, code)
        if line == "config check":
            assert "nothing is remembered" in said
            assert "nothing can be changed" in said
        if line in ("config path", "audit"):
            assert "COTUI_STATE_DIR" in said, line


@pytest.mark.parametrize("kind", DIRECTORIES)
def test_a_cache_directory_that_is_none(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COTUI_CACHE_DIR", DIRECTORIES[kind](tmp_path))
    for line in ("config path", "config check", "--version --verbose"):
        assert "cannot be" in run(line, capsys, Exit.OK)


@pytest.mark.parametrize("name", ["state.json", "audit", "audit/audit.jsonl", "audit/lock"])
def test_pipes_where_the_state_has_its_files(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COTUI_STATE_DIR", str(tmp_path))
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / name)
    told = [run(line, capsys, code) for line, code in (ALWAYS | {"audit": _audit(name)}).items()]
    assert "a named pipe" in "".join(told) or name in ("audit", "audit/lock")
    session = _demo_session(tmp_path, monkeypatch)
    assert bool(session.notices) == (name in ("state.json", "audit"))


def _audit(name: str) -> Exit:
    return Exit.OK if name == "state.json" else Exit.CONFIG


def _demo_session(cache: Path, monkeypatch: pytest.MonkeyPatch) -> launch.Session:
    monkeypatch.setattr(launch, "_on_terminal", lambda: True)
    monkeypatch.setattr(launch, "_load_interface", lambda: None)
    monkeypatch.setattr("cotui.sandbox.demo.cache.can_start", lambda: False)  # nothing waits for the data
    return launch.demo_session(screen_options(["--demo", "--customers", "1"]), os.environ)


@pytest.mark.parametrize("kind", DIRECTORIES)
def test_the_screens_open_and_say_what_is_wrong(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = DIRECTORIES[kind](tmp_path)
    for variable in ("CONFIG", "STATE_DIR", "CACHE_DIR"):
        monkeypatch.setenv(f"COTUI_{variable}", bad)
    session = _demo_session(tmp_path, monkeypatch)
    said = " ".join(session.notices)
    assert "is not used" in said
    assert "nothing can be changed" in said
    session.state.screen("demo", "customers").filter = "x"
    assert session.state.save() is False
    assert any("nothing is remembered" in notice for notice in session.state.notices)


# -- nobody's home --------------------------------------------------------------------------------


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user that the system does not know, as in a container, without anything in the environment."""

    def unknown(*_: object) -> None:
        raise KeyError("uid not found")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", "COTUI_CONFIG", "COTUI_STATE_DIR", "COTUI_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("home", [None, "", "relative/home"])
def test_without_a_home_everything_works_and_says_so(
    home: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    if home is not None:
        monkeypatch.setenv("HOME", home)
    monkeypatch.chdir(tmp_path)
    codes = ALWAYS | {"config check": Exit.OK, "config show": Exit.OK, "audit": Exit.CONFIG}
    for line, code in (codes | {"list customers": Exit.CONFIG}).items():
        said = run(line, capsys, code)
        if "--path" not in line and line not in ("config schema", "config example", "config keys"):
            assert "has no home directory here" in said, line
    assert list(tmp_path.iterdir()) == [], "no directory called ~"
    monkeypatch.setenv("COTUI_URL", "acme")
    settings = load_settings()
    assert (settings.default_profile, settings.warnings) == ("environment", ())


@pytest.mark.usefixtures("homeless")
def test_without_a_home_the_screens_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    session = _demo_session(tmp_path, monkeypatch)
    assert "nothing is remembered: ~/.local/state/cotui" in " ".join(session.notices)
    assert "for the same reason nothing can be changed" in session.notices


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("error", [RuntimeError, KeyError, OSError])
def test_the_library_s_own_words_for_it(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """platformdirs raised none, one or the other, by version."""
    import platformdirs

    def fail(*_: object, **__: object) -> Path:
        raise error

    for name in ("user_config_path", "user_state_path", "user_cache_path"):
        monkeypatch.setattr(platformdirs, name, fail)
    assert all(str(place()).startswith("~/") for place in (config_path, state_dir, cache_dir))
    for name in ("user_config_path", "user_state_path", "user_cache_path"):
        monkeypatch.setattr(platformdirs, name, lambda *_, **__: Path("~/unexpanded"))
    assert all(str(place()).startswith("~/.") for place in (config_path, state_dir, cache_dir))


@pytest.mark.parametrize(
    "text", ["/", ".", "..", "~nobody-of-that-name", "\ud800", "a\0b", "x" * 5000, "a\nb"]
)
def test_any_text_is_a_place(text: str) -> None:
    env = {"COTUI_CONFIG": text, "COTUI_STATE_DIR": text, "COTUI_CACHE_DIR": text}
    for place in (config_path, state_dir, state_path, audit_dir, cache_dir):
        assert place(env)
    assert credentials_path(config_path(env)).name == "credentials.toml"


# -- secrets --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SAYABLE)
def test_a_password_file_that_is_none(kind: str, tmp_path: Path) -> None:
    file = SAYABLE[kind](tmp_path)
    profile = Profile("acme", "acme", "key", keyring=False, password_file=file)
    with pytest.raises(SecretError, match="cannot be read: ") as refused:
        resolve_secret(profile, config=tmp_path / "config.toml")
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("kind", ["a_directory", "a_pipe", "a_socket", "a_circle"])
def test_credentials_that_are_no_file(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "made").mkdir()
    os.rename(SAYABLE[kind](tmp_path / "made"), tmp_path / "credentials.toml")
    if kind == "a_circle":
        (tmp_path / "credentials.toml").unlink()
        (tmp_path / "credentials.toml").symlink_to("credentials.toml")
    profile = Profile("acme", "acme", "key", keyring=False)
    with pytest.raises(SecretError, match=r"credentials\.toml cannot be read: "):
        resolve_secret(profile, config=tmp_path / "config.toml")
    (tmp_path / "config.toml").write_text(
        '[profiles.acme]\nurl = "acme"\nusername = "key"\nkeyring = false\n'
    )
    monkeypatch.setenv("COTUI_CONFIG", str(tmp_path / "config.toml"))
    assert "cannot be read" in run("count customers", capsys, Exit.CONFIG)
    assert "cannot be read" in run("config check", capsys, Exit.CONFIG)


def test_a_keyring_that_cannot_even_be_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home directory the library ends in an error of its own while it is imported."""
    (tmp_path / "keyring.py").write_text("raise RuntimeError('Could not determine home directory.')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    with pytest.raises(SecretError, match=r"the keyring cannot be used \(RuntimeError\)"):
        resolve_secret(Profile("acme", "acme", "key"), config=tmp_path / "config.toml")


# -- the list of certificate issuers ----------------------------------------------------------


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    """An account that nothing may be sent to."""
    monkeypatch.setenv("COTUI_URL", "https://127.0.0.1:9")
    monkeypatch.setenv("COTUI_USERNAME", "key")
    monkeypatch.setenv("COTUI_PASSWORD", "secret")


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("kind", [*(kind for kind in SAYABLE if kind != "nobody_s"), "a_text"])
def test_a_list_of_issuers_that_is_none(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text").write_text("no certificate")
    named = str(tmp_path / "text") if kind == "a_text" else SAYABLE[kind](tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", named)
    said = run("count customers", capsys, Exit.CONFIG)
    assert said.startswith("cotui: SSL_CERT_FILE: ")


def test_a_list_of_issuers_that_is_missing_is_passed_over(tmp_path: Path) -> None:
    check_trust({"SSL_CERT_FILE": str(tmp_path / "none")})
    check_trust({"SSL_CERT_FILE": ""})
    check_trust({})

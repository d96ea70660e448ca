"""What the screens are handed: the account, its password found meanwhile, and what to say at the start."""

from __future__ import annotations

import gc
import json
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from cotui.api import Api
from cotui.api.abilities import PAGE_SIZE
from cotui.cli import launch
from cotui.cli.account import Credentials, connection, find_credentials
from cotui.cli.arguments import screen_options
from cotui.cli.exits import CommandError, Exit
from cotui.cli.launch import account_session
from cotui.sandbox.demo.cache import Building
from cotui.settings import Profile, SecretError, SettingsError, StateStore, load_settings
from tests.cli.accounts import Account

PROFILES = """\
[profiles.acme]
url = "acme"
username = "key"
password_env = "ACME_KEY"
production = true
read_only = true
page_size = 50
rate_limit = 10
timeout = 5
auth = "signature"
action_style = "query"
"""
BEGIN = Api.begin
OTHER = '[profiles.beta]\nurl = "beta"\nusername = "key"\npassword_env = "BETA_KEY"\n'


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "config.toml").write_text(PROFILES)
    return {
        "COTUI_CONFIG": str(tmp_path / "config.toml"),
        "COTUI_STATE_DIR": str(tmp_path / "state"),
        "ACME_KEY": "hunter2",
        "BETA_KEY": "hunter3",
    }


@pytest.fixture
def config(env: dict[str, str]) -> Path:
    return Path(env["COTUI_CONFIG"])


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal, no network, and no interface to load: the screens have their own tests."""
    monkeypatch.setattr(launch, "_on_terminal", lambda: True)
    monkeypatch.setattr(Api, "begin", lambda _api, _call: None)
    monkeypatch.setattr(launch, "_load_interface", lambda: None)


def test_a_profile_becomes_a_session(env: dict[str, str]) -> None:
    session = account_session(screen_options(["users"]), env, transport=Account())
    assert session.api is not None
    assert session.profile is not None
    made = session.api.connection
    assert (made.url, made.username, made.password) == (
        "https://acme.chargeover.com/api/v3",
        "key",
        "hunter2",
    )
    assert (made.auth, made.action_style, made.page_size) == ("signature", "query", 50)
    assert (made.rate_limit, made.timeout, made.read_only) == (10, 5.0, True)
    assert (session.screen, session.read_only, session.label) == ("users", True, "acme")
    assert session.notices == ("password from environment variable ACME_KEY",)
    assert session.state.last_profile == "acme"
    assert "hunter2" not in repr(session)


async def test_the_api_leads_where_the_session_was_told(env: dict[str, str]) -> None:
    account = Account(3)
    session = account_session(screen_options([]), env, transport=account)
    assert session.api is not None
    await session.api.check()
    await session.api.aclose()
    assert [request.url.host for request in account.requests] == ["acme.chargeover.com"]


def test_read_only_can_be_asked_for(env: dict[str, str], config: Path) -> None:
    config.write_text(OTHER)
    assert account_session(screen_options([]), env).read_only is False
    assert account_session(screen_options(["--read-only"]), env).read_only is True


def test_the_first_run_opens_the_set_up_screen(env: dict[str, str], config: Path) -> None:
    config.unlink()
    session = account_session(screen_options([]), env)
    assert (session.api, session.profile) == (None, None)
    api = session.connect(Profile("new", "new", "key"), "hunter2")
    assert api.connection.url == "https://new.chargeover.com/api/v3"


def test_the_environment_alone_is_an_account(env: dict[str, str], config: Path) -> None:
    config.unlink()
    more = {"COTUI_URL": "http://127.0.0.1:9", "COTUI_USERNAME": "u", "COTUI_PASSWORD": "p"}
    session = account_session(screen_options([]), {**env, **more})
    assert session.label == "environment"
    assert session.api is not None
    assert session.api.connection.password == "p"


def test_another_address_in_the_environment_is_another_account(
    env: dict[str, str], config: Path, tmp_path: Path
) -> None:
    config.unlink()
    (tmp_path / "state").mkdir()
    older = {"environment": {"screens": {"customers": {"filter": "country = Canada"}}}}
    (tmp_path / "state" / "state.json").write_text(json.dumps({"version": 1, "profiles": older}))

    def remembered(url: str, user: str) -> str:
        more = {"COTUI_URL": url, "COTUI_USERNAME": user, "COTUI_PASSWORD": "p"}
        session = account_session(screen_options([]), {**env, **more})
        assert session.state.save()
        return session.state.screen(session.account, "customers").filter

    assert remembered("one", "u") == "country = Canada"
    assert remembered("two", "u") == remembered("one", "v") == ""
    assert remembered("https://one.chargeover.com/admin", "u") == "country = Canada"


class TestSeveralProfiles:
    def test_the_one_used_last_is_opened(self, env: dict[str, str], config: Path, tmp_path: Path) -> None:
        config.write_text(PROFILES + OTHER)
        state = StateStore(tmp_path / "state" / "state.json")
        state.last_profile = "beta"
        state.save()
        assert account_session(screen_options([]), env).label == "beta"
        assert account_session(screen_options(["--profile", "acme"]), env).label == "acme"

    def test_the_first_time_it_must_be_said(self, env: dict[str, str], config: Path) -> None:
        config.write_text(PROFILES + OTHER)
        with pytest.raises(SettingsError, match="several profiles"):
            account_session(screen_options([]), env)

    def test_an_unknown_one_is_not_replaced_by_another(self, env: dict[str, str], tmp_path: Path) -> None:
        state = StateStore(tmp_path / "state" / "state.json")
        state.last_profile = "acme"
        state.save()
        with pytest.raises(SettingsError, match='no profile "gone"'):
            account_session(screen_options(["--profile", "gone"]), env)


def test_the_screen_to_start_on(env: dict[str, str], config: Path) -> None:
    assert account_session(screen_options([]), env).screen == ""
    config.write_text(PROFILES + '[interface]\nstart_screen = "invoices"\n')
    assert account_session(screen_options([]), env).screen == "invoices"
    assert account_session(screen_options(["reports"]), env).screen == "reports"


def test_what_is_to_be_said_at_the_start(env: dict[str, str], config: Path, tmp_path: Path) -> None:
    config.write_text(PROFILES + "shiny = 1\n")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "state.json").write_text("{")
    notices = account_session(screen_options([]), env).notices
    assert len(notices) == 3
    assert "damaged" in notices[1]
    assert notices[2].startswith("1 warning about ")


def test_a_password_that_is_not_there_is_told_before_the_screens_open(env: dict[str, str]) -> None:
    del env["ACME_KEY"]
    env = {**env}
    config = Path(env["COTUI_CONFIG"])
    config.write_text(PROFILES + "keyring = false\n")
    with pytest.raises(SecretError, match="ACME_KEY is empty"):
        account_session(screen_options([]), env)


def test_an_address_that_cannot_work_is_told_before_the_screens_open(
    env: dict[str, str], config: Path
) -> None:
    config.write_text(OTHER.replace('"beta"', '"http://beta.example"'))
    with pytest.raises(CommandError, match="http") as error:
        account_session(screen_options([]), env)
    assert error.value.code == Exit.CONFIG


def test_without_a_terminal_nothing_is_opened(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_on_terminal", lambda: False)
    with pytest.raises(CommandError, match="need a terminal") as error:
        account_session(screen_options([]), env)
    assert error.value.code == Exit.USAGE
    with pytest.raises(CommandError, match="need a terminal"):
        launch.demo_session(screen_options(["--demo"]), env)


def test_credentials_are_in_no_repr(env: dict[str, str]) -> None:
    settings = load_settings(env)
    profile = settings.profiles["acme"]
    found = find_credentials(settings, profile, env)
    assert found == Credentials(profile, "hunter2", "password from environment variable ACME_KEY")
    assert "hunter2" not in f"{found!r} {found} {connection(profile, 'hunter2')!r}"


def test_the_collector_is_on_again_when_the_interface_cannot_be_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "cotui.tui.shell.app", None)
    with pytest.raises(ImportError):
        launch._load_interface()
    assert gc.isenabled()


class TestTheFirstRequest:
    """It is sent while the interface is loaded, and before that where nobody has to be waited for."""

    @pytest.fixture
    def steps(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        found: list[str] = []
        monkeypatch.setattr(Api, "begin", lambda _api, call: found.append(call.path))
        monkeypatch.setattr(launch, "_load_interface", lambda: found.append("interface"))
        return found

    def test_it_goes_first_when_the_password_is_at_hand(self, env: dict[str, str], steps: list[str]) -> None:
        account_session(screen_options(["users"]), env)
        assert steps == ["user", "interface"]

    def test_it_asks_for_as_many_rows_as_the_account_was_seen_to_send(
        self, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The list's own request is then the same, and not sent again."""
        session = account_session(screen_options(["users"]), env)
        session.state.account(session.account).abilities[PAGE_SIZE] = f"20 {date.today().isoformat()}"
        session.state.save()
        asked: list[object] = []
        monkeypatch.setattr(Api, "begin", lambda _api, call: asked.append(dict(call.params)["limit"]))
        account_session(screen_options(["users"]), env)
        assert list(map(str, asked)) == ["20"]

    def test_a_password_command_runs_while_the_interface_is_loaded(
        self, env: dict[str, str], config: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loaded = threading.Event()

        def find(settings: object, profile: Profile, _env: object) -> Credentials:
            assert loaded.wait(30)
            return Credentials(profile, "hunter2", "")

        def load() -> None:
            steps.append("interface")
            loaded.set()

        monkeypatch.setattr(launch, "find_credentials", find)
        monkeypatch.setattr(launch, "_load_interface", load)
        config.write_text(PROFILES.replace('password_env = "ACME_KEY"', 'password_command = "pass acme"'))
        assert account_session(screen_options([]), env).api is not None
        assert steps == ["interface", "customer"]

    @pytest.mark.parametrize(
        ("more", "slow"),
        [
            ('password_command = "pass acme"\n', True),
            ('password_env = "ACME_KEY"\n', False),
            ('password_env = "NOT_SET"\n', True),
            ("", True),
            ("keyring = false\n", False),
        ],
    )
    def test_who_has_to_be_waited_for(self, env: dict[str, str], config: Path, more: str, slow: bool) -> None:
        config.write_text(f'[profiles.a]\nurl = "a"\nusername = "u"\n{more}')
        assert launch._takes_time(load_settings(env).profiles["a"], env) is slow

    def test_nothing_is_sent_without_an_account(
        self, env: dict[str, str], config: Path, steps: list[str]
    ) -> None:
        config.unlink()
        account_session(screen_options([]), env)
        assert steps == ["interface"]

    def test_nothing_is_sent_for_the_demo(
        self, env: dict[str, str], steps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "cotui.cli.demo_data.start_building", lambda *_: Building(tmp_path / "never opened")
        )
        launch.demo_session(screen_options(["--demo"]), env)
        assert steps == ["interface"]

    def test_an_account_that_cannot_be_asked_is_told_by_the_screen(
        self, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Api, "begin", BEGIN)
        monkeypatch.setenv("HTTPS_PROXY", "socks9://proxy")
        assert account_session(screen_options([]), env).api is not None


def test_what_killed_programs_left_is_looked_for_when_the_screen_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "cotui-demo-1.abcdefgh"
    left.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    timers: list[threading.Timer] = []
    monkeypatch.setattr(threading.Timer, "start", lambda timer: timers.append(timer))
    launch._started(None)  # type: ignore[arg-type]  # there is no splash to hand over
    (timer,) = timers
    assert timer.daemon
    assert left.exists()
    timer.function()
    assert not left.exists()

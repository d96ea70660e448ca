"""`cotui config`: what is wrong, what is in effect, what may be said."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from cotui.cli.exits import Exit
from cotui.cli.main import main


class TestConfig:
    def test_check_of_a_good_and_of_no_file(self, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["config", "check"]) == Exit.OK
        out, err = capsys.readouterr()
        assert (out, err) == ("", f"{config}: does not exist: nothing to check; cotui runs without it\n")
        config.write_text('[profiles.a]\nurl = "acme"\nusername = "k"\npassword_env = "E"\n')
        assert main(["config", "check"]) == Exit.OK
        assert capsys.readouterr() == ("", f"{config}: no mistakes\n")

    def test_check_prints_mistakes_one_to_a_line(
        self, config: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config.write_text(
            '[profiles.a]\nurl = "acme"\nusername = "k"\npage_size = 0\nshiny = 1\npassword_env = "E"\n'
        )
        assert main(["config", "check"]) == Exit.CONFIG
        out, err = capsys.readouterr()
        first, second = out.splitlines()
        assert first.startswith(f"{config}:4: error: profiles.a.page_size: ")
        assert second.startswith(f"{config}:5: warning: profiles.a.shiny: ")
        assert err == "1 error, 1 warning\n"

    def test_check_warns_of_a_missing_password_and_counts(
        self, config: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        profile = '[profiles.{}]\nurl = "acme"\nusername = "k"\nkeyring = false\n'
        config.write_text(profile.format("a") + profile.format("b"))
        assert main(["config", "check"]) == Exit.OK
        out, err = capsys.readouterr()
        assert out.startswith(f"{config}:1: warning: profiles.a: no password: ")
        assert err == "0 errors, 2 warnings\n"

    def test_check_of_keys_says_what_lists_them(
        self, config: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config.write_text('[keys]\nopen_it = "x"\n')
        assert main(["config", "check"]) == Exit.OK
        told = capsys.readouterr().out
        assert '"record.open" or "table.open"' in told
        assert "cotui config keys lists them" in told

    def test_check_of_keys_names_what_shares_a_key_and_what_is_no_key(
        self, config: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config.write_text('[keys]\nbrowse.copy = "f"\n"table.order" = "strg+o"\n')
        assert main(["config", "check"]) == Exit.OK
        out, err = capsys.readouterr()
        assert out.splitlines() == [
            f"{config}:2: warning: keys.browse.copy: f is also the key of browse.find (Find) on lists",
            f'{config}:3: warning: keys."table.order": there is no key "strg+o"; did you mean "ctrl+o"?',
        ]
        assert err == "0 errors, 2 warnings\n"

    def test_the_keys_in_the_readme_are_free(self, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
        readme = (Path(__file__).resolve().parents[2] / "README.md").read_text()
        keys = [block for block in re.findall(r"```toml\n(.*?)```", readme, re.DOTALL) if "[keys]" in block]
        assert keys
        config.write_text("\n".join(keys))
        assert main(["config", "check"]) == Exit.OK
        assert capsys.readouterr().out == ""

    def test_the_help_tells_errors_from_warnings(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["config", "--help"]) == Exit.OK
        assert "exit code 3 when one is an error, 0 for warnings" in capsys.readouterr().out

    def test_warnings_alone_are_no_failure(self, config: Path) -> None:
        config.write_text("shiny = 1\n")
        assert main(["config", "check"]) == Exit.OK

    @pytest.mark.parametrize(
        ("url", "username", "key"),
        [
            ("http://acme.example", "k", "url"),
            ("a b", "k", "url"),
            ("https://u:hunter2@x.example", "k", "url"),
            ("a", "x:y", "username"),
        ],
    )
    def test_check_knows_what_the_client_would_refuse(
        self, config: Path, capsys: pytest.CaptureFixture[str], url: str, username: str, key: str
    ) -> None:
        config.write_text(f'[profiles.a]\nurl = "{url}"\nusername = "{username}"\n')
        assert main(["config", "check"]) == Exit.CONFIG
        out = capsys.readouterr().out
        assert f"profiles.a.{key}: " in out
        assert "hunter2" not in out

    def test_check_of_another_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        other = tmp_path / "other.toml"
        other.write_text("[")
        assert main(["config", "check", str(other)]) == Exit.CONFIG
        assert f"{other}:1: error: not TOML" in capsys.readouterr().out

    def test_path(self, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["config", "path"]) == Exit.OK
        assert f"{config}  (does not exist yet)" in capsys.readouterr().out

    def test_schema_is_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["config", "schema"]) == Exit.OK
        assert "profiles" in json.loads(capsys.readouterr().out)["properties"]

    def test_example_is_toml(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["config", "example"]) == Exit.OK
        assert tomllib.loads(capsys.readouterr().out) == {}

    def test_show_hides_the_password(
        self, config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        config.write_text(
            '[profiles.a]\nurl = "acme"\nusername = "k"\npassword = "hunter2"\n[keys]\nx = ["a", "b"]\n'
        )
        monkeypatch.setenv("COTUI_URL", "other")
        monkeypatch.setenv("COTUI_PASSWORD", "hunter2")
        assert main(["config", "show"]) == Exit.OK
        out = capsys.readouterr().out
        assert "hunter2" not in out
        shown = tomllib.loads(out)
        assert shown["default_profile"] == "environment"
        assert shown["profiles"]["a"]["password"] == "(hidden)"
        assert shown["interface"]["preview"] == "auto"
        assert shown["keys"] == {"x": "a,b"}

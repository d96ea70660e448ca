"""`check` names file, line and key of every mistake, and nothing makes it fail."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotui.safety.text import clean
from cotui.settings import (
    ConfigError,
    Problem,
    check,
    load_settings,
)
from cotui.settings.checks import fault
from cotui.settings.definitions import PROFILE, Key, Kind

GOOD = '[profiles.acme]\nurl = "acme"\nusername = "key"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def found(path: Path, text: str) -> list[tuple[int, str, str]]:
    """Line, severity and key of every problem in a text."""
    path.write_text(text)
    path.chmod(0o600)
    return [(problem.line, problem.severity, problem.key) for problem in check(path)]


def one(path: Path, text: str) -> Problem:
    path.write_text(text)
    path.chmod(0o600)
    (problem,) = check(path)
    return problem


def test_a_correct_file_has_no_mistakes(path: Path) -> None:
    assert found(path, GOOD + '[interface]\nmouse = false\n[keys]\n"app.help" = "f1"\n') == []


def test_a_missing_file_has_no_mistakes(path: Path) -> None:
    assert check(path) == []


def test_every_mistake_has_its_line_and_key(path: Path) -> None:
    text = (
        'default_profile = "acne"\n'  # 1
        "colour = 1\n"  # 2
        "[profiles.acme]\n"  # 3
        'url = "acme"\n'  # 4
        "username = 5\n"  # 5
        "page_size = 5_000\n"  # 6
        'pasword_env = "X"\n'  # 7
        "\n"
        '[profiles."b c"]\n'  # 9
        'url = ""\n'  # 10
        "[interface]\n"  # 11
        'preview = "sometimes"\n'  # 12
        "[keys]\n"  # 13
        "quit = 4\n"  # 14
    )
    assert found(path, text) == [
        (1, "error", "default_profile"),
        (2, "warning", "colour"),
        (5, "error", "profiles.acme.username"),
        (6, "error", "profiles.acme.page_size"),
        (7, "warning", "profiles.acme.pasword_env"),
        (9, "error", 'profiles."b c"'),
        (10, "error", 'profiles."b c".url'),
        (12, "error", "interface.preview"),
        (14, "error", "keys.quit"),
    ]


def test_messages_name_what_was_expected_and_the_nearest_name(path: Path) -> None:
    assert one(path, GOOD + "page_size = 1000\n").text == "expected a whole number from 1 to 500, found 1000"
    assert (
        one(path, GOOD + 'auth = "digest"\n').text == 'expected one of "basic", "signature", found "digest"'
    )
    assert one(path, GOOD + "pagesize = 10\n").text == 'unknown key, not used; did you mean "page_size"?'
    assert one(path, "[profile.acme]\n").text == 'unknown key, not used; did you mean "profiles"?'
    assert one(path, "profiles = 3\n").text == "expected a table, found a whole number"
    assert (
        one(path, "[profiles]\nacme = 3\n").text == "expected a table [profiles.NAME], found a whole number"
    )
    assert "API user name" in one(path, '[profiles.acme]\nurl = "acme"\n').text
    assert "did you mean" not in one(path, GOOD + "zzzzqqq = 1\n").text


def test_the_text_of_a_problem_is_what_editors_jump_to(path: Path) -> None:
    problem = one(path, GOOD + "page_size = 0\n")
    assert str(problem).startswith(f"{path}:4: error: profiles.acme.page_size: expected")


def test_a_misplaced_password_is_not_repeated(path: Path) -> None:
    path.write_text(GOOD + 'password_command = "it\'s hunter2"\npassword = ["hunter2"]\nhunter = "hunter2"\n')
    path.chmod(0o600)
    problems = check(path)
    assert len(problems) == 3
    assert "hunter2" not in "".join(map(str, problems))


def test_hostile_names_do_not_reach_the_terminal(path: Path) -> None:
    problem = one(path, GOOD + '"\\u001B[2J" = 1\n')
    assert clean(str(problem)) == str(problem)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
class TestPermissions:
    def test_a_password_in_a_file_for_everybody_is_an_error(self, path: Path) -> None:
        path.write_text(GOOD + 'password = "x"\n')
        path.chmod(0o644)
        (problem,) = check(path)
        assert (problem.line, problem.key) == (4, "profiles.acme.password")
        assert "chmod 600" in problem.text
        path.chmod(0o600)
        assert check(path) == []

    def test_a_config_without_password_may_be_read_by_all(self, path: Path) -> None:
        path.write_text(GOOD)
        path.chmod(0o644)
        assert check(path) == []

    def test_the_password_file_and_cotui_s_own_are_looked_at(self, path: Path, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        path.write_text(GOOD + f'password_file = "{secret}"\n')
        assert [problem.text for problem in check(path)] == ["there is no such file"]
        secret.write_text("x")
        secret.chmod(0o640)
        own = tmp_path / "credentials.toml"
        own.write_text("")
        own.chmod(0o604)
        assert [(problem.file, problem.line) for problem in check(path)] == [(path, 4), (own, 0)]
        secret.chmod(0o400)
        own.chmod(0o600)
        assert check(path) == []

    def test_an_unreadable_file_is_a_problem(self, path: Path) -> None:
        if os.geteuid() == 0:
            pytest.skip("root may read everything")
        path.write_text(GOOD)
        path.chmod(0)
        (problem,) = check(path)
        assert "cannot be read" in problem.text


def test_a_password_command_that_does_not_exist_is_warned_of(path: Path) -> None:
    problem = one(path, GOOD + 'password_command = "no-such-program-anywhere show x"\n')
    assert (problem.line, problem.severity) == (4, "warning")
    assert "no-such-program-anywhere" in problem.text


def test_names_of_actions_are_checked_where_they_are_known(path: Path) -> None:
    path.write_text('[keys]\n"app.quit" = "x"\n"app.qit" = "y"\n')
    (problem,) = check(path, known_actions={"app.quit", "app.help"})
    assert (problem.line, problem.severity) == (3, "warning")
    assert '"app.quit"' in problem.text
    assert problem.text.endswith("; cotui config keys lists them")


def test_an_action_is_found_by_its_own_name(path: Path) -> None:
    path.write_text('[keys]\nopen_it = "x"\nzzz = "y"\n')
    known = {"table.open", "record.open", "app.quit"}
    first, second = (problem.text for problem in check(path, known_actions=known))
    assert first == (
        'there is no such action, not used; did you mean "record.open" or "table.open"?; '
        "cotui config keys lists them"
    )
    assert second == "there is no such action, not used; cotui config keys lists them"


NAMES = st.sampled_from(
    [
        "profiles",
        "interface",
        "keys",
        "default_profile",
        "acme",
        "url",
        "username",
        "page_size",
        "password",
        "auth",
    ]
) | st.text(max_size=5)
GARBAGE = st.recursive(
    st.one_of(
        st.integers(-(2**63), 2**63 - 1),
        st.booleans(),
        st.floats(),
        st.text(max_size=9),
        st.dates(),
        st.times(),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=15,
)


def agrees(path: Path) -> list[Problem]:
    """Checking and loading say the same about a file."""
    problems = [problem for problem in check(path) if problem.file == path and problem.line]
    errors = [problem for problem in problems if problem.severity == "error"]
    if [problem for problem in errors if "chmod" not in problem.text]:
        with pytest.raises(ConfigError) as refused:
            load_settings({}, path)
        assert set(refused.value.problems) <= set(errors)
    else:
        assert set(load_settings({}, path).warnings) <= set(problems)
    return problems


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, GARBAGE, max_size=4))
def test_no_document_whatever_makes_it_fail(path: Path, data: dict[str, Any]) -> None:
    path.write_bytes(tomli_w.dumps(data).encode())
    lines = path.read_text().split("\n")
    for problem in agrees(path):
        assert 1 <= problem.line <= len(lines)
        assert clean(str(problem)) == str(problem)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(alphabet="[]={}\"'.,#ab1\n\\ -", max_size=60).map(str.encode))
def test_no_bytes_whatever_make_it_fail(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    agrees(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 5), st.integers(0, 5), st.sampled_from(["page_size = 0", "auth = 3", "nonsense = 1"]))
def test_a_mistake_has_its_line_wherever_it_stands(path: Path, before: int, after: int, mistake: str) -> None:
    text = "# comment\n" * before + GOOD + "\n" * after + mistake + "\n[interface]\n"
    assert found(path, text)[0][0] == before + 3 + after + 1


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Kind.TEXT, ["x", "", "ü"], [1, True, [], "a\nb", "\x1b[0m"]),
        (Kind.BOOLEAN, [True, False], [0, "true", None]),
        (Kind.COMMAND, ["pass show x", ["a"]], ["", [], "'open", [1], 3]),
        (Kind.KEYS, ["k", "k,ctrl+x", ["f5", "k"]], ["", [], "a,,b", "ctrl x", [1], 5]),
    ],
)
def test_what_a_kind_takes(kind: Kind, good: list[object], bad: list[object]) -> None:
    key = Key("k", kind, "m.")
    assert [value for value in good if fault(key, value) is not None] == []
    assert [value for value in bad if fault(key, value) is None] == []


@pytest.mark.parametrize("value", [0, 501, 1.5, True, "100", float("nan"), 10**40])
def test_a_page_size_out_of_range_is_refused(value: object) -> None:
    key = next(key for key in PROFILE.keys if key.name == "page_size")
    wrong = fault(key, value)
    assert wrong is not None
    assert wrong.startswith("expected a whole number from 1 to 500, found ")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 0, 601, "30"])
def test_a_timeout_is_a_finite_number(value: object) -> None:
    key = next(key for key in PROFILE.keys if key.name == "timeout")
    assert fault(key, value) is not None
    assert fault(key, 0.5 + 1) is None


def test_a_zone_that_there_is_not_is_named() -> None:
    key = next(key for key in PROFILE.keys if key.name == "timezone")
    assert '"Nowhere/Foo"' in (fault(key, "Nowhere/Foo") or "")


def test_names_of_actions_without_quotation_marks_are_names_all_the_same(path: Path) -> None:
    path.write_text('[keys]\nbrowse.find = "F"\nbrowse.fnd = "x"\n[keys.app]\nhelp = 1\n')
    told = [
        str(problem).partition(": ")[2] for problem in check(path, known_actions={"browse.find", "app.help"})
    ]
    assert told == [
        'warning: keys.browse.fnd: there is no such action, not used; did you mean "browse.find"?; '
        "cotui config keys lists them",
        'error: keys.app.help: expected one or more keys, such as "k", "ctrl+x" or ["k", "ctrl+x"], '
        "found a whole number",
    ]


def test_an_action_is_suggested_by_what_it_does(path: Path) -> None:
    path.write_text('[keys]\n"relation.payments" = "p"\n')
    known = {"relation.parent": {"parent customer"}, "relation.transactions": {"payments", "payment"}}
    (problem,) = check(path, known_actions=known)
    assert 'did you mean "relation.transactions"?' in problem.text

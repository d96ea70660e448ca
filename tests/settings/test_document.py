"""A file is read with the line of every key, or refused with line and reason; what stands in it is never quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.settings import ConfigError, Problem
from cotui.settings.document import Document, dotted, read_document

GOOD = '[profiles.acme]\nurl = "acme"\nusername = "key"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refused(path: Path, text: str | None = None) -> Problem:
    """Why a file, or one that holds a text, is not read."""
    if text is not None:
        path.write_text(text)
    with pytest.raises(ConfigError) as error:
        read_document(path)
    (problem,) = error.value.problems
    return problem


def test_a_syntax_error_has_line_and_column(path: Path) -> None:
    problem = refused(path, "a = 1\nb = \n")
    assert (problem.line, problem.severity, problem.key) == (2, "error", "")
    assert problem.text.startswith("not TOML: ")
    assert "column 5" in problem.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("default_profile = acme\n", True),
        ("default_profile = 5sCbbeo  # mine\n", True),
        ("[profiles.a]\nurl = https://acme.chargeover.com\n", True),
        ("password_file = ~/.secrets/acme", True),
        ("a = pass show acme\r\nb = 1\r\n", True),
        ('password_command = ["pass", show]\n', True),
        ("preview = on\n", True),
        ("a = \n", False),
        ("a = 'x\n", False),
        ('a = "x" y\n', False),
        ("a = 2026-13-45\n", False),
        ("a = 1\na = true\n", False),
        ("[profiles.acme\n", False),
    ],
)
def test_a_text_without_quotation_marks_is_told(path: Path, text: str, told: bool) -> None:
    problem = refused(path, text)
    assert problem.text.startswith("not TOML: ")
    assert ("a text needs quotation marks" in problem.text) is told


def test_true_in_capitals_is_told(path: Path) -> None:
    assert "write true and false in small letters" in refused(path, "production = True\n").text
    assert "written true and false" in refused(path, "production = yes\n").text


@pytest.mark.parametrize("value", ["hunter2", "2hunter", "hunter2 hunter2"])
def test_a_password_without_quotation_marks_is_not_repeated(path: Path, value: str) -> None:
    problem = refused(path, GOOD + f"password = {value}\n")
    assert "quotation marks" in problem.text
    assert "hunter" not in problem.text


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1\nb = [1,\n", 2), ('a = """\nx\n\n', 2), ("\n[x", 2), ("a = {", 1)]
)
def test_a_file_that_stops_too_early_has_a_line_too(path: Path, text: str, line: int) -> None:
    problem = refused(path, text)
    assert problem.line == line
    assert problem.text.startswith("not TOML: ")


def test_a_key_given_twice_is_a_syntax_error_on_the_second(path: Path) -> None:
    assert refused(path, GOOD + 'url = "b"\n').line == 4


def test_bytes_that_are_no_text_have_a_line(path: Path) -> None:
    path.write_bytes(b"a = 1\nb = '\xff'\n")
    problem = refused(path)
    assert problem.line == 2
    assert "UTF-8" in problem.text


def test_a_byte_order_mark_is_no_mistake(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert read_document(path).values["profiles"] == {"acme": {"url": "acme", "username": "key"}}


def test_a_directory_in_the_file_s_place_is_a_problem(tmp_path: Path) -> None:
    problem = refused(tmp_path)
    assert "cannot be read" in problem.text


def test_values_nested_without_end_are_a_problem(path: Path) -> None:
    problem = refused(path, "a = " + "[" * 20_000 + "]" * 20_000)
    assert problem.severity == "error"


def test_a_file_that_is_not_there_is_an_empty_document(path: Path) -> None:
    document = read_document(path)
    assert (document.exists, document.text, document.values) == (False, "", {})


def test_a_key_of_very_many_parts_is_refused_at_once(path: Path) -> None:
    for line in (".".join(["a"] * 60) + " = 1", "[" + ".".join(['"b c"'] * 60) + "]"):
        assert refused(path, f"x = 1\n{line}\n").text == "not usable: values are nested too deeply"


def test_a_mistake_is_at_its_key_or_the_table_around_it(path: Path) -> None:
    path.write_text("# mine\n" + GOOD)
    document = read_document(path)
    problem = document.problem(("profiles", "acme", "username"), "wrong", warning=True)
    assert (problem.line, problem.key, problem.severity) == (4, "profiles.acme.username", "warning")
    assert document.problem(("profiles", "acme", "none"), "wrong").line == 2


def test_a_document_that_no_line_is_known_of_has_mistakes_on_its_first(path: Path) -> None:
    assert Document(path, "this is no TOML [").problem(("a",), "wrong").line == 1


@pytest.mark.parametrize(
    ("key", "written"),
    [
        (("profiles", "acme", "url"), "profiles.acme.url"),
        (("profiles", "b c", "url"), 'profiles."b c".url'),
        (("profiles", 'say "hi" \\'), r'profiles."say \"hi\" \\"'),
        (("keys", "app.quit", 1), 'keys."app.quit"[1]'),
        (("", "x"), '"".x'),
    ],
)
def test_a_key_is_written_as_toml_has_it(key: tuple[str | int, ...], written: str) -> None:
    assert dotted(key) == written

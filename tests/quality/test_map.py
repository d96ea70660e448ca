"""ARCHITECTURE and CONTRIBUTING are true of the tree: what they name exists, and what they tell to write works."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
import yaml

from cotui.api import Record
from cotui.catalog import RESOURCES, FieldType
from cotui.catalog.build import Section
from cotui.cli.arguments import COMMANDS
from cotui.cli.config_command import configure
from cotui.cli.data_command import run_data_command
from cotui.cli.exits import Exit
from cotui.query import Condition, Op, Query, QueryError, parse
from cotui.sandbox.database.store import Store
from cotui.sandbox.errors import BadRequestError
from cotui.sandbox.http.app import create_app
from cotui.sandbox.writing.payload import read
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.base.format import cell
from cotui.tui.engine import key_queue
from cotui.tui.forms.form import FormScreen
from tests.added import Added
from tests.sandbox import account as small
from tests.sandbox.client import CREDENTIALS, Client
from tests.tui.flow import browse, press, record_page, settle, text_of, type_text
from tests.tui.writing import account

ROOT = Path(__file__).resolve().parents[2]
MAP, GUIDE = (ROOT / ".github" / f"{name}.md" for name in ("ARCHITECTURE", "CONTRIBUTING"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
#: what paths begin with
PLACES = ("cotui/", "tests/", "screenshots/", ".github/", ".ci/")


def words() -> Iterator[str]:
    """What the documents name: all that stands between backticks, and the lines of commands."""
    for text in (MAP.read_text(), GUIDE.read_text()):
        yield from (
            line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()
        )
        yield from re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def blocks(heading: str) -> list[tuple[str, str, str]]:
    """The code under a heading of CONTRIBUTING: its language, the file it is for, its text."""
    (section,) = re.findall(rf"^## {heading}\n(.*?)(?=^## )", GUIDE.read_text(), re.DOTALL | re.MULTILINE)
    found = []
    for language, file, text in re.findall(
        r"```(python|sql|diff)\n(?:#|---?) (\S+)\n(.*?)```", section, re.DOTALL
    ):
        found.append((language, file, text))
    assert found
    return found


def changed(text: str, difference: str) -> str:
    """A text after the hunks of a difference, each of which fits one place of it."""
    for hunk in difference.split("@@\n")[1:]:
        lines = hunk.splitlines(keepends=True)
        old, new = ("".join(line[1:] or line for line in lines if line[0] != sign) for sign in "+-")
        if new not in text:  # somebody has done as told
            assert text.count(old) == 1, f"this is not there once:\n{old}"
            text = text.replace(old, new)
    return text


def written(*headings: str) -> dict[str, str]:
    """The files that somebody has who did what stands under these headings, of those that they name."""
    files: dict[str, str] = {}
    for language, file, text in (block for heading in headings for block in blocks(heading)):
        if language != "diff":
            assert file not in files
            files[file] = text
        else:
            files[file] = changed(files.get(file) or (ROOT / file).read_text(), text)
    return files


# -- what is named ---------------------------------------------------------------------------------


def test_paths_exist() -> None:
    new = {file for _, file, _ in re.findall(r"```(python|sql)\n(?:#|--) (\S+)\n(.)", GUIDE.read_text())}
    named = {word for word in words() if word.startswith(PLACES) and " " not in word} - new
    assert len(named) > 60
    missing = [word for word in named if not any(ROOT.glob(re.sub(r"<\w+>", "*", word).rstrip("/")))]
    assert not missing


def test_modules_and_what_they_hold_exist() -> None:
    named = {word for word in words() if re.fullmatch(r"cotui(\.\w+)+", word)}
    assert named
    for word in named:
        module, _, name = word.rpartition(".")
        try:
            importlib.import_module(word)
        except ModuleNotFoundError:
            assert hasattr(importlib.import_module(module), name), word


def test_names_stand_in_the_file_beside_them() -> None:
    found = re.findall(r"((?:`\w+`, )*`\w+`) in\s`(cotui/[\w/]+\.py)`", MAP.read_text())
    assert len(found) > 15
    for names, file in found:
        text = (ROOT / file).read_text()
        for name in re.findall(r"\w+", names):
            assert re.search(rf"^(class |(async )?def )?{name}\b", text, re.MULTILINE), f"{name} in {file}"


def test_commands_exist() -> None:
    tasks = PROJECT["tool"]["poe"]["tasks"]
    named = {
        tuple(word.split()[:2]) for word in words() if word.startswith(("poe ", "cotui ")) and "." not in word
    }
    assert {task for program, task in named if program == "poe"} == set(tasks)
    for command in {command for program, command in named if program == "cotui"}:
        assert command in COMMANDS or command == "--demo"


def test_switches_exist(pytestconfig: pytest.Config) -> None:
    for switch in {word.split()[0] for word in words() if re.match(r"--\w", word)}:
        assert hasattr(pytestconfig.option, switch.removeprefix("--").replace("-", "_")), switch


def test_every_room_is_on_the_map() -> None:
    text = MAP.read_text()
    own = {"cotui/sandbox/objects"}  # a room an object
    rooms = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "cotui").glob("*/**/*.py")}
    rooms = {room for room in rooms if room.rpartition("/")[0] not in own}
    assert not [room for room in sorted(rooms) if f"`{room}/`" not in text]


def test_the_glossary_is_short() -> None:
    _, _, glossary = MAP.read_text().partition("## Glossary\n")
    assert 10 < len([line for line in glossary.splitlines() if line.startswith("|")]) - 2 <= 30


# -- what is told to write -------------------------------------------------------------------------


def test_a_field_type(added: Added) -> None:
    added.add(written("Add a field type"))
    field = Section("Shipment")("iban", FieldType.IBAN, "IBAN", "Who pays for it.", "LGCUF")
    resource = replace(RESOURCES["note"], fields=(*RESOURCES["note"].fields, field))
    assert cell(Record({"iban": "DE89370400440532013000"}), field) == "DE89 3704 0044 0532 0130 00"
    assert parse("iban = de89370400440532013000", resource) == Query(
        (Condition("iban", Op.EQUALS, "DE89370400440532013000"),)
    )
    with pytest.raises(QueryError, match="iban takes an IBAN such as"):
        parse("iban = 12", resource)
    assert field.type.to_value("AT61 1904 3002 3457 3201", field, date(2026, 3, 16)) == "AT611904300234573201"
    with pytest.raises(BadRequestError):
        read({"iban": "12"}, [field], ZoneInfo("UTC"))


@pytest.fixture
def store(added: Added) -> Iterator[Store]:
    """An account with the object of the guide."""
    added.add(written("Add an object"))
    with closing(small.build()) as store:
        yield store


def test_an_object(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    app = create_app(store, credentials={"key": "x"})
    env = {
        "COTUI_URL": "localhost",
        "COTUI_USERNAME": "key",
        "COTUI_PASSWORD": "x",
        "COTUI_CONFIG": "/nonexistent/c",
    }

    def transport() -> httpx.ASGITransport:
        return httpx.ASGITransport(app)

    with store.write() as connection:
        connection.execute(
            "INSERT INTO shipments (contents, customer_id, worth, write_datetime)"
            " VALUES ('A lamp', 1, 1500, 0), ('Books', 1, 2, 0)"
        )
    words = ["shipments", "contents ~ lamp and status = packed", "--format", "jsonl"]
    assert run_data_command("list", words, env=env, transport=transport) == Exit.OK
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert row["worth"] == 1500  # of yen, which have no smaller unit
    assert (row["shipment_id"], row["customer_id"], row["currency_iso4217"]) == (1, 1, "JPY")
    assert set(RESOURCES["shipment"].tones) == {"packed", "sent"}


@pytest.mark.parametrize("file", ["sandbox/objects/shipment/test_write.py", "tui/objects/test_shipment.py"])
async def test_an_objects_tests(
    store: Store, tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_queue, "WORD", 0.0)  # keys are pressed faster here than anybody means them
    told: dict[str, Any] = {}
    exec(compile(written("Add an object")[f"tests/{file}"], file, "exec"), told)
    fixtures = {
        "live": Client(create_app(store, credentials=CREDENTIALS, clock=small.now)),
        "tmp_path": tmp_path,
    }
    (test,) = [value for name, value in told.items() if name.startswith("test_")]
    await test(**{name: fixtures[name] for name in inspect.signature(test).parameters})


async def test_an_object_on_the_screen_and_its_actions(
    added: Added, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_queue, "WORD", 0.0)  # keys are pressed faster here than anybody means them
    added.add(written("Add an object", "Add an action"))
    with account(tmp_path, screen="customers") as own:
        async with own.app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            commands = own.app.get_system_commands(own.app.screen)
            next(command for command in commands if command.title == "Go to shipments").callback()
            await pilot.pause()
            await settle(pilot)
            assert browse(own.app).listing.resource is RESOURCES["shipment"]
            assert "Desk phones" in text_of(own.app)
            await press(pilot, "n")
            assert isinstance(own.app.screen, FormScreen)
            await type_text(pilot, "A lamp")
            await press(pilot, "down", "f2", "enter", "ctrl+s", "y")
            assert record_page(own.app).resource is RESOURCES["shipment"]
            assert "Packed" in text_of(own.app)
            own.line.fault = "timeout after"
            await press(pilot, "b")
            assert isinstance(own.app.screen, ConfirmDialog)
            assert "A lamp cannot be called back." in text_of(own.app)
            await press(pilot, "y")
            assert "it was done" in text_of(own.app)
            own.line.fault = "none"
            await press(pilot, "escape", "a")
            await type_text(pilot, "relabel")
            await press(pilot, "enter")
            await type_text(pilot, "Books")
            await press(pilot, "ctrl+s", "y")
            assert "Books · Shipment 13" in text_of(own.app)
            assert "Sent" in text_of(own.app)
    paths = [request.url.path.removeprefix("/api/v3/") for request in own.line.sent]
    assert paths == ["shipment", "shipment/13/_action/send", "shipment/13/_action/relabel"]
    assert configure(["keys"]) == Exit.OK
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("action.send")]
    assert line.split() == ["action.send", "b", "Send"]


@pytest.mark.parametrize("heading", ["Add a report", "Add a key", "Add a theme"])
def test_an_entry_of_a_file_fits_where_it_is_told_to_stand(heading: str) -> None:
    for file, text in written(heading).items():
        compile(text, file, "exec")


@pytest.mark.long
def test_what_is_told_to_write_passes_the_checks() -> None:
    headings = re.findall(r"^## (Add .*)$", GUIDE.read_text(), re.MULTILINE)
    for file, text in written(*headings).items():
        if not file.endswith(".py"):
            continue
        for words in (
            ["check", "--config", 'lint.isort.known-first-party=["cotui", "tests"]'],
            ["format", "--check"],
        ):
            ruff = [sys.executable, "-m", "ruff", *words, "--no-cache", "--stdin-filename", file, "-"]
            done = subprocess.run(ruff, cwd=ROOT, input=text, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{file}: {done.stdout}{done.stderr}"


# -- what keeps the habits -------------------------------------------------------------------------


def test_hooks_before_a_commit_are_tools_of_the_project() -> None:
    told = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    (local,) = told["repos"]
    assert local["repo"] == "local"
    tools = {line.partition("==")[0] for line in PROJECT["project"]["optional-dependencies"]["test"]}
    for hook in local["hooks"]:
        program = hook["entry"].split()[0]
        assert program.removeprefix(".venv/bin/") in tools, hook["id"]


def test_the_workflow_runs_ci_with_the_pythons_of_the_classifiers() -> None:
    (job,) = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())["jobs"].values()
    (pythons,) = [
        step["with"]["python-version"].split() for step in job["steps"] if "python" in step.get("uses", "")
    ]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]))
    assert sorted(pythons) == named
    assert [step["run"] for step in job["steps"] if "run" in step][-1] == ".ci/run"
    assert all(re.search(r"@v\d+$", step["uses"]) for step in job["steps"] if "uses" in step)

"""What is imported before the first rows are on the screen: only what they need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.surroundings import without_clock
from tests.tables import every

# the program is started once
pytestmark = pytest.mark.xdist_group("imported")

#: starts the app as `cotui` does, stops when the rows are drawn, and says what was imported
PROGRAM = """
import asyncio, pathlib, sys
from cotui.cli.launch import _load_interface
_load_interface()
from cotui.api import Api, Connection
CONNECTION = Connection("mock", "acme", "key", "secret")
Api(CONNECTION).prepare()  # loads httpx in cotui's way
import httpx
from cotui.settings import Settings, StateStore
from cotui.audit.log import AuditLog
from cotui.tui.shell.app import CotuiApp
from cotui.tui.base.session import Session

ROWS = [{"customer_id": n, "company": f"Company {n}", "balance": 12.5, "currency_iso4217": "EUR",
         "superuser_name": "A Person", "superuser_email": "a@example.com",
         "customer_status_name": "Over Due", "customer_status_str": "active-overdue"} for n in range(1, 31)]

def answer(request):
    response = len(ROWS) if request.url.path.endswith("/_count") else ROWS
    return httpx.Response(200, json={"code": 200, "status": "OK", "message": "", "response": response})

class Measured(CotuiApp):
    async def drawn(self):
        async with asyncio.timeout(30):
            while not any("Company 7" in "".join(part.text for part in line)
                          for line in self.screen._compositor.render_strips()):
                await asyncio.sleep(0)
        self.exit(sorted(sys.modules))

    def on_ready(self):
        self.run_worker(self.drawn())

folder = pathlib.Path(sys.argv[1])
api = Api(CONNECTION, transport=httpx.MockTransport(answer))
app = Measured(Session(settings=Settings(path=folder / "config.toml"), state=StateStore(folder / "state.json"),
                       audit=AuditLog(folder / "audit"), connect=lambda profile, secret: api, api=api))
modules = app.run(headless=True, size=(120, 40))
assert modules, "the rows were never drawn"
print("\\n".join(modules))
"""

#: what belongs to other screens, other commands, or to nobody before it is asked for
NOT_YET = (
    # the sandbox, its server and its data
    "cotui.sandbox", "starlette", "uvicorn", "mimesis", "sqlite3", "anyio.from_thread",
    # secrets, writing of settings, formatting for people
    "keyring", "tomli_w", "babel", "plotext", "textual_plotext", "segno", "cotui.tui.access.password_words",
    # other screens and dialogs
    "cotui.tui.shell.setup", "cotui.tui.records.record", "cotui.tui.shell.help",
    "cotui.tui.lists.columns_dialog", "cotui.tui.shell.palette", "cotui.tui.shell.keymap", "cotui.tui.shell.key_clashes",
    # marks and what is done to many records
    "cotui.tui.lists.selection_keys", "cotui.tui.bulk.bulk_run", "cotui.tui.bulk.bulk_words",
    "cotui.tui.bulk.bulk_confirm", "cotui.tui.bulk.bulk_progress", "cotui.tui.bulk.bulk_export_dialog",
    "cotui.tui.base.dialog", "cotui.tui.base.text_lines",
    "cotui.desk.export", "cotui.desk.outcome_export", "cotui.desk.candidates",
    # what is done to a record
    "cotui.tui.actions.contacts", "cotui.tui.actions.invoices", "cotui.tui.actions.messages", "cotui.tui.actions.records",
    "cotui.tui.access.login_link", "cotui.tui.access.password", "cotui.tui.bulk.many", "cotui.tui.payments",
    # Textual's and Rich's heavier parts
    "rich.markdown", "markdown_it", "rich.syntax", "rich.traceback", "pygments", "tree_sitter",
    "textual.widgets._markdown", "textual.widgets._markdown_viewer", "textual.widgets._text_area",
    "textual.widgets._data_table", "textual.widgets._tabbed_content", "textual.widgets._log",
    # clicks of httpx's own command line, other people's event loops
    "click", "trio", "curio",
)  # fmt: skip


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Names of all modules after the first rows."""
    folder: Path = tmp_path_factory.mktemp("start")
    env = {key: value for key, value in os.environ.items() if not key.startswith("COTUI_")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=without_clock(env),
    )
    assert done.returncode == 0, done.stderr
    return frozenset(done.stdout.split())


def test_what_the_first_screen_needs_is_there(imported: frozenset[str]) -> None:
    needed = {"cotui.tui.lists.browse", "cotui.tui.lists.record_table", "httpx", "textual.app"}
    assert needed <= imported, "the list says nothing: the first screen was not reached"


@every("name", NOT_YET)
def test_nothing_else_is_imported(imported: frozenset[str], name: str) -> None:
    found = sorted(module for module in imported if module == name or module.startswith(f"{name}."))
    assert found == []

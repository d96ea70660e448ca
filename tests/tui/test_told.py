"""Through the dialogs: what the screen says of a write, what is noted of it and what is true agree."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cotui.api import Outcome
from cotui.settings import Settings, StateStore
from cotui.tui.actions.confirm import ConfirmDialog, Phase, confirm
from cotui.tui.actions.write_words import _HEADS
from cotui.tui.base.session import Session
from cotui.tui.bulk.bulk_progress import BulkProgress
from cotui.tui.bulk.bulk_run import BulkRun
from cotui.tui.bulk.bulk_words import ending_words
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.shell.app import CotuiApp
from tests.told.deeds import Deed, acting, any_deed
from tests.told.faults import FAULTS, SINGLE, Fault
from tests.told.run import NO_HURRY, TODAY, Place, Tally, place, shuffled
from tests.tui.flow import settle, text_of, until
from tests.tui.writing import asked, typed

#: seconds that the long runs wait for a silent server
LONG_PATIENCE = 3.0


@asynccontextmanager
async def screen(
    folder: Path, patience: float = NO_HURRY
) -> AsyncIterator[tuple[Place, CotuiApp, Pilot[None]]]:
    """The app on an account behind a proxy."""
    async with place(folder) as own:
        api = own.api(patience)
        session = Session(
            settings=Settings(path=folder / "config.toml"),
            state=StateStore(folder / "state.json"),
            connect=lambda profile, secret: api,
            audit=own.log,
            operator="alex",
            api=api,
            demo=True,
            screen="customers",
            today=lambda: TODAY,
        )
        app = CotuiApp(session)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            yield own, app, pilot


async def through_the_dialog(
    folder: Path, dice: random.Random, faults: Sequence[Fault], patience: float
) -> Tally:
    """Each write confirmed by key, and its end read from the screen."""
    tally = Tally()
    async with screen(folder, patience) as (own, app, pilot):
        for fault in faults:
            deed = await any_deed(dice, own.server)
            own.strike(fault)
            arrived = len(own.proxy.writes)
            assert isinstance(app.screen, BrowseScreen)
            asking = asyncio.create_task(confirm(app.screen, deed.write))
            dialog = await asked(pilot)
            if deed.write.destroys:
                dialog.query_one("#name", Input).value = str(deed.write.ref)
            typed(app, "enter" if deed.write.destroys else "y")
            await until(lambda: asking.done() or _says_no(dialog))  # noqa: B023 - of this run
            own.strike(None)
            told = "done"
            if not asking.done():
                words = " ".join(str(dialog.query_one("#outcome").render()).split())
                (told,) = (result.value for result, head in _HEADS.items() if words.startswith(head))
                if "it was done" in words and not await deed.done():
                    tally.wrong.append(f"{fault.name}: {words}")
                while not asking.done():
                    typed(app, "escape")
                    await pilot.pause()
            outcome = await asking
            assert outcome is not None
            assert outcome.result.value == told
            assert len(own.proxy.writes) - arrived <= 1, f"{fault.name}: sent twice"
            await settle(pilot)
            await tally.judge(deed, fault, told)
        tally.compare(own.noted())
    return tally


def _says_no(dialog: ConfirmDialog) -> bool:
    """Whether it stays to say how it ended; after what was done it leaves by itself."""
    return dialog.phase is Phase.OVER and dialog._outcome is not None and not dialog._outcome.done


async def through_a_run(folder: Path, dice: random.Random, faults: Sequence[Fault], patience: float) -> Tally:
    """A batch for each fault, and its end read from the summary on the screen."""
    tally = Tally()
    async with screen(folder, patience) as (own, app, pilot):
        for fault in faults:
            first = dice.randrange(1, 8)
            deeds: list[Deed] = [await acting(own.server, ref) for ref in range(first, first + 3)]
            own.strike(fault)
            arrived = len(own.proxy.writes)
            run = BulkRun(
                [deed.write for deed in deeds], send=app.writer.send_together, wait_for=lambda _: 0.0
            )
            results: dict[int | str, Outcome] = {}
            asking = asyncio.create_task(app.ask(BulkProgress("Told", results, run, file_name="told.csv")))
            await until(lambda: isinstance(app.screen, BulkProgress) and app.screen.over)
            own.strike(None)
            await settle(pilot)
            assert ending_words(list(results.values())) in text_of(app)
            while not asking.done():
                typed(app, "escape")
                await pilot.pause()
            assert len(own.proxy.writes) - arrived <= 1, f"{fault.name}: sent twice"
            for deed, outcome in zip(deeds, results.values(), strict=True):
                await tally.judge(deed, fault, outcome.result.value)
        tally.compare(own.noted())
    return tally


async def test_some_faults_through_the_dialog(tmp_path: Path) -> None:
    faults = [fault for at, fault in enumerate(SINGLE) if at % 24 == 0 and not fault.slow]
    tally = await through_the_dialog(tmp_path, random.Random(2), faults, NO_HURRY)
    assert (tally.wrong, tally.unlike) == ([], [])


async def test_some_faults_through_a_run(tmp_path: Path) -> None:
    faults = [fault for at, fault in enumerate(FAULTS) if at % 24 == 5 and not fault.slow]
    tally = await through_a_run(tmp_path, random.Random(2), faults, NO_HURRY)
    assert (tally.wrong, tally.unlike) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
async def test_many_writes_through_the_dialog(seed: int, tmp_path: Path) -> None:
    """200 by screen."""
    faults = shuffled(seed, SINGLE, 50)
    tally = await through_the_dialog(tmp_path, random.Random(seed), faults, LONG_PATIENCE)
    print(f"screen {seed}: {dict(tally.endings)}, wrong {len(tally.wrong)}")
    assert (tally.wrong, tally.unlike) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
async def test_many_batches_through_the_screen(seed: int, tmp_path: Path) -> None:
    """100 in runs of three."""
    faults = shuffled(seed, FAULTS, 17)
    tally = await through_a_run(tmp_path, random.Random(seed), faults, LONG_PATIENCE)
    print(f"runs {seed}: {dict(tally.endings)}, wrong {len(tally.wrong)}")
    assert (tally.wrong, tally.unlike) == ([], [])

"""Two people changed a record: what of it matters, and which value of each field is to stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cotui.api import Record
from cotui.safety.text import clean
from cotui.tui.base.asking import HASTY, AskingDialog
from cotui.tui.base.line import TextBlock, TextLine
from cotui.tui.forms.draft import label_of, to_text
from cotui.tui.lists.columns_dialog import FieldList

if TYPE_CHECKING:
    from cotui.tui.forms.base_form import BaseForm
    from cotui.tui.forms.draft import Draft


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field that was changed here and on the server, with its values in words."""

    name: str
    label: str
    was: str
    now: str
    yours: str


class ConflictDialog(AskingDialog[dict[str, bool]]):
    """Decides field by field, with no default; gives back, by wire name, whether the form's own value is kept."""

    DEFAULT_CSS = """
    ConflictDialog > #box { max-width: 90; }
    ConflictDialog OptionList { max-height: 1fr; text-wrap: wrap; text-overflow: fold; }
    """
    BINDINGS = [
        Binding("m", "decide(True)", "Keep mine", id="conflict.mine"),
        Binding("t", "decide(False)", "Take theirs", id="conflict.theirs"),
        Binding("M", "decide_all(True)", "Keep all of mine", id="conflict.all_mine"),
        Binding("T", "decide_all(False)", "Take all of theirs", id="conflict.all_theirs"),
    ]
    AUTO_FOCUS = "FieldList"

    def __init__(self, disputes: Sequence[Dispute]) -> None:
        super().__init__()
        self._disputes = list(disputes)
        self.decided: dict[str, bool] = {}
        self._said = TextLine("", id="said")

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock("Somebody else changed the same fields meanwhile", "title")
            self._options = FieldList(*(self._option(item) for item in self._disputes), markup=False)
            yield from (self._options, self._said)
            yield TextBlock(
                "m keeps yours · t takes theirs · M T all of them · enter goes on · esc goes back to the form",
                "faint",
            )

    def on_mount(self) -> None:
        self._options.highlighted = 0

    def _option(self, item: Dispute) -> Option:
        kept = self.decided.get(item.name)
        verdict = {None: "undecided", True: "yours is sent", False: "theirs stays"}[kept]
        lines = [Content.assemble((clean(item.label), "bold"), f"  {verdict}")]
        for word, text, chosen in (
            ("was   ", item.was, False),
            ("is now", item.now, kept is False),
            ("yours ", item.yours, kept is True),
        ):
            lines.append(Content(f"  {'●' if chosen else ' '} {word}  {clean(text)}"))
        return Option(Content("\n").join(lines))

    def _show(self) -> None:
        options = self._options
        for index, item in enumerate(self._disputes):
            options.replace_option_prompt_at_index(index, self._option(item).prompt)
        self._said.show("")

    def key_strayed(self) -> None:
        """What was decided by the letters of a word was not decided."""
        self.decided.clear()
        self._show()
        self._said.show("Those letters mean nothing here: all is undecided again")

    def _among_letters(self) -> bool:
        if self.strayed and self.cotui.in_word:
            self._said.show(HASTY)
            return True
        return False

    def action_decide(self, keep: bool) -> None:
        if self._among_letters():
            return
        options = self._options
        at = options.highlighted
        if at is None:
            return
        self.decided[self._disputes[at].name] = keep
        self._show()
        if at + 1 < len(self._disputes):
            options.highlighted = at + 1

    def action_decide_all(self, keep: bool) -> None:
        if self._among_letters():
            return
        self.decided = {item.name: keep for item in self._disputes}
        self._show()

    @on(OptionList.OptionSelected)
    def _go_on(self) -> None:
        """Enter: all is decided, or goes where it is not."""
        open_still = [item for item in self._disputes if item.name not in self.decided]
        if not open_still:
            self.dismiss(dict(self.decided))
            return
        self._said.show(f"{clean(open_still[0].label)} is undecided: m or t decides")
        self._options.highlighted = self._disputes.index(open_still[0])


async def settle_conflicts(form: BaseForm[Any], draft: Draft, fresh: Record) -> list[str] | None:
    """Bring a draft up to date with the record as it is now; None when its user went back to the form.

    Fields that its user did not touch take the server's value, and a line is given back for each. Those changed by
    both are decided one by one.
    """
    moved = draft.moved(fresh.raw)
    disputed = []
    notes = []
    for name in moved:
        field, now = draft.fields[name], fresh.raw.get(name)
        if draft.changed(name) and not field.type.same(draft.value(name), now, field):
            disputed.append(name)
            continue
        notes.append(
            f"Changed by somebody else meanwhile: {label_of(field)}, "
            f"from {_words(draft, name, draft.original(name))} to {_words(draft, name, now)}"
        )
    decided: dict[str, bool] | None = {}
    if disputed:
        from cotui.tui.forms.conflict import ConflictDialog, Dispute

        decided = await form.cotui.ask(
            ConflictDialog(
                [
                    Dispute(
                        name,
                        label_of(draft.fields[name]),
                        was=_words(draft, name, draft.original(name)),
                        now=_words(draft, name, fresh.raw.get(name)),
                        yours=draft.text(name) or "nothing",
                    )
                    for name in disputed
                ]
            )
        )
    if decided is None:
        return None
    for name in moved:
        draft.rebase(name, fresh.raw.get(name), keep=decided.get(name, False))
    return notes


def _words(draft: Draft, name: str, value: object) -> str:
    return to_text(draft.fields[name], value) or "nothing"

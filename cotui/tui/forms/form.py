"""Forms: the fields of a record, or of an action, as they are typed in, checked and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Unpack

from textual.binding import Binding

from cotui.api import ApiError, Outcome, Record
from cotui.api.outcome import Result as Ending
from cotui.catalog import Field
from cotui.tui.actions.write_words import not_done
from cotui.tui.forms.base_form import BaseForm, FormOptions
from cotui.tui.forms.changes import change_lines
from cotui.tui.forms.draft import FormProblem

if TYPE_CHECKING:
    from cotui.api import Write
    from cotui.tui.base.action_target import ActionTarget


class FormScreen(BaseForm[Outcome]):
    """A form that ends in one write, which it has confirmed; it stays until the write is done.

    Args:
        title: see `BaseForm`, as the others that are not named here.
        make: the write for a payload.
        changed_only: True for changes of a record, which is read again before it is overwritten.
        target: the record that is changed, None when one is made.
        may_be_empty: it can be sent without anything having been typed.
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        values: Mapping[str, object],
        make: Callable[[dict[str, object]], Write],
        changed_only: bool,
        target: ActionTarget | None = None,
        may_be_empty: bool = False,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(title, fields, values=values, changed_only=changed_only, **options)
        self._make = make
        self._may_be_empty = may_be_empty
        self.target = target

    async def check_fresh(self, fresh: Record) -> Sequence[str]:
        """For subclasses: compare what the extra widgets began with, with the record as it is now.

        Returns:
            Lines for the confirmation.

        Raises:
            FormProblem: it must not be sent like this.
        """
        del fresh
        return ()

    def carry_out(self, payload: dict[str, object]) -> None:
        if not payload and not self._may_be_empty:
            self.tell(
                "Nothing was changed, so there is nothing to send."
                if self._changed_only
                else "Nothing was typed, so there is nothing to send."
            )
            return
        self._busy = True
        self.cotui.go_on(self, self._send(payload))

    async def _send(self, payload: dict[str, object]) -> None:
        from cotui.tui.actions.confirm import confirm

        try:
            notes: list[str] = []
            if self._changed_only and self.target is not None:
                checked = await self._checked(self.target)
                if checked is None:
                    return
                notes, again = checked, self._payload()
                if again is None:
                    return
                payload = again
                if not payload:
                    self.tell("The record holds all of this already: there is nothing to send.")
                    return
            self.tell("\n".join(self.notes))
            changes = self._changes(payload) if self._changed_only else ()
            outcome = await confirm(self, self._make(payload), notes=notes, changes=changes)
        finally:
            self._busy = False
        if outcome is None:
            return
        if outcome.done:
            self.dismiss(outcome)
        else:
            self._not_done(outcome)

    def _changes(self, payload: Mapping[str, object]) -> Sequence[str]:
        return change_lines(self.draft, payload, self.pane.named, self.extra_words())

    def _not_done(self, outcome: Outcome) -> None:
        """Everything typed is still here; say why, as near to the cause as can be."""
        if outcome.result is Ending.REFUSED and self.show_server_error(outcome):
            return
        look = "whether it is in the list" if outcome.write.ref is None else "at the record"
        self.tell(not_done(outcome, f"Look {look} before you send it again."), bad=True)

    async def _checked(self, target: ActionTarget) -> list[str] | None:
        """Read the record again and settle what others changed: lines for the confirmation, None if it can't be sent now."""
        self.say("reading the record again …")
        try:
            fresh = await self.api.get(target.resource, target.ref)
        except ApiError as error:
            self.hush()
            self.tell(f"{error.what}: nothing was sent. {error.todo}", bad=True)
            return None
        self.hush()
        try:
            notes = list(await self.check_fresh(fresh))
        except FormProblem as problem:
            self.show_problem(problem)
            return None
        from cotui.tui.forms.conflict import settle_conflicts

        settled = await settle_conflicts(self, self.draft, fresh)
        if settled is None:
            return None
        self.pane.show_draft()
        return [*settled, *notes]


class PayloadForm(BaseForm[dict[str, object]]):
    """A form for the fields of an action, which begin with `values`: gives back what was typed, and sends nothing."""

    BINDINGS = [Binding("ctrl+s", "save", "Go on", id="form.save")]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        values: Mapping[str, object] | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(title, fields, values=values or {}, changed_only=False, **options)

    def carry_out(self, payload: dict[str, object]) -> None:
        self.dismiss(payload)

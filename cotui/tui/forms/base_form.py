"""What all forms have in common: fields over a whole screen, and nothing typed that is ever lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content

from cotui.api import Outcome
from cotui.catalog import Field, FieldType
from cotui.desk.names import name_of
from cotui.query import Condition
from cotui.safety.text import clean
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.base.line import StatusText, TextBlock, TextLine
from cotui.tui.base.top_bar import TopBar
from cotui.tui.forms.draft import Draft, FormProblem
from cotui.tui.forms.pane import FieldsPane

if TYPE_CHECKING:
    from cotui.api import Api

Result = TypeVar("Result")

#: keys that change a text, or take it, without being printable
_TYPING = frozenset({"enter", "backspace", "delete"})


class FormOptions(TypedDict, total=False):
    """What any form can be told beside its fields.

    Attributes:
        required: wire names of fields that must not be empty.
        notes: what its user should know, a line each.
        conditions: by wire name of a key, which records are offered for it.
        placeholders: by wire name, what stands in an empty field: what happens when it stays empty.
    """

    required: Collection[str]
    notes: Sequence[str]
    conditions: Mapping[str, Sequence[Condition]]
    placeholders: Mapping[str, str]


class BaseForm(FrameScreen[Result]):
    """Fields over one screen. What was typed stays until the form is sent or its user discards it.

    Args:
        title: what the form is for; may hold text of the server's.
        fields: those that can be written, in the catalogue's order; lists of sub-objects are left out.
        values: what they hold now, as the server sent it.
        changed_only: fields that hold the same as `values` are not part of the payload.
    """

    DEFAULT_CSS = """
    BaseForm > #heading { background: $panel; color: $foreground; text-style: bold; padding: 0 1; }
    BaseForm > #notes { max-height: 4; padding: 0 1; }
    BaseForm > #form { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    BaseForm > #about { height: 2; padding: 0 1; background: $surface; color: $text-muted; }
    """
    AUTO_FOCUS = "FieldsPane"
    help_heading = "Form"
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", id="form.save"),
        Binding("escape", "leave", "Leave", id="form.leave"),
        Binding("f2", "pick", "Choose", id="form.pick"),
        Binding("f3", "more", "More fields", id="form.more"),
        Binding("question_mark", "app.help", "Keys", key_display="?", id="form.keys"),
        Binding("f1", "app.help", "Keys", id="form.help"),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        values: Mapping[str, object],
        changed_only: bool,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__()
        self._title = clean(title)
        self._fields = [item for item in fields if item.type is not FieldType.OBJECTS]
        self._values = dict(values)
        self._required = frozenset(options.get("required", ()))
        self._changed_only = changed_only
        self.notes = tuple(options.get("notes", ()))
        self._conditions = dict(options.get("conditions", {}))
        self._placeholders = {name: clean(text) for name, text in options.get("placeholders", {}).items()}
        self._draft: Draft | None = None
        self._busy = False
        #: the first keys were pressed, or left out, so that those that follow are meant for the fields
        self._begun = False
        #: what was typed on and not meant for the fields
        self._left_out = ""
        self._notes_line, self._about_line = StatusText(id="notes"), TextBlock(id="about")

    # -- for subclasses ---------------------------------------------------------------------

    def compose_extra(self) -> ComposeResult:
        """Widgets under the fields."""
        yield from ()

    def extra_payload(self) -> dict[str, object]:
        """What those widgets add to the payload; a `FormProblem` where something in them makes no sense."""
        return {}

    def extra_words(self) -> Sequence[str]:
        """What those widgets change, in words, a line each; not cleaned."""
        return ()

    def extra_changed(self) -> bool:
        """Whether something was typed into them that would be lost."""
        return False

    def show_server_error(self, outcome: Outcome) -> bool:
        """Show a refusal where it belongs; False when it names no field, so that it is said on top."""
        from cotui.tui.forms.server_words import field_named

        sent = outcome.write.payload if isinstance(outcome.write.payload, Mapping) else {}
        name = field_named(outcome.message, self.draft.fields.values(), sent)
        if not name:
            return False
        self.show_problem(FormProblem(name, outcome.message))
        return True

    def carry_out(self, payload: dict[str, object]) -> None:
        """Everything makes sense: do with it what the form is for."""
        raise NotImplementedError  # the two forms below differ in this and in nothing else

    # -- building ---------------------------------------------------------------------------

    @property
    def is_modal(self) -> bool:
        """Keys of the app, such as those of the lists, would leave the form and what was typed."""
        return True

    @property
    def draft(self) -> Draft:
        if self._draft is None:
            self._draft = Draft(
                self._fields,
                self._values,
                required=self._required,
                changed_only=self._changed_only,
                today=self.cotui.session.today(),
            )
        return self._draft

    @property
    def api(self) -> Api:
        return self.cotui.api

    def compose_body(self) -> ComposeResult:
        names = {
            item.name: clean(str(self._values[item.named_by]))
            for item in self._fields
            if item.named_by and self._values.get(item.named_by)
        }
        yield TextLine(self._title, id="heading")
        #: the fields on the screen
        self.pane = FieldsPane(self.draft, names, self._placeholders)
        yield self._notes_line
        with VerticalScroll(id="form", can_focus=False):
            yield self.pane
            yield from self.compose_extra()
        yield self._about_line

    def on_mount(self) -> None:
        super().on_mount()
        self._tell_notes()
        if first := self.pane.field:
            self.pane.go(first.name)
        else:
            self.call_after_refresh(self.app.action_focus_next)
        self._read_names()

    @work(group="names")
    async def _read_names(self) -> None:
        """What the records are called that keys point to, as far as the record doesn't say so itself."""
        for field in self.pane.unnamed():
            number = self.draft.text(field.name)
            self.pane.learn(field.name, number, await name_of(self.api, field, number))

    # -- saying -----------------------------------------------------------------------------

    def tell(self, text: str, *, bad: bool = False) -> None:
        """Say something about the form as a whole, until something else is said; "" nothing any more."""
        self._notes_line.tell(text, bad=bad)

    def _tell_notes(self) -> None:
        typed = self._left_out.strip()
        words = (
            f"“{typed}” came right behind the key for this form and was left out: type it now if it was meant"
        )
        self.tell("\n".join([*self.notes, *([clean(words)] if typed else [])]))

    def leaves_out(self, event: events.Key) -> bool:
        """In a record that is there already the rest of the word whose letter opened the form would be a change."""
        if self._begun or not self._changed_only:
            return False
        if not event.is_printable and event.key not in _TYPING:
            return False
        if not self.cotui.after_sign:
            self._begun = True
            return False
        self._left_out += (event.character or "") if event.is_printable else " "
        self._tell_notes()
        return True

    def show_problem(self, problem: FormProblem) -> None:
        if problem.where in self.draft.fields:
            self.pane.problems[problem.where] = problem.words
            if self.pane.rows.index(problem.where) is None:
                self.pane.show_more()
            self.pane.go(problem.where)
            self.show_about()
            return
        self.tell(problem.words, bad=True)

    def show_about(self) -> None:
        """Say what the field under the cursor means, and what is wrong with it."""
        field = self.pane.field
        about = self._about_line
        shown = field is not None and (self.pane.active or not self.is_current)
        about.update(self._about(field) if shown and field is not None else "", layout=False)

    def _about(self, field: Field) -> Content:
        parts: list[Content] = []
        text = self.draft.text(field.name)
        if field.name in self.pane.problems:
            parts.append(Content.styled(f"✗ {clean(self.pane.problems[field.name])}", "bold $text-error"))
        if said := field.type.resolved(text, field, self.draft.today):
            parts.append(Content.styled(f"= {said}", "bold"))
        if field.named_by and not self.draft.typed(field.name) and (name := self._values.get(field.named_by)):
            parts.append(Content(clean(str(name))))
        words = [field.meaning, *(["Needed."] if field.name in self._required else [])]
        if self.draft.disguised(field.name):
            words.append("It holds signs that can't be seen: if you change it, they are left out.")
        parts.append(Content(" ".join(words)))
        return Content(" · ").join(parts)

    # -- typing -----------------------------------------------------------------------------

    @on(FieldsPane.Edited)
    def _edited(self, event: FieldsPane.Edited) -> None:
        event.stop()
        wrong = self.pane.problems.pop(event.name, None) is not None
        if wrong:
            self.pane.refresh()
        if wrong or self.draft.fields[event.name].type.storage == "day":
            self.show_about()

    @on(FieldsPane.Moved)
    def _moved(self, event: FieldsPane.Moved) -> None:
        """A field was left: say at once what makes no sense in it."""
        event.stop()
        if event.left:
            self._check(event.left)
        self.show_about()
        self.refresh_bindings()

    @on(FieldsPane.Wanted)
    def _wanted(self, event: FieldsPane.Wanted) -> None:
        event.stop()
        self.action_pick()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        del event
        self.pane.refresh()
        self.show_about()

    def _check(self, name: str) -> None:
        if not self.draft.typed(name):
            return
        try:
            value = self.draft.value(name)
        except FormProblem as problem:
            self.pane.problems[name] = problem.words
            self.pane.refresh()
        else:
            if self.draft.fields[name].type.storage == "day" and isinstance(value, str):
                self.pane.show_text(name, value)

    @on(TopBar.TabClicked)
    def _tab_clicked(self, event: TopBar.TabClicked) -> None:
        event.prevent_default()
        self.say("esc leaves the form first", "warning")

    # -- actions ----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        if not self.is_mounted:
            return True
        if action == "pick":
            from cotui.tui.forms.picking import pickable

            field = self.pane.field
            return field is not None and self.pane.active and pickable(field)
        if action == "more":
            return bool(self.pane.rows.more)
        return True

    def action_pick(self) -> None:
        from cotui.tui.forms.picking import pick

        if (field := self.pane.field) is not None:
            pick(self, self.pane, field, self._conditions.get(field.name, ()))

    def action_more(self) -> None:
        if name := self.pane.show_more():
            self.call_after_refresh(self.pane.go, name)
            self.refresh_bindings()

    @property
    def typed(self) -> bool:
        return self.draft.edited or (self.is_mounted and self.extra_changed())

    def action_leave(self) -> None:
        if self._busy:
            self.cotui.waiting.leave()  # the record is read again before it is overwritten
            return
        from cotui.tui.forms.discard import leave

        leave(self)

    def action_save(self) -> None:
        if self._busy:
            return
        payload = self._payload()
        if payload is not None:
            self.carry_out(payload)

    def _payload(self) -> dict[str, object] | None:
        """What is to be sent; None when something makes no sense, which has the focus then."""
        problems = self.draft.problems()
        self.pane.problems = {problem.where: problem.words for problem in problems}
        self.pane.refresh()
        try:
            if problems:
                raise problems[0]
            payload = {**self.draft.payload(), **self.extra_payload()}
        except FormProblem as problem:
            self.show_problem(problem)
            return None
        self.show_about()
        return payload

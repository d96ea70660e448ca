"""The fields of a form on the screen.

They are painted, not mounted: ninety widgets take most of a second to open, and the layout of all of them on
each move. There is one real editor, which lies over the line of the field that is being edited. Fields
that are chosen rather than typed need none: their keys go to the pane itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from cotui.catalog import Field
from cotui.safety.text import clean, clean_multiline
from cotui.tui.base.cells import fit
from cotui.tui.forms.draft import Draft, is_reference, label_of
from cotui.tui.forms.layout import FormLayout, height
from cotui.tui.forms.line_input import LineInput


class FieldsPane(Widget, can_focus=True):
    """The fields of a draft; the cursor stands on one of them.

    Args:
        draft: what they hold; changed as it is typed.
        names: what keys are called that the record itself names, by wire name of the field.
        placeholders: what stands in empty fields, by wire name; clean.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"form--{part}" for part in ("heading", "label", "current", "wrong", "value", "marked", "empty")
    }
    DEFAULT_CSS = """
    FieldsPane { height: auto; background: $surface; layout: vertical; }
    FieldsPane > .form--heading { color: $text-primary; text-style: bold; }
    FieldsPane > .form--label { color: $text-muted; }
    FieldsPane > .form--current { color: $foreground; text-style: bold; }
    FieldsPane > .form--wrong { color: $text-error; text-style: bold; }
    FieldsPane > .form--value { background: $panel; color: $foreground; }
    FieldsPane > .form--empty { background: $panel; color: $text-muted; }
    FieldsPane > .form--marked { background: $panel-lighten-2; color: $foreground; text-style: bold; }
    FieldsPane:ansi > .form--marked { text-style: reverse; }
    """
    help_heading = "Fields of the form"
    BINDINGS = [
        Binding("down,tab", "move(1)", "Next field", show=False),
        Binding("up,shift+tab", "move(-1)", "Previous field", show=False),
        Binding("pagedown", "group(1)", "Next group", show=False, id="form.next_group"),
        Binding("pageup", "group(-1)", "Previous group", show=False, id="form.previous_group"),
        Binding("right", "step(1)", "Next value", show=False),
        Binding("left", "step(-1)", "Previous value", show=False),
        Binding("space", "change", "Change", show=False),
        Binding("enter", "change", "Choose", show=False),
        Binding("delete,backspace", "clear", "No value", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor left a field for another one."""

        left: str

    @dataclass
    class Edited(Message):
        """A field, by its wire name, holds another text now; the draft has it already."""

        name: str
        text: str

    class Wanted(Message):
        """The field under the cursor wants its list of values."""

    def __init__(
        self, draft: Draft, names: Mapping[str, str], placeholders: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(id="fields")
        self._placeholders = dict(placeholders or {})
        self.draft = draft
        self.rows = FormLayout.of(draft)
        self.problems: dict[str, str] = {}
        self._cursor = 0
        #: by field and key, what records are called
        self._names = {(name, draft.text(name)): title for name, title in names.items()}
        self._line = LineInput()
        self._text: Widget | None = None

    def compose(self) -> ComposeResult:
        yield self._line

    def on_mount(self) -> None:
        self.styles.height = len(self.rows.lines)
        self._line.display = False

    def on_resize(self) -> None:
        self._place_editor()

    # -- what it knows ----------------------------------------------------------------------

    @property
    def field(self) -> Field | None:
        return self.rows.fields[self._cursor] if self.rows.fields else None

    def learn(self, name: str, key: str, title: str) -> None:
        """What the record is called that a key of this field points to."""
        self._names[name, key] = title
        self.refresh()

    def unnamed(self) -> list[Field]:
        """Fields that point to records of which only the number is known."""
        return [
            item
            for item in self.rows.fields
            if is_reference(item)
            and self.draft.text(item.name)
            and (item.name, self.draft.text(item.name)) not in self._names
        ]

    def show_text(self, name: str, text: str) -> None:
        """Put another text into a field, as if it had been typed."""
        if self.draft.text(name) == text:
            return
        self.draft.set_text(name, text)
        self.show_draft()
        self.post_message(self.Edited(name, text))

    def show_draft(self) -> None:
        """The draft was changed elsewhere: show what it holds now."""
        self._fill_editor()
        self.refresh()

    # -- the cursor -------------------------------------------------------------------------

    def go(self, name: str) -> None:
        """Put cursor and focus on a field; nothing happens when it is not shown."""
        index = self.rows.index(name)
        if index is not None:
            self._go(index)

    def show_more(self) -> str:
        """Show the fields that were left out; gives the name of the first of them, "" when there were none."""
        current = self.field
        first = self.rows.show_more()
        if first:
            self._cursor = self.rows.index(current.name) or 0 if current is not None else 0
            self.styles.height = len(self.rows.lines)
            self.refresh(layout=True)
        return first

    def _go(self, index: int) -> None:
        left = self.field
        self._cursor = index
        self._fill_editor()
        self._place_editor()
        self._take_focus()
        self._scroll()
        self.refresh()
        self.post_message(self.Moved(left.name if left is not None else ""))

    def _take_focus(self) -> None:
        target = self._editor() or self
        if self.screen.focused is not target:
            target.focus(scroll_visible=False)

    def _scroll(self) -> None:
        """Bring the field into view, with its heading where that is the line above."""
        top = self.rows.top(self._cursor)
        first = top - 1 if top and isinstance(self.rows.lines[top - 1], str) else top
        tall = top + height(self.rows.fields[self._cursor]) - first
        parent = self.parent
        if isinstance(parent, Widget):
            region = Region(0, self.virtual_region.y + first, 1, tall)
            parent.scroll_to_region(region, animate=False, force=True, x_axis=False)

    def on_focus(self) -> None:
        """The focus came from elsewhere: it belongs to the editor where the field has one."""
        if (editor := self._editor()) is not None:
            editor.focus(scroll_visible=False)

    def action_move(self, step: int) -> None:
        at = self._cursor + step
        if 0 <= at < len(self.rows.fields):
            self._go(at)
            return
        others = [item for item in self.screen.focus_chain if item is not self and self not in item.ancestors]
        if others:  # widgets below the fields
            others[0 if step > 0 else -1].focus()
            self.post_message(self.Moved(self.rows.fields[self._cursor].name))
        else:
            self._go(0 if step > 0 else len(self.rows.fields) - 1)

    def action_group(self, step: int) -> None:
        self._go(self.rows.group_start(self._cursor, step))

    def on_click(self, event: events.Click) -> None:
        line = self.rows.lines[event.y] if 0 <= event.y < len(self.rows.lines) else ""
        if isinstance(line, str):
            return
        again = line[0] == self._cursor
        self._go(line[0])
        if again or (self.field is not None and self.field.type.editor == "tick"):
            self.action_change()

    # -- the editor --------------------------------------------------------------------------

    def _editor(self) -> Widget | None:
        """What edits the field under the cursor; None when its keys come here."""
        field = self.field
        if field is None or _is_chosen(field):
            return None
        if height(field) == 1:
            return self._line
        if self._text is None:
            from cotui.tui.forms.text_editor import TextEditor

            self._text = TextEditor()
            self.mount(self._text)
        return self._text

    def _fill_editor(self) -> None:
        field, editor = self.field, self._editor()
        for widget in (self._line, self._text):
            if widget is not None:
                widget.display = widget is editor
        if field is None or editor is None:
            return
        text = self.draft.text(field.name)
        if editor is self._line:
            self._line.placeholder = self._placeholders.get(field.name, "")
            if self._line.value != text or self._line.password != field.secret or not self._line.has_focus:
                self._line.open_text(text, secret=field.secret)
            else:
                self._line.cursor_position = len(text)
            return
        from cotui.tui.forms.text_editor import TextEditor

        assert isinstance(editor, TextEditor)
        if editor.text != text:
            editor.open_text(text)

    def _place_editor(self) -> None:
        editor = self._editor()
        if editor is None or not self.size.width:
            return
        left = self._value_left
        editor.styles.width = max(1, self.size.width - left - 1)
        editor.styles.offset = (left, self.rows.top(self._cursor))

    @property
    def _value_left(self) -> int:
        """The first cell of values, behind the blank that stands before each."""
        return self.rows.label_width + 4

    @on(Input.Changed)
    def _line_typed(self, event: Input.Changed) -> None:
        event.stop()
        self._typed(event.value)

    @on(TextArea.Changed)
    def _text_typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._typed(event.text_area.text)

    def _typed(self, text: str) -> None:
        field = self.field
        if field is not None and not _is_chosen(field) and self.draft.text(field.name) != text:
            self.draft.set_text(field.name, text)
            self.post_message(self.Edited(field.name, text))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.action_move(1)

    def on_text_editor_left(self, event: Message) -> None:
        """The arrows went out of a text of several lines."""
        from cotui.tui.forms.text_editor import TextEditor

        if isinstance(event, TextEditor.Left):
            event.stop()
            self.action_move(event.step)

    # -- fields that are chosen --------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that change a value are an editor's own while there is one."""
        del parameters
        return self.has_focus if action in ("step", "change", "clear") else True

    def action_step(self, step: int) -> None:
        field = self.field
        if field is None:
            return
        if field.type.editor == "choice":
            options = [choice.label for choice in field.choices]
            if field.name not in self.draft.required:
                options.insert(0, "")
            text = self.draft.text(field.name)
            at = options.index(text) if text in options else (-1 if step > 0 else 0)
            self.show_text(field.name, options[(at + step) % len(options)])
        elif field.type.editor == "tick":
            self.action_change()

    def action_change(self) -> None:
        field = self.field
        if field is None:
            return
        if field.type.editor == "tick":
            off = "no" if self.draft.original(field.name) is not None else ""
            self.show_text(field.name, off if self.draft.text(field.name) == "yes" else "yes")
        else:
            self.post_message(self.Wanted())

    def action_clear(self) -> None:
        field = self.field
        if field is not None and field.type.editor != "tick":
            self.show_text(field.name, "")

    # -- painting ----------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        blank = self.rich_style
        line = self.rows.lines[y] if y < len(self.rows.lines) else ""
        if isinstance(line, str):
            style = self.get_component_rich_style("form--heading") if line else blank
            return Strip([Segment(fit(clean(line), width), style)], width)
        index, part = line
        field = self.rows.fields[index]
        current = index == self._cursor and self.active
        wrong = field.name in self.problems
        mark = "✗" if wrong else "▸" if current else " "
        star = "*" if field.name in self.draft.required else ""
        label = f"{mark} {fit(label_of(field) + star, self.rows.label_width)} " if part == 0 else ""
        kind = "wrong" if wrong else "current" if current else "label"
        left = min(width, self._value_left - 1)
        segments = [Segment(fit(label, left), self.get_component_rich_style(f"form--{kind}"))]
        room = width - left
        if room > 0:
            marked = current and _is_chosen(field)
            text = self._line_of(field, part)
            hint = "" if text or part else self._placeholders.get(field.name, "")
            style = self.get_component_rich_style(
                f"form--{'marked' if marked else 'empty' if hint else 'value'}"
            )
            segments.append(Segment(fit(f" {text or hint}", room), style))
        return Strip(segments, width)

    @property
    def active(self) -> bool:
        """Whether the fields have the focus, and not something below them."""
        focused = self.screen.focused
        return focused is self or focused is self._line or (focused is not None and focused is self._text)

    def words(self, name: str) -> str:
        """What a field holds, in words: the name of a record with its number."""
        return self.named(name, self.draft.text(name))

    def named(self, name: str, text: str) -> str:
        """A text that a field may hold, in words: a key with the name of what it stands for, where that is known."""
        if title := self._names.get((name, text), ""):
            return f"{title} (no. {text})"
        return f"no. {text}" if text and is_reference(self.draft.fields[name]) else text

    def _line_of(self, field: Field, part: int) -> str:
        """One line of it, as it is shown."""
        text = self.draft.text(field.name)
        if field.secret:
            return "•" * len(text)
        if field.type.editor == "tick":
            return "[x]" if text == "yes" else "[ ]"
        if field.type.editor == "choice":
            return f"‹ {clean(text) or '–'} ›"
        if is_reference(field):
            return f"{clean(self.words(field.name)) or '–'} ▾"
        if field.named_by:
            return clean(self.words(field.name))
        lines = text.split("\n")
        return clean_multiline(lines[part]) if part < len(lines) else ""


def _is_chosen(field: Field) -> bool:
    return field.type.editor in ("tick", "choice") or is_reference(field)

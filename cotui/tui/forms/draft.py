"""What has been typed into a form so far, apart from how it is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from cotui.catalog import RESOURCES, Field


def to_text(field: Field, value: object) -> str:
    """A value of the API as the text of its field; what is not of the field's type is shown as it is, secrets as ""."""
    return "" if value is None or value == "" or field.secret else field.type.to_text(value, field)


def is_reference(field: Field) -> bool:
    """Whether a field points to a record that can be looked for."""
    return field.type.family == "key" and field.references in RESOURCES


def label_of(field: Field) -> str:
    """What a field is called in a form, where a key shows the name of its record instead of the number."""
    return field.label.removesuffix(" ID") if is_reference(field) or field.named_by else field.label


class FormProblem(ValueError):  # noqa: N818 - it is no error of the program's
    """Something in a form makes no sense yet: where (a field, or the id of a widget; "" for all of it) and why."""

    def __init__(self, where: str, words: str) -> None:
        super().__init__(words)
        self.where = where
        self.words = words


class Draft:
    """The fields of a form, what they held when it was opened and what stands in them now.

    Args:
        fields: those that can be written.
        values: what they hold, as the server sent it, or what a new record begins with.
        required: wire names of those that must not be empty.
        changed_only: what holds the same as before is not sent; else everything that holds something is.
        today: the account's date.
    """

    def __init__(
        self,
        fields: Iterable[Field],
        values: Mapping[str, object],
        *,
        required: Collection[str] = (),
        changed_only: bool,
        today: date,
    ) -> None:
        self.fields = {item.name: item for item in fields}
        self.required = frozenset(required)
        self._changed_only = changed_only
        #: what `today` means in every field, also when the form stays open over midnight
        self.today = today
        self._values: dict[str, object] = {name: values.get(name) for name in self.fields}
        self._starts = {name: to_text(item, self._values[name]) for name, item in self.fields.items()}
        self._texts = dict(self._starts)

    def text(self, name: str) -> str:
        return self._texts[name]

    def set_text(self, name: str, text: str) -> None:
        self._texts[name] = text

    def original(self, name: str) -> object:
        """What the server holds there, as far as the form knows."""
        return self._values[name]

    def typed(self, name: str) -> bool:
        """Whether other text stands there than at the start."""
        return self._texts[name] != self._starts[name]

    def disguised(self, name: str) -> bool:
        """Whether the server's value holds signs that the field can't show as they are."""
        value, field = self._values[name], self.fields[name]
        written_out = field.type.verbatim and not field.secret
        return isinstance(value, str) and written_out and value != self._starts[name]

    def value(self, name: str) -> object:
        """What the field means: the server's own value, to the letter, where nothing was typed.

        Raises:
            FormProblem: what was typed makes no sense, or is missing.
        """
        field = self.fields[name]
        empty = not self._texts[name].strip()
        if name in self.required and empty and (self.typed(name) or not self._changed_only):
            raise FormProblem(name, f"{label_of(field)} is needed")
        if not self.typed(name):
            return self._values[name]
        try:
            return field.type.to_value(self._texts[name], field, self.today)
        except ValueError as error:
            raise FormProblem(name, f"{label_of(field)} takes {error}") from error

    def changed(self, name: str) -> bool:
        """Whether the field means something else than what the server holds. Nonsense does."""
        if not self.typed(name):
            return False
        field = self.fields[name]
        try:
            return not field.type.same(self.value(name), self._values[name], field)
        except FormProblem:
            return True

    @property
    def edited(self) -> bool:
        """Whether anything was typed that would be lost."""
        return any(self.typed(name) for name in self.fields)

    def problems(self) -> list[FormProblem]:
        """What makes no sense, in the order of the fields."""
        found = []
        for name in self.fields:
            try:
                self.value(name)
            except FormProblem as problem:
                found.append(problem)
        return found

    def payload(self) -> dict[str, object]:
        """What is to be sent; raises the first of `problems`, if there are any."""
        for problem in self.problems():
            raise problem
        sent = {}
        for name, field in self.fields.items():
            if self._changed_only:
                wanted = self.changed(name)
            else:
                # what was given beforehand is sent too; null and nothing are not
                wanted = bool(self._texts[name].strip()) and (
                    self.changed(name) or not field.type.same(self._values[name], None, field)
                )
            if wanted:
                sent[name] = self.value(name)
        return sent

    def moved(self, fresh: Mapping[str, object]) -> list[str]:
        """Names of the fields in which the server holds something else by now."""
        return [
            name
            for name, field in self.fields.items()
            if not field.secret
            and field.readable
            and name in fresh
            and not field.type.same(fresh[name], self._values[name], field)
        ]

    def rebase(self, name: str, value: object, *, keep: bool) -> None:
        """The server holds this value now; what was typed stays if `keep`."""
        self._values[name] = value
        self._starts[name] = to_text(self.fields[name], value)
        if not keep:
            self._texts[name] = self._starts[name]

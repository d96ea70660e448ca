"""The parser of all commands: it prints through `cotui.cli.out`, and wants text."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any, NoReturn

from cotui.cli import out
from cotui.cli.exits import CommandError, Exit


class Parser(ArgumentParser):
    """`ArgumentParser` for a command of cotui. Options are never abbreviated."""

    def __init__(self, **more: Any) -> None:
        super().__init__(allow_abbrev=False, **more)
        self._words: Sequence[str] = ()

    def parse_known_args(  # type: ignore[override]  # typed with overloads there
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        """As argparse does it. Raises CommandError where something that is no file's name is not UTF-8."""
        self._words = args or ()
        found, rest = super().parse_known_args(args, namespace)
        for value in (*vars(found).values(), rest):
            _check(value if isinstance(value, list) else [value])
        return found, rest

    def print_help(self, file: Any = None) -> None:  # noqa: ARG002 - it always goes there
        out.data(self.format_help())

    def print_usage(self, file: Any = None) -> None:  # noqa: ARG002 - it always goes there
        """Tell the usage."""
        out.note(self.format_usage().rstrip("\n"))

    def error(self, message: str) -> NoReturn:
        """End the command, whose words are wrong. Raises CommandError where one of them is not UTF-8, which is why."""
        _check(self._words)
        super().error(message)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End the command, with a message for its user."""
        if message:
            out.note(message.rstrip("\n"))
        raise SystemExit(status)


def _check(words: Sequence[object]) -> None:
    for word in words:
        if isinstance(word, str) and not _is_text(word):
            raise CommandError(f"this is not UTF-8 text: {word}", Exit.USAGE)


def _is_text(word: str) -> bool:
    # a byte that is no text reaches Python as half of a character
    return not any("\ud800" <= character <= "\udfff" for character in word)

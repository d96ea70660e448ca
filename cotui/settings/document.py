"""A configuration file as read: its text, its values, and where each key stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cotui.safety.faults import FileFault
from cotui.safety.parsing import refuse_deep
from cotui.safety.reading import read_own
from cotui.settings.problems import ConfigError, Problem, plain
from cotui.settings.toml_lines import KeyPath, TomlLines, toml_lines

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
#: a line that begins with a key of very many parts
_DEEP_KEY = re.compile(
    r"""^[ \t]*\[{0,2}[ \t]*(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){50}""", re.MULTILINE
)
#: a line that gives a key a value on it
_PAIR = re.compile(r"[^=\"'#]*=([^#]*)")
#: a value that begins as no list, table or quoted text does, and holds a letter
_WORD = re.compile(r"[^\s\"'\[{].*?[A-Za-z]|[A-Za-z~]")


@dataclass(slots=True)
class Document:
    """One TOML file. A file that does not exist reads as an empty document."""

    path: Path
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    exists: bool = False
    _lines: TomlLines | None = None

    @property
    def lines(self) -> TomlLines:
        """Where the keys are; found out when first asked, since a correct file never needs it."""
        if self._lines is None:
            try:
                self._lines = toml_lines(self.text)
            except (ValueError, RecursionError):
                # tomllib read the file, so a place that cannot be found must not hide the mistake itself
                self._lines = TomlLines()
        return self._lines

    def problem(self, path: KeyPath, text: str, *, warning: bool = False) -> Problem:
        """A mistake at a key."""
        line = self.lines.find(path)
        return Problem(self.path, line, dotted(path), "warning" if warning else "error", text)


def dotted(path: Sequence[str | int]) -> str:
    """A key path as TOML writes it; list positions in brackets."""
    shown = ""
    for part in path:
        if isinstance(part, int):
            shown += f"[{part}]"
        else:
            escaped = plain(part).replace("\\", "\\\\").replace('"', '\\"')
            name = part if _BARE.fullmatch(part) else f'"{escaped}"'
            shown += f".{name}" if shown else name
    return shown


def read_document(path: Path) -> Document:
    """Read a TOML file. Raises ConfigError, with line and column, where it can't be read or is no TOML in UTF-8."""
    try:
        raw = read_own(path)
    except FileNotFoundError:
        return Document(path)
    except FileFault as fault:
        raise _refused(path, 0, fault.why) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(path, line, "is not UTF-8 text: save it in that encoding") from None
    return Document(path, text, _parse(path, text), exists=True)


def _parse(path: Path, text: str) -> Mapping[str, Any]:
    import tomllib

    deep = "not usable: values are nested too deeply"
    if _DEEP_KEY.search(text):  # the time that tomllib takes for one grows with the square of its length
        raise _refused(path, 0, deep)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        if found := _PLACE.search(message):
            line = int(found[1])
            words = f"not TOML: {message[: found.start()]} (column {found[2]})"
            raise _refused(path, line, words + unquoted(text, line, int(found[2]))) from None
        words = f"not TOML: {message.removesuffix(' (at end of document)')}, at the end of the file"
        raise _refused(path, text.rstrip().count("\n") + 1, words) from None
    except RecursionError:
        raise _refused(path, 0, deep) from None
    except ValueError as error:
        # Python's reader lets a few impossible dates and endless numbers through to int() and date()
        raise _refused(path, 0, f"not TOML: {plain(str(error))}") from None
    try:
        refuse_deep(values)
    except ValueError:
        raise _refused(path, 0, deep) from None
    return values


def unquoted(text: str, line: int, column: int) -> str:
    """What to say about a text without quotation marks, if that is the mistake; never quotes the text.

    Args:
        line: where the parser stopped, from 1.
        column: from 1; at a word, or behind its beginning where that is a number.
    """
    import tomllib

    shown = text.split("\n")[line - 1]
    pair = _PAIR.match(shown)
    value = pair[1].strip() if pair else ""
    if value.lower() in ("true", "false"):
        return "; write true and false in small letters" if value not in ("true", "false") else ""
    if value.lower() in ("yes", "no", "on", "off"):
        return "; a text needs quotation marks; yes and no are written true and false"
    if _WORD.match(value):
        try:
            tomllib.loads(f"x = {value}")
        except (ValueError, RecursionError):
            return "; a text needs quotation marks"
    # in a list: ["pass", show]
    return (
        "; a text needs quotation marks" if value[:1] == "[" and shown[column - 1 : column].isalpha() else ""
    )


def _refused(path: Path, line: int, text: str) -> ConfigError:
    return ConfigError([Problem(path, line, "", "error", text)])

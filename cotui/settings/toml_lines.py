"""On which line each key of a TOML document stands; `tomllib` reads values but forgets places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}#\r\n]*")
_LITERAL_3 = re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL)
_BASIC_3 = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}(?!")', re.DOTALL)
_LITERAL = re.compile(r"'[^'\n]*'")
_BASIC = re.compile(r'"(?:\\.|[^"\\\n])*"')


@dataclass(slots=True)
class TomlLines:
    """Places in a document: key paths (list positions are integers) to lines counted from 1."""

    lines: dict[KeyPath, int] = field(default_factory=dict)
    #: (line, path) of every `[table]` and `[[table]]` header, in order
    headers: list[tuple[int, KeyPath]] = field(default_factory=list)

    def find(self, path: KeyPath) -> int:
        """The line of the path, or of the nearest table around it; 1 for the document."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


def toml_lines(text: str) -> TomlLines:
    """Find the keys of a document that `tomllib` accepts. Raises ValueError where the document is not TOML after all."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = TomlLines()
        self._counted_to = 0
        self._line = 1
        self._sizes: dict[KeyPath, int] = {}

    def scan(self) -> TomlLines:
        table: KeyPath = ()
        while True:
            self._skip(_BLANK)
            if self.at >= len(self.text):
                return self.found
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> KeyPath:
        line = self._line_here()
        repeated = self.text.startswith("[[", self.at)
        self.at += 2 if repeated else 1
        path = self._resolve(self._key())
        if repeated:
            size = self._sizes.get(path, 0)
            self._sizes[path] = size + 1
            self._note(path, line)
            path = (*path, size)
        self.at += 2 if repeated else 1
        for end in range(1, len(path) + 1):
            self._note(path[:end], line)
        self.found.headers.append((line, path))
        return path

    def _resolve(self, key: KeyPath) -> KeyPath:
        """A header below an array of tables speaks of the array's last table."""
        path: KeyPath = ()
        for part in key[:-1]:
            path = (*path, part)
            if path in self._sizes:
                path = (*path, self._sizes[path] - 1)
        return (*path, key[-1])

    def _pair(self, table: KeyPath) -> None:
        line = self._line_here()
        key = self._key()
        for end in range(1, len(key) + 1):
            self._note((*table, *key[:end]), line)
        if not self.text.startswith("=", self.at):
            raise ValueError(f"line {line}: expected =")
        self.at += 1
        self._value((*table, *key))

    def _key(self) -> KeyPath:
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            parts.append(self._key_part())
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += 1

    def _key_part(self) -> str:
        start = self.at
        if self.text.startswith('"', start):
            import tomllib

            self._skip(_BASIC)
            # the one reader of TOML's escapes is tomllib itself
            return next(iter(tomllib.loads(self.text[start : self.at] + "=0")))
        if self.text.startswith("'", start):
            self._skip(_LITERAL)
            return self.text[start + 1 : self.at - 1]
        self._skip(_BARE)
        return self.text[start : self.at]

    def _value(self, path: KeyPath) -> None:
        self._skip(_SPACE)
        match self.text[self.at : self.at + 1]:
            case "[":
                self._items(path)
            case "{":
                self._inline(path)
            case '"':
                self._skip(_BASIC_3 if self.text.startswith('"""', self.at) else _BASIC)
            case "'":
                self._skip(_LITERAL_3 if self.text.startswith("'''", self.at) else _LITERAL)
            case _:
                self._skip(_SCALAR)

    def _items(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while not self._closed("]"):
            self._note((*path, index), self._line_here())
            self._value((*path, index))
            index += 1

    def _inline(self, path: KeyPath) -> None:
        self.at += 1
        while not self._closed("}"):
            self._pair(path)

    def _closed(self, bracket: str) -> bool:
        """Step over blanks and a comma; True, and past it, at the closing bracket."""
        self._skip(_BLANK)
        if self.text.startswith(",", self.at):
            self.at += 1
            self._skip(_BLANK)
        if self.at >= len(self.text):
            raise ValueError(f"line {self._line_here()}: expected {bracket}")
        if self.text[self.at] == bracket:
            self.at += 1
            return True
        return False

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        if found is None or (found.end() == self.at and pattern not in (_SPACE, _BLANK)):
            raise ValueError(f"line {self._line_here()}: not TOML")
        self.at = found.end()

    def _line_here(self) -> int:
        self._line += self.text.count("\n", self._counted_to, self.at)
        self._counted_to = self.at
        return self._line

    def _note(self, path: KeyPath, line: int) -> None:
        self.found.lines.setdefault(path, line)

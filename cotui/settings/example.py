"""A commented `config.toml` with every key, made from the definitions."""

from __future__ import annotations

from cotui.settings.definitions import TABLES, Key, Kind, Table

_WIDTH = 96


def example_config() -> str:
    """A configuration in which every key is explained and, save for the headers, commented out."""
    return "\n".join(line for table in TABLES for line in _table(table))


def _table(table: Table) -> list[str]:
    lines = [*_comment(table.meaning)]
    if table.name:
        lines.append(f"#[{table.name}.NAME]" if table.named else f"#[{table.name}]")
    lines.append("")
    for key in (*table.keys, *((table.any_key,) if table.any_key else ())):
        lines += _comment(f"{key.meaning} {_expectation(key)}")
        lines += [f"#{key.name} = {_shown(key)}", ""]
    return lines


def _comment(text: str) -> list[str]:
    import textwrap

    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH)]


def _expectation(key: Key) -> str:
    words = key.expected[0].upper() + key.expected[1:] + "."
    return words + (" Required." if key.required else "")


def _shown(key: Key) -> str:
    """The default, else an example, as TOML writes it; for these types it writes them as JSON does."""
    import json

    if key.default is not None:
        return json.dumps(key.default)
    if key.kind is Kind.COMMAND:
        return key.example
    return json.dumps(key.example, ensure_ascii=False)

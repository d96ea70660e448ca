"""Which field of a form a server's refusal is about. ChargeOver says it in a sentence, if at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cotui.catalog.field import Field
from cotui.tui.forms.draft import label_of

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTED = re.compile(r'"([^"]+)"')
#: other forms of a key, which a message may name in its place (section 4.2 of the API notes)
_FORMS = ("_external_key", "_token")


def field_named(message: str, fields: Iterable[Field], sent: Mapping[str, object]) -> str:
    """The wire name of the field that a message speaks of; "" when it names none, or leaves a doubt.

    Looked for in this order: a wire name (``A customer already exists with the external_key value "a1"``),
    the end of one (``username`` for `superuser_username`), a value that was sent, a label.

    Args:
        sent: what was sent, by wire name.
    """
    known = list(fields)
    words = set(_WORD.findall(message))
    for test in (_is_named, _is_named_in_part):
        found = [item.name for item in known if test(item, words)]
        if found:
            return _most_likely(found, sent)
    quoted = set(_QUOTED.findall(message))
    found = [
        item.name for item in known if isinstance(sent.get(item.name), str) and sent[item.name] in quoted
    ]
    if len(found) == 1:
        return found[0]
    said = message.casefold()
    labelled = [item for item in known if re.search(rf"\b{re.escape(label_of(item).casefold())}\b", said)]
    if labelled:
        longest = max(len(label_of(item)) for item in labelled)
        found = [item.name for item in labelled if len(label_of(item)) == longest and item.name in sent]
        return found[0] if len(found) == 1 else ""
    return ""


def _is_named(field: Field, words: set[str]) -> bool:
    base = field.name.removesuffix("_id")
    return field.name in words or (base != field.name and any(base + form in words for form in _FORMS))


def _is_named_in_part(field: Field, words: set[str]) -> bool:
    _, found, rest = field.name.partition("_")
    return bool(found) and rest in words


def _most_likely(names: list[str], sent: Mapping[str, object]) -> str:
    was_sent = [name for name in names if name in sent]
    if len(was_sent) == 1:
        return was_sent[0]
    return names[0] if len(names) == 1 else ""

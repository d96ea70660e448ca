"""Names of keys in `[keys]`: which there are, and which was meant by one that there is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from textual.keys import Keys, _character_to_key

_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
#: what other programs and keyboards call them
_OTHER_WORDS = {
    "strg": "ctrl", "control": "ctrl", "ctl": "ctrl", "option": "alt", "opt": "alt", "umschalt": "shift",
    "cmd": "super", "command": "super", "win": "super", "esc": "escape", "return": "enter", "del": "delete",
    "entf": "delete", "ins": "insert", "einfg": "insert", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown",
    "page_up": "pageup", "page_down": "pagedown", "pos1": "home", "blank": "space",
}  # fmt: skip
#: signs up to here are on keyboards: those of most scripts, and of money
_MOST_SIGNS = 0x3000
_NAMED = frozenset(key.value.rpartition("+")[2] for key in Keys if not key.value.startswith("<"))


def wrong_keys(keymap: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the keys of a keymap (action -> keys), each with its action; "" gives an action none."""
    for action, keys in keymap.items():
        for name in keys.split(",") if keys else ():
            if fault := wrong_key(name.strip()):
                yield f"{action}: {fault}"


def wrong_key(name: str) -> str:
    """What is wrong with the name of a key, with the one that was meant; "" where there is such a key."""
    if _is_key(name):
        return ""
    meant = _meant(name)
    return f'there is no key "{name}"' + (f'; did you mean "{meant}"?' if meant else "")


def _is_key(name: str) -> bool:
    *modifiers, key = name.split("+") if name != "+" else ["+"]
    if any(modifier not in _MODIFIERS for modifier in modifiers) or not key:
        return False
    if len(key) == 1:  # a letter with shift is another letter, and with ctrl always a small one
        return not modifiers or not key.isalpha() or (modifiers != ["shift"] and key.islower())
    return key in _NAMED or key in _characters()


@cache
def _characters() -> frozenset[str]:
    """What Textual calls the keys of signs, such as "less_than_sign"."""
    return frozenset(_character_to_key(chr(code)) for code in range(ord("!"), _MOST_SIGNS))


def _meant(name: str) -> str:
    """The key whose name is near; "" where none is."""
    import difflib  # most names are right

    *modifiers, key = (_OTHER_WORDS.get(word, word) for word in name.casefold().replace("-", "+").split("+"))
    if modifiers == ["shift"] and len(key) == 1:
        return key.upper()
    near = [next(iter(difflib.get_close_matches(word, _MODIFIERS, 1)), "") for word in modifiers]
    if not _is_key(key):
        key = next(iter(difflib.get_close_matches(key, sorted(_NAMED), 1)), "")
    found = "+".join([*near, key])
    return found if _is_key(found) else ""

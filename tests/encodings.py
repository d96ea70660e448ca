"""Encodings of every kind, and texts that some of them lack."""

from __future__ import annotations

from hypothesis import strategies as st

#: with every character, with some, with none but ASCII's, with others in ASCII's places
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-7", "ascii", "latin-1", "cp1252", "cp437", "cp037",
    "koi8-r", "shift_jis", "cp932", "gb18030", "big5", "iso2022_jp",
)  # fmt: skip


#: also with bytes that are no text, and with halves of characters
TEXTS = st.text() | st.sampled_from(["\udcff", "a\ud800b", "¥‾\\~", "+-&"])

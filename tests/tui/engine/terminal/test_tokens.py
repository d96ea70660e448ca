"""What the terminal sends is taken apart the same way wherever it is torn, and nothing but keys is ever a key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cotui.safety.text import as_pasted
from cotui.tui.engine.terminal import tokens
from cotui.tui.engine.terminal.tokens import InputKind, Token, Tokenizer, Wait
from tests.tui.terminal.sent import ANSWERS, KEYS

BEGIN, END = b"\x1b[200~", b"\x1b[201~"
#: pieces from which something dangerous is likely to be put together
_PIECES = st.one_of(
    st.sampled_from([*ANSWERS.values(), *(data for data, _ in KEYS.values()), BEGIN, END]),
    st.sampled_from([b"\x1b", b"\x1b[", b"\x1bO", b"\x1bP", b"\x1b]", b"\x9b", b"\x9c", b"\x07", b"\x18", b"[", b"$", b"M"]),
    st.binary(max_size=8),
    st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass")),
)  # fmt: skip
STREAMS = st.lists(_PIECES, max_size=12).map(b"".join)
CUTS = st.lists(st.integers(0, 400), max_size=20)


def torn(data: bytes, cuts: Iterable[int]) -> list[bytes]:
    """The same bytes in several packets."""
    places = [0, *sorted({cut for cut in cuts if cut < len(data)}), len(data)]
    return [data[first:last] for first, last in pairwise(places)]


def read(*packets: bytes, over: bool = True) -> list[Token]:
    """What becomes of some packets; characters that were typed one by one."""
    tokenizer = Tokenizer()
    found = [token for packet in packets for token in tokenizer.feed(packet)]
    if over:
        found += tokenizer.expire()
        assert tokenizer.waiting is None
    return [
        Token(token.kind, text, token.left_out)
        for token in found
        for text in (token.text if token.kind is InputKind.TEXT else [token.text])
    ]


def texts(found: Sequence[Token]) -> str:
    """What was typed, when nothing else came."""
    assert all(token.kind is InputKind.TEXT for token in found), found
    return "".join(token.text for token in found)


@given(STREAMS, CUTS)
@example(b"\xe2\x9bA\xc2", [1, 2, 3])
@example(BEGIN + b"\x1b[20" + END, [3, 8, 9, 11, 12])
def test_where_it_is_torn_makes_no_difference(data: bytes, cuts: list[int]) -> None:
    whole = read(data)
    assert read(*torn(data, cuts)) == whole
    assert read(*(bytes([byte]) for byte in data)) == whole


@given(st.binary(max_size=200) | STREAMS, CUTS)
def test_after_any_bytes_at_all_keys_are_keys_again(data: bytes, cuts: list[int]) -> None:
    tokenizer = Tokenizer()
    for packet in torn(data, cuts):
        tokenizer.feed(packet)
    tokenizer.expire()
    found = [token for packet in (b"j", b"\x1b[B", b"q") for token in tokenizer.feed(packet)]
    # a byte that began a character may have been the last one
    assert [token for token in found if token.text != "\ufffd"] == [
        Token(InputKind.TEXT, "j"), Token(InputKind.KEY, "\x1b[B"), Token(InputKind.TEXT, "q")
    ]  # fmt: skip


@given(st.binary(max_size=300).filter(lambda data: END not in data + END[:-1]), CUTS)
@example(b"hello \x1b q", [])
@example(b"\x1b3jj\r", [])
@example(BEGIN + b"x\x9b201~y\xc2\x9b201~\x1b[0n\x1b]0;q\x07\x1bP", [])
@example(b"\x1b[20", [8])
def test_a_paste_is_one_text(data: bytes, cuts: list[int]) -> None:
    found = read(*torn(b"a" + BEGIN + data + END + b"b", cuts), over=False)
    assert [token.kind for token in found] == [InputKind.TEXT, InputKind.PASTE, InputKind.TEXT]
    text = found[1].text
    assert text == as_pasted(data.decode("utf-8", "surrogateescape"))
    assert not any(sign < " " and sign not in "\t\n" for sign in text)
    assert not any("\x7f" <= sign < "\xa0" for sign in text)
    text.encode()


def _joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return st.tuples(*parts).map(lambda pieces: "".join(pieces).encode())


_CSI = st.sampled_from(["\x1b[", "\x9b"])
_ANYTHING = st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cc", "Cs"]), max_size=40)
#: sequences as the grammar has them, of which none is a key's
_GARBAGE = st.one_of(
    st.sampled_from([*ANSWERS.values()]),
    # with an intermediate ($ alone makes a key of rxvt's), or with a mark of private ones
    _joined(_CSI, st.text("0123456789;:", max_size=12),
            st.text(" !#%&'()*+,-./", min_size=1, max_size=3), st.sampled_from("@ABMRpqu~")),
    _joined(_CSI, st.sampled_from("?>="), st.text("0123456789;:", max_size=12), st.sampled_from("@ABMRcnpqu~")),
    _joined(st.sampled_from(["\x1bP", "\x1b]", "\x1bX", "\x1b^", "\x1b_", "\x90", "\x9d"]),
            _ANYTHING, st.sampled_from(["\x1b\\", "\x9c"])),
)  # fmt: skip


@given(st.lists(_GARBAGE, max_size=8), st.text("jq3A\r", min_size=1, max_size=9), CUTS)
def test_between_keys_nothing_becomes_a_key(garbage: list[bytes], typed: str, cuts: list[int]) -> None:
    pieces = [*garbage, *[b""] * len(typed)]
    data = b"".join(piece + key.encode() for piece, key in zip(pieces, typed, strict=False))
    data += b"".join(pieces[len(typed) :])
    found = [token for token in read(*torn(data, cuts)) if token.kind is not InputKind.ANSWER]
    assert texts(found) == typed


@pytest.mark.parametrize("data", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_no_key(data: bytes) -> None:
    found = read(b"j", data, b"k")
    assert [token for token in found if token.kind is not InputKind.ANSWER] == [*read(b"j"), *read(b"k")]
    # nor is one whose end never comes, when the wait for it is over
    for size in range(2, len(data) if len(data) < 100 else 2):
        tokenizer = Tokenizer()
        tokenizer.feed(data[:size])
        if tokenizer.waiting in (Wait.SEQUENCE, Wait.STRING):
            tokenizer.expire()
            assert tokenizer.feed(b"k") == read(b"k")


@pytest.mark.parametrize("mark", ["[", "O", "]", "P", "X", "^", "_"])
def test_what_has_begun_is_ended_by_the_next_sequence(mark: str) -> None:
    assert read(f"\x1b{mark}12".encode(), b"\x1b[B", b"j")[-2:] == [
        Token(InputKind.KEY, "\x1b[B"),
        *read(b"j"),
    ]


@pytest.mark.parametrize(
    "data", [b"\x1b[B", b"\x1b[1;5A", b"\x1bOP", b"\x1b", b"\x1b[200~x\x1b[201~", b"\x1bx", b"\x1b\x1b[A"]
)
def test_an_answer_in_the_middle_of_a_torn_key_does_not_break_it(data: bytes) -> None:
    for cut in range(1, len(data)):
        found = read(data[:cut], b"\x1b[0n", data[cut:])
        if Token(InputKind.ANSWER, "\x1b[0n") in found:  # else it was pasted
            found.remove(Token(InputKind.ANSWER, "\x1b[0n"))
            assert found == read(data)


def test_esc_before_other_sequences_is_esc() -> None:
    for data in (
        b"\x1b[B",
        b"\x1b",
        b"\x1bOP",
        b"\x1b[1;",
        b"\x1b]0;\x07",
        b"\x1bx",
        b"\x1b[[A",
        b"\x1b[M q!",
    ):
        assert read(b"\x1b" + data) == [Token(InputKind.ESC, "\x1b"), *read(data)], data


def test_what_is_waited_for() -> None:
    for data, wait in {
        b"a": None, b"\x1b": Wait.ESC, b"\x1b[": Wait.SEQUENCE, b"\x1b[1;": Wait.SEQUENCE, b"\x1bO": Wait.SEQUENCE,
        b"\x1b]11;": Wait.STRING, b"\x1bP\x1b": Wait.SEQUENCE, b"\x1b[M": Wait.SEQUENCE, BEGIN + b"x": Wait.PASTE,
        b"\x1b[200": Wait.SEQUENCE, b"\x9b": Wait.SEQUENCE, b"\x1b[[": Wait.SEQUENCE,
    }.items():  # fmt: skip
        tokenizer = Tokenizer()
        tokenizer.feed(data)
        assert tokenizer.waiting is wait, data


def test_alt_with_a_letter_that_could_begin_a_sequence() -> None:
    assert [read(b"\x1b" + letter) for letter in (b"O", b"P", b"X")] == [
        [Token(InputKind.ALT, letter)] for letter in "OPX"
    ]
    assert [read(b"\x1b" + sign) for sign in (b"[", b"]", b"^", b"_")] == [[]] * 4


def test_an_unfinished_paste_is_told_and_its_rest_is_no_keys() -> None:
    tokenizer = Tokenizer()
    assert tokenizer.feed(BEGIN + b"one two \x1b[20") == []
    assert tokenizer.expire() == [Token(InputKind.PASTE, "one two ␛[20")]
    # its end comes late after all
    assert tokenizer.feed(b"three\rq" + END + b"j") == [Token(InputKind.PASTE, "three\nq"), *read(b"j")]
    # from here on there is nothing to be late
    assert texts(tokenizer.feed(b"q" * 100)) == "q" * 100


def test_much_at_once_behind_an_unfinished_paste_is_its_rest() -> None:
    tokenizer = Tokenizer()
    tokenizer.feed(BEGIN + b"one ")
    tokenizer.expire()
    assert tokenizer.feed(b"q" * 1000) == []
    assert tokenizer.feed(b"\x1b[20") == []
    assert tokenizer.feed(b"1~") == [Token(InputKind.PASTE, "q" * 1000)]


def test_keys_behind_a_paste_that_never_ends_are_keys() -> None:
    tokenizer = Tokenizer()
    tokenizer.feed(BEGIN + b"one")
    tokenizer.expire()
    assert tokenizer.feed(b"j") + tokenizer.feed(b"\x1b[B") == [*read(b"j"), Token(InputKind.KEY, "\x1b[B")]
    assert tokenizer.feed(BEGIN + b"two" + END) == [Token(InputKind.PASTE, "two")]


def test_a_paste_without_end_keeps_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "LONGEST_PASTE", 1000)
    tokenizer = Tokenizer()
    tokenizer.feed(BEGIN)
    for _ in range(100):
        tokenizer.feed(b"x" * 99)
    assert sum(map(len, tokenizer._paste)) == 1000
    assert tokenizer.feed(END) == [Token(InputKind.PASTE, "x" * 1000, 8900)]
    assert tokenizer.feed(BEGIN + b"y" + END) == [Token(InputKind.PASTE, "y")]


def test_megabytes_are_read_in_the_time_of_megabytes() -> None:
    tokenizer = Tokenizer()
    data = BEGIN + "żółw 🐢\r".encode() * 200_000 + END
    found = [token for at in range(0, len(data), 1021) for token in tokenizer.feed(data[at : at + 1021])]
    assert [token.kind for token in found] == [InputKind.PASTE]
    assert found[0].text == "żółw 🐢\n" * 200_000


def test_how_lines_end_in_a_paste() -> None:
    assert as_pasted("a\rb\r\nc\nd\n\re\0\x1b\x9b\x7f") == "a\nb\nc\nd\n\ne␛␦␡"

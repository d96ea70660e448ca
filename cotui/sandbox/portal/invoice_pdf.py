"""An invoice as a PDF file of one page or several: plain text in the file format's own typefaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cotui.safety.text import clean

#: points: A4
_WIDTH, _HEIGHT = 595, 842
_LEADING = 15
_TOP, _LEFT = 790, 56
_LINES_PER_PAGE = 48
_MOST_CHARACTERS = 84


def invoice_pdf(
    invoice: Mapping[str, Any],
    brand: str,
    lines: Sequence[tuple[str, str, str]],
    amount: Callable[[int], str],
) -> bytes:
    """The file.

    Args:
        invoice: a row of the table.
        lines: description, quantity and amount of every line, as they are printed.
        amount: prints minor units of its currency.
    """
    text = [brand, "", f"Invoice #{invoice['refnumber']}", f"Date: {invoice['date']}"]
    text += [f"Due: {invoice['due_date']}", ""]
    for name, quantity, total in lines:
        first, *more = str(name).splitlines() or [""]
        text.append(_row(f"{quantity} x {first}", total))
        text += [f"    {line}" for line in more]
    text.append("")
    for name in ("subtotal", "taxes", "total", "balance"):
        text.append(_row(name.capitalize(), amount(invoice[name])))
    if invoice["void_datetime"] is not None:
        text += ["", "VOID"]
    if invoice["memo"]:
        text += ["", *str(invoice["memo"]).splitlines()]
    return _file(text)


def _row(left: str, right: str) -> str:
    room = _MOST_CHARACTERS - len(right) - 1
    return f"{left[:room]:<{room}} {right}"


def _file(text: Sequence[str]) -> bytes:
    pages = [text[start : start + _LINES_PER_PAGE] for start in range(0, len(text), _LINES_PER_PAGE)]
    numbers = [4 + 2 * index for index in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in zip(numbers, pages, strict=True):
        stream = _stream(content)
        objects.append(
            f"<< /Type /PortalPage /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents {number + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    file = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(file)


def _stream(lines: Sequence[str]) -> bytes:
    shown = b"".join(b"(%b) Tj T*\n" % _string(line) for line in lines)
    return b"BT /F1 9 Tf %d TL %d %d Td\n%bET" % (_LEADING, _LEFT, _TOP, shown)


def _string(line: str) -> bytes:
    printable = clean(line[:_MOST_CHARACTERS])
    raw = printable.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")

"""HTML built from Python, so that nothing that comes from data can become markup.

Every text is escaped unless it was made here. That is all the pages of the sandbox need; a template
language would be loaded for it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from starlette.responses import HTMLResponse

#: Elements without content.
_EMPTY = frozenset({"input", "br", "meta", "hr"})
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "nav a{margin-right:1rem}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc;vertical-align:top}"
    "td.amount,th.amount{text-align:right}label{display:block;margin:.6rem 0}pre{white-space:pre-wrap}"
    ".note{background:#f4f4f4;border-left:4px solid #888;padding:.5rem 1rem}"
)
_HEADERS = {
    # neither scripts nor anything from elsewhere; links with secrets stay here. With `no-referrer` browsers would
    # call the origin of these pages' own forms unknown
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Html(str):
    """A text that is markup already. Only this module makes it."""

    __slots__ = ()


Node = Html | str | int | None | Iterable["Node"]


def tag(element: str, /, *children: Node, **attributes: str | bool | None) -> Html:
    """An element.

    Args:
        children: texts are escaped; None is left out.
        attributes: values are escaped; None and False leave the attribute out, True gives no value. A
            trailing underscore, as in `class_`, is dropped.
    """
    written = "".join(
        f" {key.rstrip('_')}" + ("" if value is True else f'="{html.escape(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if element in _EMPTY:
        return Html(f"<{element}{written}>")
    return Html(f"<{element}{written}>{joined(children)}</{element}>")


def joined(node: Node) -> Html:
    """Nodes one after the other; texts are escaped."""
    if node is None:
        return Html()
    if isinstance(node, Html):
        return node
    if isinstance(node, str | int):
        return Html(html.escape(str(node)))
    return Html("".join(joined(child) for child in node))


def table(headings: Iterable[str], rows: Iterable[Iterable[Node]], amounts: Iterable[str] = ()) -> Html:
    """A table; a sentence instead when there are no rows. `amounts` names the columns that hold some."""
    names, right = list(headings), set(amounts)
    lines = [
        tag(
            "tr",
            [
                tag("td", cell, class_="amount" if name in right else None)
                for name, cell in zip(names, row, strict=True)
            ],
        )
        for row in rows
    ]
    if not lines:
        return tag("p", "There is nothing here yet.")
    heads = [tag("th", name, class_="amount" if name in right else None) for name in names]
    return tag("table", tag("thead", tag("tr", heads)), tag("tbody", lines))


def field(label: str, name: str, kind: str = "text", **attributes: str | bool | None) -> Html:
    """A labelled entry field of a form."""
    return tag("label", label, " ", tag("input", name=name, type=kind, **attributes))


def form(action: str, *children: Node, button: str) -> Html:
    """A form that is sent with POST."""
    return tag("form", *children, tag("button", button), method="post", action=action)


def page(title: str, *children: Node, status: int = 200) -> HTMLResponse:
    """A whole page as an answer."""
    head = [tag("meta", charset="utf-8"), tag("title", title), tag("style", Html(_STYLE))]
    # quirks mode begins where the document type is missing
    text = "<!DOCTYPE html>" + tag(
        "html", tag("head", head), tag("body", tag("h1", title), *children), lang="en"
    )
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status, headers=_HEADERS)

"""Why a form can't be sent yet."""

from __future__ import annotations


class FormProblem(ValueError):  # noqa: N818 - it is no error of the program's
    """Something in a form makes no sense yet.

    Attributes:
        where: wire name of the field, or id of the widget, that gets the focus; "" for the form as a whole.
        words: what is wrong, for people.
    """

    def __init__(self, where: str, words: str) -> None:
        super().__init__(words)
        self.where = where
        self.words = words

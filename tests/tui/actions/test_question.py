"""The form for the fields of an action: what is left empty is not sent, and nothing secret is asked for."""

from __future__ import annotations

from typing import Any

from cotui.api import Outcome, Record, Write
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.tui.actions.question import ask_and_send
from cotui.tui.base.action_target import ActionTarget
from cotui.tui.forms.form import FormScreen

EMAIL = INVOICE.action("email")
TARGET = ActionTarget(INVOICE, Record({"invoice_id": 9, "refnumber": "R [/]\x1b[2J"}, "invoice_id"))


class Asked:
    """A screen that keeps the form it was to show."""

    form: FormScreen

    async def ask(self, form: FormScreen) -> Outcome | None:
        self.form = form
        return None


async def form_of(action: Any, target: ActionTarget, **more: Any) -> FormScreen:
    screen: Any = Asked()
    assert await ask_and_send(screen, action, target, **more) is None
    return screen.form  # type: ignore[no-any-return]


def made(form: FormScreen, payload: dict[str, object]) -> Write:
    return form._make(payload)


async def test_it_is_titled_by_the_action_and_its_target() -> None:
    form = await form_of(EMAIL, TARGET)
    assert form._title == f"{EMAIL.label} · R [/]␛[2J, invoice 9"
    assert (await form_of(EMAIL, TARGET, title="Send", notes=["x"])).notes == ("x",)


async def test_nothing_typed_is_a_request_without_a_body() -> None:
    form = await form_of(EMAIL, TARGET)
    assert made(form, {}).payload is None
    write = made(form, {"email": "a@b"})
    assert (write.payload, write.ref, write.target) == ({"email": "a@b"}, 9, TARGET.words)


async def test_emails_are_those_of_the_catalogue_or_of_the_payload() -> None:
    plain = made(await form_of(EMAIL, TARGET), {})
    assert len(plain.emails) == bool(EMAIL.email)
    form = await form_of(EMAIL, TARGET, emails=lambda payload: tuple(map(str, payload.values())))
    assert made(form, {"email": "a@b"}).emails == ("a@b",)


async def test_no_secret_is_asked_for() -> None:
    user = ActionTarget(USER, Record({"user_id": 1}, "user_id"))
    form = await form_of(USER.action("setPassword"), user)
    assert [field.name for field in form._fields if field.secret] == []

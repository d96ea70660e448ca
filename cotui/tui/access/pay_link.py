"""Instead of typing a card number: the page on which the customer types it, and the invoice as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.api import Outcome
from cotui.catalog import RESOURCES
from cotui.tui.actions.link_dialog import LinkDialog

if TYPE_CHECKING:
    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen

#: action -> what is not typed here, and the page of the portal on which the customer stores it
_KINDS = {
    "payByCard": ("Card numbers", "paymethods-creditcard", "login link for saving a card"),
    "payByBankAccount": ("Bank account numbers", "paymethods-ach", "login link for saving a bank account"),
}


async def pay_link(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Offer the invoice's own pay page; or a login link, with which the customer stores the pay method.

    Nothing is sent, unless the login link is made.
    """
    from cotui.tui.access.login_link import link_to
    from cotui.tui.actions.dispatch import action_named, read_record

    what, destination, other = _KINDS[action.name]
    customer = target.customer
    leads = RESOURCES["customer"].relation("contact")
    contact = leads.source(customer.raw) if customer is not None and leads is not None else None
    lines = [
        f"{what} are never typed into cotui: they would pass through this terminal, where others may see or "
        "keep them. ChargeOver's own page takes them safely.",
        f"Give this page to the customer, or open it yourself: {_due(target)}.",
    ]
    chosen = await screen.cotui.ask(
        LinkDialog(
            f"{action.label} · {target.words}",
            target.record.raw.get("url_paylink"),
            lines=lines,
            secret=False,
            other=other if contact is not None else "",
        )
    )
    if chosen != "other" or contact is None:
        return None
    user = await read_record(screen, RESOURCES["user"], contact)
    if user is None:
        return None
    return await link_to(screen, action_named(user.resource, "getLoginURL"), user, destination)


async def pdf_link(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Show where the invoice is as a PDF. Nothing is sent: the action's own answer is not documented."""
    del action
    await screen.cotui.ask(
        LinkDialog(
            f"PDF · {target.words}",
            target.record.raw.get("url_pdflink"),
            lines=["Whoever has this link can read the invoice."],
            secret=False,
        )
    )
    return None


def _due(target: ActionTarget) -> str:
    from cotui.tui.base.format import full

    row = target.record.raw
    if row.get("is_void") or not row.get("balance"):
        return "nothing is open on this invoice any more"
    return f"{' '.join(full(target.record, target.resource.field('balance')))} is open"

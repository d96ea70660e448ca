"""What is said about a write that was not carried out: what happened, what it means, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cotui.api import BadRequest, NotFound, Result

if TYPE_CHECKING:
    from cotui.api import Outcome

_HEADS: Final = {
    Result.UNKNOWN: "It is not known whether this was done.",
    Result.REFUSED: "Refused: nothing was changed.",
    Result.NOT_SENT: "Not done: it never reached the account.",
}
#: the rule behind a refusal, for those whom the server's words tell too little (API notes, sections 9 to 11)
_RULES: Final = {
    ("user", "delete"): "A customer's main contact can't be deleted: make another contact the main one first "
    "(on the customer: a, Set main contact). A user who is all a customer has can't be deleted either.",
    ("customer", "delete"): "A customer with invoices, payments or subscriptions can't be deleted. "
    "“Set inactive” takes it out of the way instead.",
    ("invoice", "delete"): "An invoice with payments or credits applied can't be deleted. "
    "“Void” takes it out of force instead.",
    ("invoice", "void"): "An invoice with payments applied can't be voided before they are taken off it, "
    "and one that is void stays so.",
    (
        "invoice",
        "pay",
    ): "Nothing was taken: look at the customer's stored pay methods and the invoice's balance.",
    ("invoice", "payFromBalance"): "The customer has no unapplied payments or credits to take it from, "
    "or nothing is open on the invoice.",
}


def not_done(outcome: Outcome, unknown: str) -> str:
    """Why a write was not carried out, in one line, for the form that it came from; not cleaned.

    Args:
        outcome: how it ended.
        unknown: what its user should do where that is not known.
    """
    if outcome.result is Result.UNKNOWN:
        return f"It is not known whether this was done. {unknown}"
    return f"{'Refused' if outcome.result is Result.REFUSED else 'Not sent'}: {outcome.message}"


def outcome_lines(outcome: Outcome) -> list[str]:
    """How a write ended that was not carried out, a line each; clean."""
    error = outcome.error
    lines = [_HEADS[outcome.result]]
    if error is None:
        lines.append("ChargeOver answered no, without a reason.")
    else:
        lines.append(error.what)
        if error.server_message:
            lines.append(f"The server says: {error.server_message}")
        if outcome.result is Result.UNKNOWN:
            return [*lines, error.todo]
        if type(error) is not BadRequest:
            lines.append(f"{error.meaning} {error.todo}".strip())
        elif not error.server_message:
            lines.append("It gave no reason.")
    if outcome.result is Result.REFUSED and (error is None or type(error) is BadRequest):
        rule = _RULES.get((outcome.write.resource.id, outcome.write.action.name))
        if rule:
            lines.append(rule)
    if isinstance(error, NotFound) and outcome.write.action.method == "DELETE":
        lines.append("Somebody else has deleted it already.")
    return lines

"""The demo's users: the contacts of customers."""

from __future__ import annotations

import unicodedata
from functools import cache

from cotui.sandbox.demo.hostile_rows import HostileCustomer
from cotui.sandbox.demo.names import CULTURES
from cotui.sandbox.demo.places import Place
from cotui.sandbox.demo.randomness import Calendar, Randomness
from cotui.sandbox.demo.rows import Rows, inserting
from cotui.sandbox.demo.state import SHOWN

USER_TABLES = {
    "users": inserting(
        "users",
        "user_id customer_id external_key? token username first_name middle_name_glob? last_name name_suffix? name "
        "title email? phone? mobile? user_type_id custom_1? write_datetime mod_datetime",
    ),
    "customer_users": inserting("customer_users", "customer_id user_id"),
}
_TITLES = (
    "Accounts Payable",
    "Controller",
    "Office Manager",
    "Owner",
    "CFO",
    "Bookkeeper",
    "IT Manager",
    "",
    "",
    "",
)
_KEEP = str.maketrans("", "", " .,&'\"()-«»/:\\")


class ContactMaker:
    """Makes the contacts of one customer after another."""

    def __init__(self, rows: Rows, randomness: Randomness, calendar: Calendar) -> None:
        self._rows = rows
        self._randomness = randomness
        self._calendar = calendar
        self._user_id = 0

    def add(
        self,
        number: int,
        company: str,
        main: tuple[str, str],
        place: Place,
        since: int,
        hostile: HostileCustomer | None,
    ) -> int:
        """Adds the customer's contacts; the answer is the id of the main one, 0 when there is none."""
        randomness, calendar = self._randomness, self._calendar
        culture = CULTURES[place.culture]
        if number > SHOWN and randomness.chance(0.02):
            return 0
        domain = f"{email_domain(company) or f'customer-{number}'}.example"
        people = [main]
        if randomness.chance(0.4):
            people.append((randomness.pick(culture.first), randomness.pick(culture.last)))
            if randomness.chance(0.3):
                people.append((randomness.pick(culture.first), randomness.pick(culture.last)))
        superuser = self._user_id + 1
        for first, last in people:
            self._user_id += 1
            user_id = self._user_id
            box = mailbox(first, last) or f"billing{user_id}"
            email: str | int = f"{box}@{domain}" if not hostile else f"contact{user_id}@example.com"
            chance = randomness.roll()
            if chance < 0.03:
                email = f"{email},accounts@{domain}"
            elif chance < 0.05 and user_id != superuser:
                email = 0
            middle = (
                f"{randomness.pick('ABCDEFGHJKLMNPRSTW')}."
                if randomness.chance(0.08) and place.culture == "en"
                else 0
            )
            suffix = "Jr." if randomness.chance(0.01) and place.culture == "en" else 0
            written = calendar.office(since, randomness.below(28_800))
            self._rows["users"].append(
                (
                    user_id,
                    number,
                    f"contact-{user_id}" if randomness.chance(0.2) else 0,
                    randomness.token(),
                    f"{box}{user_id}" if randomness.chance(0.7) else randomness.token(),
                    first,
                    middle,
                    last,
                    suffix,
                    " ".join(
                        [part for part in (first, middle, last, suffix) if isinstance(part, str) and part]
                    ),
                    hostile.word if hostile else randomness.pick(_TITLES),
                    email,
                    randomness.filled(place.phone) if randomness.chance(0.85) else 0,
                    randomness.filled(place.phone) if randomness.chance(0.2) else 0,
                    1 if user_id == superuser else 1 + randomness.below(3),
                    hostile.note if hostile else 0,
                    written,
                    max(
                        written,
                        calendar.office(since + randomness.below(calendar.today - since + 1), 7 * user_id),
                    ),
                )
            )
            self._rows["customer_users"].append((number, user_id))
        return superuser


def email_domain(company: str) -> str:
    """The name of a firm as the first label of a domain; "" where it has no Latin letters."""
    return _ascii(company)[:40]


def mailbox(first: str, last: str) -> str:
    """A name as the part of an e-mail address before the @; "" where it has no Latin letters."""
    return f"{_name_ascii(first)}.{_name_ascii(last)}".strip(".")


@cache
def _name_ascii(text: str) -> str:
    return _ascii(text)


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return plain.translate(_KEEP)

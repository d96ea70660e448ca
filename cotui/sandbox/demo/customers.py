"""The demo's customers with their contacts and subscriptions, and the plan of their invoices."""

from __future__ import annotations

from array import array

from cotui.sandbox.demo.account import BY_ISO
from cotui.sandbox.demo.contacts import USER_TABLES, ContactMaker
from cotui.sandbox.demo.hostile_rows import HostileCustomer, hostile_customer
from cotui.sandbox.demo.lines import PriceBook
from cotui.sandbox.demo.names import CULTURES, SHOWCASE, Culture
from cotui.sandbox.demo.places import PLACES, WEIGHTED, Place
from cotui.sandbox.demo.randomness import Calendar, Randomness
from cotui.sandbox.demo.rows import ADDRESS_OR_ZERO, Address, Rows, inserting
from cotui.sandbox.demo.state import ONE_TIME, SHOWN, Account, planned
from cotui.sandbox.demo.subscriptions import PACKAGE_TABLES, SubscriptionMaker

#: Customers with hundreds of invoices, and how many; further ones turn up by chance.
HEAVY = {7: 140, 21: 240, 33: 170}
_BATCH = 1000

#: those of the showcase who pay late, so that something is overdue at first sight, and those who do not pay
_SLOW_PAYERS = (1, 2)
_BAD_PAYERS = (5, 23)
_TERMS = (3,) * 7 + (2,) * 8 + (1,) * 3 + (4, 5)
_PAYMETHODS: tuple[str | None, ...] = ("crd",) * 11 + ("ach",) * 3 + ("inv",) * 4 + ("tok",) + (None,)
#: how customers pay: 0 prompt, 1 as usual, 2 slow, 3 bad
_TEMPERS = (0,) * 9 + (1,) * 8 + (2,) * 3
_TAGS = ('["vip"]', '["net-30"]', '["nonprofit"]', '["reseller", "emea"]', '["beta"]', '["do not call"]')
_LEVELS = ("Gold", "Silver", "Bronze", "Trial")
_NOTES = ("Send paper copies", "PO number required", "Pays by cheque, be patient", "Renewal in spring", "")
_LANGUAGES = {"fr": 2, "de": 3, "ja": 4, "ar": 5}


class CustomerMaker:
    """Makes customers one after another and writes them in batches.

    Args:
        rows: has the tables of CUSTOMER_TABLES and those of lines.py.
    """

    def __init__(self, rows: Rows, randomness: Randomness, calendar: Calendar, customers: int) -> None:
        self._randomness = randomness
        self._calendar = calendar
        self._customers = customers
        self._rows = rows
        self._book = PriceBook(rows["demo_kinds"])
        self.accounts: list[Account] = []
        #: the planned invoices (state.planned), not sorted
        self.plan = array("q")
        self._contacts = ContactMaker(self._rows, randomness, calendar)
        self._subscriptions = SubscriptionMaker(self._rows, randomness, calendar, self.plan)

    def run(self) -> None:
        """Makes and writes all customers."""
        for number in range(1, self._customers + 1):
            self._customer(number)
            if number % _BATCH == 0:
                self._rows.flush()
        self._rows.flush()

    def _customer(self, number: int) -> None:
        randomness, calendar = self._randomness, self._calendar
        hostile = hostile_customer(number)
        shown = SHOWCASE[number - 1] if number <= len(SHOWCASE) else None
        place = PLACES[shown.place if shown else "us" if hostile else randomness.pick(WEIGHTED)]
        culture = CULTURES[place.culture]
        if hostile:
            company, first, last = hostile.company, hostile.first, hostile.last
        elif shown:
            company, first, last = shown.company, shown.first, shown.last
        else:
            company, first, last = (
                self._firm(culture),
                randomness.pick(culture.first),
                randomness.pick(culture.last),
            )
        # customers came one by one over the years; the last ones are new
        since = 35 + int((calendar.today - 45) * (number - 1) / self._customers)
        no_taxes = randomness.chance(0.06)
        tax = (0, "") if no_taxes else (place.tax_ppm, place.tax_name)
        money = BY_ISO[place.currency]
        address = self._address(place, hostile, kept=number <= SHOWN)
        account = Account(number, money, self._book.prices(money, tax), address, hostile=hostile is not None)
        account.culture = place.culture
        terms = randomness.pick(_TERMS)
        account.set_terms(2 if number in _SLOW_PAYERS or number in HEAVY else terms)
        account.temper = self._temper(number)
        self._pay_method(account)
        self.accounts.append(account)
        superuser = self._contacts.add(number, company, (first, last), place, since, hostile)
        mrr = self._subscriptions.add(account, number, since)
        billed = self._extra_invoices(account, number, since)
        standing = (
            2
            if not billed and randomness.chance(0.4)
            else 1
            if number > SHOWN and randomness.chance(0.04)
            else 0
        )
        written = calendar.office(since, randomness.below(28_800))
        modified = calendar.office(
            since + randomness.below(calendar.today - since + 1), randomness.below(28_800)
        )
        self._rows["customers"].append(
            (
                number,
                1 + randomness.below(number - 1) if number > SHOWN and randomness.chance(0.05) else 0,
                randomness.token(),
                f"CRM-{100_000 + number * 7}" if randomness.chance(0.45) else 0,
                superuser,
                company,
                _LANGUAGES.get(place.culture, 1),
                account.money.currency_id,
                randomness.pick((0, 0, 0, 1, 2, 3)),
                randomness.pick((0, 1, 2, 2, 3)),
                randomness.pick((0, 0, 1, 2, 3, 4)),
                2 if randomness.chance(0.1) else 1,
                account.terms_id,
                *account.address,
                hostile.note if hostile else randomness.pick(_LEVELS) if randomness.chance(0.4) else 0,
                hostile.word if hostile else "" if randomness.chance(0.2) else 0,
                randomness.pick(_NOTES) if randomness.chance(0.2) else 0,
                written,
                f"192.0.2.{randomness.below(256)}",
                max(written, modified),
                f"198.51.100.{randomness.below(256)}",
                standing,
                account.paymethod or 0,
                *account.cards,
                int(no_taxes),
                int(randomness.chance(0.05)),
                "print" if randomness.chance(0.08) else "email",
                "print" if randomness.chance(0.05) else "email",
                randomness.filled("EU#########")
                if account.money.iso == "EUR" and randomness.chance(0.7)
                else 0,
                mrr,
                hostile.tags if hostile else randomness.pick(_TAGS) if randomness.chance(0.2) else "[]",
            )
        )

    def _temper(self, number: int) -> int:
        bad = self._randomness.chance(0.05)
        usual = self._randomness.pick(_TEMPERS)
        if number in HEAVY:
            return 1
        if number in _SLOW_PAYERS:
            return 2
        if number <= len(SHOWCASE):
            return 3 if number in _BAD_PAYERS else usual
        return 3 if bad else usual

    def _firm(self, culture: Culture) -> str:
        randomness = self._randomness
        pattern = randomness.pick(culture.patterns)
        return pattern.format(
            a=randomness.pick(culture.words_a),
            b=randomness.pick(culture.words_b),
            last=randomness.pick(culture.last),
        )

    def _address(self, place: Place, hostile: HostileCustomer | None, *, kept: bool) -> Address:
        """Eleven address fields; `kept` addresses are never left empty."""
        randomness = self._randomness
        street = randomness.pick(place.streets).format(n=1 + randomness.below(240))
        city, state, postcode = randomness.pick(place.cities)
        bill: Address = (
            hostile.street if hostile else street,
            f"Suite {1 + randomness.below(60)}" if randomness.chance(0.15) else 0,
            hostile.city if hostile else city,
            state or 0,
            "null" if hostile else randomness.filled(postcode),
            place.country,
        )
        chance = randomness.roll()
        if chance < 0.03 and not kept:
            return (0,) * 11
        if chance < 0.8 or hostile:
            return (*bill, 0, 0, 0, 0, 0)
        city, state, postcode = randomness.pick(place.cities)
        street = randomness.pick(place.streets).format(n=1 + randomness.below(240))
        return (*bill, street, city, state or 0, randomness.filled(postcode), place.country)

    def _pay_method(self, account: Account) -> None:
        randomness = self._randomness
        account.paymethod = randomness.pick(_PAYMETHODS)
        digits = randomness.below(10_000)
        if account.paymethod in ("crd", "ach", "tok"):
            account.card = card = account.customer_id
            account.cards = {"crd": (card, 0, 0), "ach": (0, card, 0), "tok": (0, 0, card)}[account.paymethod]
        if account.paymethod == "crd":
            name, method = randomness.pick(_CARDS)
            account.method = (name, method, f"x{digits:04}")
        elif account.paymethod == "ach":
            account.method = ("ACH/eCheck", "ach", f"x{digits:04}")
        elif account.paymethod == "tok":
            account.method = ("Tokenized", "paypal", "")
        else:
            account.method = ("Paid by Check", "check", str(1000 + digits))

    def _extra_invoices(self, account: Account, number: int, since: int) -> bool:
        """Plans the invoices that no subscription makes; the answer is whether the customer has any invoice."""
        randomness, calendar = self._randomness, self._calendar
        span = calendar.today - since
        heavy = HEAVY.get(number, 0)
        chance = randomness.roll()
        if not heavy and number > SHOWN and chance < 0.006 and span > 300:
            heavy = 150 + int(randomness.roll() * 200)
        if heavy:
            days = [since + randomness.below(span + 1) for _ in range(heavy)]
        else:
            # without a subscription some have none at all
            most = 4 if account.subscriptions else 12
            days = [
                calendar.today - int(min(span, 720) * randomness.roll() ** 2)
                for _ in range(int(chance * chance * most))
            ]
        self.plan.extend(planned(day, number - 1, ONE_TIME) for day in days)
        return bool(days) or bool(account.subscriptions)


_CARDS = (
    ("Visa", "visa"),
    ("Visa", "visa"),
    ("MasterCard", "mastercard"),
    ("American Express", "american-express"),
    ("Discover", "discover"),
)
CUSTOMER_TABLES = (
    {
        "customers": inserting(
            "customers",
            "customer_id parent_customer_id? token external_key? superuser_id? company language_id currency_id "
            f"class_id? admin_id? campaign_id? brand_id terms_id {ADDRESS_OR_ZERO} custom_1? custom_2? custom_3? "
            "write_datetime write_ipaddr mod_datetime mod_ipaddr standing default_paymethod? default_creditcard_id? "
            "default_ach_id? default_tokenized_id? no_taxes no_dunning invoice_delivery dunning_delivery tax_ident? "
            "mrr tags",
        )
    }
    | USER_TABLES
    | PACKAGE_TABLES
)

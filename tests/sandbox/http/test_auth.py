"""Who is let in: Basic, the older signature, and how both fail."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.errors import UnauthorizedError
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.auth import SKEW, Authenticator, signature
from tests.sandbox.client import HOST, Client

MOMENT = 1_700_000_000
URL = f"http://{HOST}/api/v3/customer?_dummy=1&where=company%3AEQUALS%3AAcme%5C%2C+Inc"


def gate(at: float = MOMENT) -> Authenticator:
    return Authenticator({"pub": "priv", "é": "ü"}, lambda: datetime.fromtimestamp(at, UTC))


def basic(text: str) -> bytes:
    return b"Basic " + base64.b64encode(text.encode())


def signed(nonce: str = "abcd1234", moment: str = str(MOMENT), sent: str = "", public: str = "pub") -> bytes:
    sent = sent or signature(b"pub", b"priv", URL.encode(), nonce, moment, b"")
    return (
        f'ChargeOver co_public_key="{public}" co_nonce="{nonce}" co_timestamp="{moment}"'
        f' co_signature_method="HMAC-SHA256" co_version="1.0" co_signature="{sent}" '
    ).encode()


def test_vectors() -> None:
    assert (
        signature(b"pub", b"priv", URL.encode(), "abcd1234", str(MOMENT), b"")
        == "5487906746dbdad50c705d0a55d2b7c973a2d8f17e4ec32296aa35395e53c70f"
    )
    assert (
        signature(
            b"pub",
            b"priv",
            f"http://{HOST}/api/v3/customer".encode(),
            "abcd1234",
            str(MOMENT),
            b'{"company":"Test API Company, LLC"}',
        )
        == "04f20e28a3e1dd781e7ba30f0624b91340ae7e0c93e052c35a200c2693902c6d"
    )


def test_who_is_let_in() -> None:
    assert gate().admit(basic("pub:priv"), b"", b"") == "pub"
    assert gate().admit(basic("é:ü"), b"", b"") == "é"
    assert gate().admit(b"bAsIc  cHViOnByaXY= ", b"", b"") == "pub"
    assert gate().admit(signed(), URL.encode(), b"") == "pub"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (None, "Missing (basic) authorization header."),
        (b"", "Missing (basic) authorization header."),
        (b"Bearer x", "Missing (basic) authorization header."),
        (b"Basic", "Invalid username or password."),
        (b"Basic \xff\xfe", "Invalid username or password."),
        (basic("pub:wrong"), "Invalid username or password."),
        (basic("pub:"), "Invalid username or password."),
        (basic("other:priv"), "Invalid username or password."),
        (basic("other:"), "Invalid username or password."),
        (b"ChargeOver", "Invalid signature."),
        (signed(sent="0" * 64), "Invalid signature."),
        (signed(public="other"), "Invalid signature."),
        (signed(public="\u00fc"), "Invalid signature."),
        (signed(moment="soon"), "Invalid timestamp."),
        (signed(moment="9" * 400), "Invalid timestamp."),
    ],
)
def test_who_is_not(header: bytes | None, reason: str) -> None:
    with pytest.raises(UnauthorizedError) as caught:
        gate().admit(header, URL.encode(), b"")
    assert str(caught.value) == f"Invalid or incorrect authorization [{reason}]"


@pytest.mark.parametrize(
    ("late", "admitted"), [(SKEW, True), (-SKEW, True), (SKEW + 1, False), (-SKEW - 1, False)]
)
def test_clocks_may_differ_a_little(late: int, admitted: bool) -> None:
    checked = gate(MOMENT + late)
    if admitted:
        assert checked.admit(signed(), URL.encode(), b"") == "pub"
    else:
        with pytest.raises(UnauthorizedError, match="too old or too new"):
            checked.admit(signed(), URL.encode(), b"")


def test_a_signature_is_good_once() -> None:
    moment = float(MOMENT - SKEW)
    checked = Authenticator({"pub": "priv"}, lambda: datetime.fromtimestamp(moment, UTC))
    checked.admit(signed(), URL.encode(), b"")
    for moment in (MOMENT - SKEW, MOMENT, MOMENT + SKEW):  # noqa: B007 - the gate's clock reads it
        with pytest.raises(UnauthorizedError, match="used before"):
            checked.admit(signed(), URL.encode(), b"")
    assert checked.admit(signed(nonce="Z9"), URL.encode(), b"") == "pub"


def test_the_signature_covers_url_and_body() -> None:
    with pytest.raises(UnauthorizedError):
        gate().admit(signed(), URL.encode() + b"&limit=1", b"")
    with pytest.raises(UnauthorizedError):
        gate().admit(signed(), URL.encode(), b"{}")


async def test_signed_requests_over_the_wire(store: Store) -> None:
    app = create_app(store, credentials={"pub": "priv"}, clock=lambda: datetime.fromtimestamp(MOMENT, UTC))
    client = Client(app)
    target = URL.removeprefix(f"http://{HOST}")

    first = await client.send("GET", target, authorization=signed().decode())
    again = await client.send("GET", target, authorization=signed().decode())

    assert first.status == 200
    assert again.status == 401


async def test_the_challenge(client: Client) -> None:
    answer = await client.get("customer/1", authorization=None)

    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith('Basic realm="')
    assert answer.envelope == {
        "code": 401,
        "status": "Error",
        "message": "Invalid or incorrect authorization [Missing (basic) authorization header.]",
        "details": {},
        "response": False,
    }

"""The small account and a client for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.browser import Browser
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.portal.visits import Watch


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """The small account; tests do not change it."""
    store = account.build()
    yield store
    store.close()


@pytest.fixture(scope="session")
def client(store: Store) -> Client:
    """A client of the small account, at its own time."""
    return Client(create_app(store, credentials=CREDENTIALS, clock=account.now))


@pytest.fixture
def live_store() -> Iterator[Store]:
    """A small account of the test's own."""
    store = account.build()
    yield store
    store.close()


@pytest.fixture
def live(live_store: Store) -> Client:
    """A client that may change the account."""
    return Client(create_app(live_store, credentials=CREDENTIALS, clock=account.now))


@pytest.fixture
def own(live_store: Store) -> Client:
    """The same with a second key, "reader" with "secret", that may only read."""
    credentials = {**CREDENTIALS, "reader": "secret"}
    return Client(create_app(live_store, credentials=credentials, read_only=["reader"], clock=account.now))


@pytest.fixture
def watch() -> Watch:
    """A clock that the test winds."""
    return Watch()


@pytest.fixture
def watched(live_store: Store, watch: Watch) -> Client:
    """A client of a small account that follows that clock."""
    return Client(create_app(live_store, credentials=CREDENTIALS, clock=watch))


@pytest.fixture
def browser(watched: Client) -> Browser:
    """A browser that meets the same account."""
    return Browser(watched)


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A certificate, its key, another one's key, its key with a passphrase, and a text."""
    import trustme
    from cryptography.hazmat.primitives import serialization

    folder = tmp_path_factory.mktemp("pem")
    authority = trustme.CA()
    one, other = (authority.issue_cert("localhost") for _ in range(2))
    files = {name: folder / name for name in ("certificate", "key", "other", "locked", "text", "empty")}
    files["certificate"].write_bytes(one.cert_chain_pems[0].bytes())
    files["key"].write_bytes(one.private_key_pem.bytes())
    files["other"].write_bytes(other.private_key_pem.bytes())
    secret = serialization.load_pem_private_key(one.private_key_pem.bytes(), None)
    files["locked"].write_bytes(
        secret.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    files["text"].write_text("no certificate")
    files["empty"].write_text("")
    return files

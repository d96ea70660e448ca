"""HTTPS: with an issuer the system trusts, and without."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.e2e.conftest import Start
from tests.e2e.servers import SandboxProcess

pytestmark = pytest.mark.xdist_group("e2e-sandbox")


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificate of an issuer that only these tests know; server key and certificate lie beside it."""
    folder = tmp_path_factory.mktemp("tls")
    made = trustme.CA()
    made.cert_pem.write_to_path(str(folder / "issuer.pem"))
    leaf = made.issue_cert("127.0.0.1")
    leaf.private_key_pem.write_to_path(str(folder / "key.pem"))
    for part in leaf.cert_chain_pems:
        part.write_to_path(str(folder / "chain.pem"), append=True)
    return folder / "issuer.pem"


@pytest.fixture(scope="module")
def secure(issuer: Path) -> Iterator[SandboxProcess]:
    """A sandbox over HTTPS."""
    folder = issuer.parent
    process = SandboxProcess(
        folder / "home", "--customers", "60",
        "--tls-cert", str(folder / "chain.pem"), "--tls-key", str(folder / "key.pem"),
    )  # fmt: skip
    yield process
    process.close()


@pytest.mark.long
def test_a_trusted_issuer_works(start: Start, secure: SandboxProcess, issuer: Path) -> None:
    account = secure.account
    assert account.url.startswith("https://")
    context = ssl.create_default_context(cafile=str(issuer))
    users = account.get("user/_count", tls=context)
    program = start(env={**account.environment, "SSL_CERT_FILE": str(issuer)})
    program.wait_for("1–26 of 60")
    program.press("2")
    program.wait_for(f"1–26 of {users}")
    program.quit()


def test_an_unknown_issuer_is_refused_and_the_way_out_shown(start: Start, secure: SandboxProcess) -> None:
    program = start(env=secure.account.environment)
    text = program.wait_for("r tries again")
    assert "The certificate of 127.0.0.1" in text
    assert "is not trusted" in text
    assert "Do not send keys over this line" in text
    assert "SSL_CERT_FILE" in text, "what to do is cut off"
    assert "offline" in program.line(0)
    program.quit()

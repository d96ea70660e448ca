"""Certificates that the server is started with."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.sandbox.http.server.tls import check_certificate
from tests.sandbox.refusals import refused


@pytest.mark.parametrize(
    ("certificate", "key", "words"),
    [
        ("certificate", "other", "do not belong together"),
        ("certificate", "locked", "the key has a passphrase"),
        ("certificate", "text", "no PEM"),
        ("certificate", "empty", "no PEM"),
        ("certificate", "", "no PEM"),
        ("text", "key", "no PEM"),
        ("empty", "", "no PEM"),
        ("key", "", "no PEM"),
    ],
)
def test_certificates_that_cannot_be_used(
    certificate: str, key: str, words: str, pem: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--tls-cert", str(pem[certificate]), *(["--tls-key", str(pem[key])] if key else [])]
    line = refused(capsys, *options)
    assert words in line
    assert str(pem[key or certificate]) in line


def test_a_certificate_that_can_be_used(pem: dict[str, Path], tmp_path: Path) -> None:
    check_certificate(pem["certificate"], pem["key"])
    both = tmp_path / "both"
    both.write_bytes(pem["certificate"].read_bytes() + pem["key"].read_bytes())
    check_certificate(both, None)

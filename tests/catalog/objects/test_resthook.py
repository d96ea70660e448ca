"""REST hooks: pages `subscribing` and `resthooks`."""

from __future__ import annotations

from cotui.catalog.objects.resthook import RESTHOOK
from tests.catalog.objects.facts import otherwise, requests, undocumented, where

FIELDS = {"LG": "id", "LGCR": "target_url event"}


def test_where_it_is() -> None:
    assert where(RESTHOOK)[:2] == ("/api/v3/_resthook", "id")


def test_a_new_one_needs_address_and_event_and_is_never_changed() -> None:
    assert otherwise(RESTHOOK.fields, FIELDS) == {}
    assert undocumented(RESTHOOK.fields, FIELDS) == set()


def test_it_can_be_deleted() -> None:
    assert requests(RESTHOOK) == {"delete": "DELETE /_resthook/7"}

"""Lead sources. No newer page is known of them: rows are as official clients read them."""

from __future__ import annotations

from cotui.catalog.objects.campaign import CAMPAIGN
from tests.catalog.objects.facts import otherwise, required, undocumented, where

FIELDS = {"LG": "campaign_id campaign"}


def test_where_it_is() -> None:
    assert where(CAMPAIGN) == ("/api/v3/campaign", "campaign_id", "campaign_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(CAMPAIGN.fields, FIELDS) == {}
    assert undocumented(CAMPAIGN.fields, FIELDS) == set()
    assert required(CAMPAIGN.fields) == ""

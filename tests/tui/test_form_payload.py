"""Typed, sent, stored and read back: the account holds what was typed, whatever that was."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotui.api import Api, Connection, Outcome, Result, Write
from cotui.catalog import Field, FieldType, Resource
from cotui.catalog.editing import creation, editing
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.safety.text import clean
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.tui.forms.draft import Draft, to_text
from tests.depth import examples

TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
#: set by more than their own field, or sent to something that can't be read back
_APART = {"name", "superuser_name", "superuser_first_name", "superuser_last_name", "superuser_id",
          "first_name", "middle_name_glob", "last_name", "name_suffix", "password",
          "username", "superuser_username", "campaign_details", "custtype_id", "customer_id"}  # fmt: skip
#: keys that every list of the demo account has
_KEYS = st.sampled_from(["1", "2"])
WORDS = st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=12).filter(
    lambda text: clean(text) == text
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = Store(":memory:")
    populate(store, 5, 1, TODAY)
    yield store
    store.close()


@cache
def typed_for(field: Field) -> st.SearchStrategy[str]:
    """What people can type there; empty clears it."""
    some: st.SearchStrategy[str]
    if field.type is FieldType.EMAIL:
        some = st.lists(
            st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True), min_size=1, max_size=2
        ).map(", ".join)
    elif field.type is FieldType.BOOLEAN:
        return st.sampled_from(["yes", "no"])
    elif field.type is FieldType.ENUM:
        return st.sampled_from([choice.label for choice in field.choices])
    elif field.type is FieldType.ID:
        some = _KEYS
        if field.name not in ("class_id", "admin_id", "campaign_id"):
            return some
    elif field.type is FieldType.TAGS:
        some = st.lists(WORDS.filter(lambda word: "," not in word), max_size=4).map(", ".join)
    else:
        some = WORDS
        if field.name == "company":
            return some
    return st.just("") | some


def writable(resource: Resource, *, new: bool) -> tuple[Field, ...]:
    action = creation(resource) if new else editing(resource)
    assert action is not None
    return tuple(item for item in action.payload if item.name not in _APART)


async def send(store: Store, write: Write) -> tuple[Outcome, Mapping[str, Any]]:
    """The answer, and the record as it is read afterwards."""
    transport = httpx.ASGITransport(app=create_app(store, credentials={"demo": "demo"}, clock=lambda: NOW))
    api = Api(Connection("demo", "localhost", "demo", "demo", rate_limit=10**6), transport=transport)
    try:
        outcome = await api.write(write)
        assert outcome.result is Result.DONE, outcome.message
        ref = write.ref if write.ref is not None else outcome.made
        assert ref is not None
        return outcome, (await api.get(write.resource, ref)).raw
    finally:
        await api.aclose()


async def read(store: Store, resource: Resource, ref: int) -> Mapping[str, Any]:
    transport = httpx.ASGITransport(app=create_app(store, credentials={"demo": "demo"}, clock=lambda: NOW))
    api = Api(Connection("demo", "localhost", "demo", "demo", rate_limit=10**6), transport=transport)
    try:
        return (await api.get(resource, ref)).raw
    finally:
        await api.aclose()


def check(draft: Draft, record: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    """The record holds what was typed, and a form opened on it shows just that."""
    for name in texts:
        field = draft.fields[name]
        assert field.type.same(record.get(name), draft.value(name), field), (
            name,
            texts[name],
            record.get(name),
        )
        if field.type is not FieldType.TAGS:
            assert to_text(field, record.get(name)) == texts[name] or not texts[name].strip()


QUICK = settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("resource", [CUSTOMER, USER], ids=lambda item: item.id)
@QUICK
@given(data=st.data())
def test_what_is_typed_over_a_record_is_what_it_holds_then(
    store: Store, resource: Resource, data: st.DataObject
) -> None:
    fields = writable(resource, new=False)
    chosen = data.draw(st.lists(st.sampled_from(fields), unique=True, min_size=1, max_size=8))
    texts = {item.name: data.draw(typed_for(item), label=item.name) for item in chosen}
    if "external_key" in texts:
        texts["external_key"] = texts["external_key"] and f"only {texts['external_key']}"
    before = asyncio.run(read(store, resource, 2))
    action = editing(resource)
    assert action is not None
    draft = Draft(fields, before, changed_only=True, today=TODAY)
    for name, text in texts.items():
        draft.set_text(name, text)
    payload = draft.payload()
    assert set(payload) <= set(texts)
    if not payload:
        return
    _, after = asyncio.run(send(store, Write(resource, action, 2, payload)))
    check(draft, after, texts)
    untouched = [item for item in fields if item.name not in payload]
    assert all(item.type.same(after.get(item.name), before.get(item.name), item) for item in untouched)


@pytest.mark.parametrize("resource", [CUSTOMER, USER], ids=lambda item: item.id)
@QUICK
@given(data=st.data())
def test_what_is_typed_for_a_new_record_is_what_it_holds(
    store: Store, resource: Resource, data: st.DataObject
) -> None:
    fields = writable(resource, new=True)
    free = [item for item in fields if item.name not in ("external_key", "title")]
    chosen = data.draw(st.lists(st.sampled_from(free), unique=True, max_size=8))
    texts = {item.name: data.draw(typed_for(item), label=item.name) for item in chosen}
    # a customer has a name, and nothing at all makes no user
    texts.setdefault(*(("company", "Acme") if resource is CUSTOMER else ("title", "Boss")))
    action = creation(resource)
    assert action is not None
    draft = Draft(fields, {}, changed_only=False, today=TODAY)
    for name, text in texts.items():
        draft.set_text(name, text)
    payload = draft.payload()
    assert all(texts[name].strip() for name in payload)
    outcome, made = asyncio.run(send(store, Write(resource, action, None, payload)))
    assert outcome.made is not None
    given_texts = {name: text for name, text in texts.items() if name in payload}
    check(draft, made, given_texts)

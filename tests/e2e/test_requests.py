"""What cotui asks the server: as little as can be."""

from __future__ import annotations

import re

import pytest

from tests.e2e.conftest import Start
from tests.e2e.faulty import FaultyServer

COUNT = "/api/v3/customer/_count"


def pages(server: FaultyServer) -> list[int]:
    """Offsets of the list pages asked for."""
    found = [re.fullmatch(r"/api/v3/customer\?.*&offset=(\d+)", target) for target in server.requests]
    return [int(match[1]) for match in found if match]


@pytest.mark.long
def test_the_first_rows_cost_two_requests_and_moving_among_them_none(
    start: Start, server: FaultyServer
) -> None:
    program = start(env=server.account.environment)
    program.wait_for("1–26 of 250")
    assert len(server.requests) == 2
    assert pages(server) == [0]
    assert server.requests.count(COUNT) == 1

    program.press("down", "down", "up", "down", "right", "left", "right")
    program.press("enter")
    # a record is fetched whole, once; the list it was opened from is still there afterwards
    program.wait_for("3 of 250", without="loading the rest")
    program.press("esc")
    program.wait_for("1–26 of 250")
    assert server.requests[2:] == ["/api/v3/customer/3"]
    program.quit()
    assert len(server.requests) == 3


def test_paging_down_asks_for_each_page_once(start: Start, server: FaultyServer) -> None:
    program = start(env=server.account.environment)
    program.wait_for("1–26 of 250")
    tops = [1, 26, 51, 76, 101, 126, 151, 176, 201, 225]  # the last page is not a whole one
    for key, order in (("pagedown", tops[1:]), ("pageup", tops[-2::-1])):
        for top in order:
            program.press(key)
            # rows that are here before the next key: what is passed in a hurry may be given up and asked for again
            first = top if key == "pagedown" or top == 1 else top - 1
            words = f"{first}–{first + 25} of 250"
            program.wait_for(
                lambda text, row=first + 25, words=words: words in text and f"number {row} " in text
            )
    assert len(server.requests) == len(set(server.requests))
    # 250 rows in pages of 100, which overlap by a row where one follows another
    assert len(pages(server)) == 3
    program.quit()


@pytest.mark.long
def test_the_end_is_reached_without_what_lies_between(start: Start, server: FaultyServer) -> None:
    program = start(env=server.account.environment)
    program.wait_for("1–26 of 250")
    program.press("end")
    program.wait_for(lambda text: "225–250 of 250" in text and "Company number 250" in text)
    asked = pages(server)
    assert len(asked) == 2, "what lies between was loaded, or a page twice"
    assert asked[1] >= 150
    program.quit()

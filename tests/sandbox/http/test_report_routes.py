"""Reports over the wire: the list, data in every spelling, and what goes wrong."""

from __future__ import annotations

import pytest

from cotui.sandbox.reports.run import REPORTS
from tests.sandbox.client import Client

ALL_BALANCES = 4


async def test_the_list(client: Client) -> None:
    answer = await client.get("_report")

    assert answer.response == [
        {"name": report.name, "report_id": number} for number, report in REPORTS.items()
    ]
    assert {3, 4, 6, 7, 37, 44, 58} <= {row["report_id"] for row in answer.response}
    assert (await client.get("_report/_count")).response == len(REPORTS)
    assert (await client.get("_report/4")).response == {"name": REPORTS[4].name, "report_id": 4}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "target",
    [
        "/api/v3/_report/4?action=reportData",
        "/api/v3/_report/4/?action=reportData&_dummy=1",
        "/api/v3/_report/4?action=getData",
        "/api/v3//_report/4?action=REPORTDATA&limit=9999",
        "/api/v3/_report/4/_action/reportData",
        "/api/v3/_report/4/_action/getData?offset=0",
    ],
)
@pytest.mark.parametrize("body", [b"", b"[]", b'""', b"{}", b"null", b"  "])
async def test_spellings_of_the_data(client: Client, method: str, target: str, body: bytes) -> None:
    answer = await client.send(method, target, body=body)

    assert answer.status == 200
    assert answer.response.keys() == {"_report", "_count"}
    assert answer.response["_count"] == len(answer.response["_report"]) == 14


@pytest.mark.parametrize("number", list(REPORTS))
async def test_every_report_answers(client: Client, number: int) -> None:
    answer = await client.send("POST", f"/api/v3/_report/{number}/_action/reportData", body=b"[]")

    assert answer.status == 200
    for row in answer.response["_report"]:
        assert row.keys() == answer.response["_report"][0].keys()


async def test_conditions_order_and_pages(client: Client) -> None:
    column = "tenant_tenant_id"
    url = f"/api/v3/_report/{ALL_BALANCES}?action=reportData&order={column}:DESC"
    body = f'["{column}:GT:3", "{column}:LTE:9"]'.encode()

    whole = (await client.send("POST", url, body=body)).response
    page = (await client.send("POST", f"{url}&limit=2&offset=3", body=body)).response
    by_query = (await client.send("GET", f"{url}&where={column}:GT:3,{column}:LTE:9")).response

    assert [row[column] for row in whole["_report"]] == [9, 8, 7, 6, 5, 4]
    assert page == {"_report": whole["_report"][3:5], "_count": 6}
    assert by_query == whole
    assert (await client.send("POST", f"{url}&offset=99", body=body)).response == {"_report": [], "_count": 6}


@pytest.mark.parametrize(
    ("method", "target", "body", "status", "message"),
    [
        ("GET", "_report/999?action=reportData", b"", 404, "This report does not exist."),
        ("GET", "_report/x", b"", 404, "This report does not exist."),
        ("POST", "_report", b"", 400, "The command requested is not supported: create(_report, )"),
        ("POST", "_report/4", b"", 400, "The command requested is not supported: create(_report, 4)"),
        ("PUT", "_report/4", b"", 400, "The command requested is not supported: modify(_report, 4)"),
        ("DELETE", "_report/4", b"", 400, "The command requested is not supported: delete(_report, 4)"),
        (
            "POST",
            "_report/4?action=frob",
            b"",
            400,
            "The command requested is not supported: frob(_report, 4)",
        ),
        (
            "POST",
            "_report/4?action=reportData",
            b"{",
            400,
            "Missing or invalid parameter: body (it is not JSON: it ends too early, 1 bytes long)",
        ),
        (
            "POST",
            "_report/4?action=reportData",
            b"\xff",
            400,
            "Missing or invalid parameter: body (it is not JSON: invalid character at byte 1, line 1 column 1)",
        ),
        (
            "POST",
            "_report/4?action=reportData",
            b"[1]",
            400,
            "Missing or invalid parameter: body (it is not a list of conditions, each a text)",
        ),
        (
            "POST",
            "_report/4?action=reportData",
            b"false",
            400,
            "Missing or invalid parameter: body (it is not a list of conditions, each a text)",
        ),
        (
            "POST",
            "_report/4?action=reportData",
            b"[" * 100_000,
            400,
            "Missing or invalid parameter: body (its values are nested too deeply)",
        ),
        (
            "POST",
            "_report/4?action=reportData",
            b'["x"]',
            400,
            "Malformed WHERE clause: “” is not an operator of ChargeOver (character 2)",
        ),
        ("POST", "_report/4?action=reportData", b'["nope:EQUALS:1"]', 400, "You cannot filter by: nope."),
        ("POST", "_report/4?action=reportData&order=nope:ASC", b"", 400, "You cannot order by: nope."),
        (
            "POST",
            "_report/4?action=reportData&order=x:UP",
            b"",
            400,
            "Malformed ORDER clause: The direction is ASC or DESC, not “UP” (character 3)",
        ),
        (
            "POST",
            "_report/4?action=reportData&limit=x",
            b"",
            400,
            'Missing or invalid parameter: limit (not a whole number from 0: "x")',
        ),
    ],
)
async def test_failures(
    client: Client, method: str, target: str, body: bytes, status: int, message: str
) -> None:
    answer = await client.send(method, f"/api/v3/{target}", body=body)

    assert (answer.status, answer.message) == (status, message)

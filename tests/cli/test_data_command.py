"""The headless commands: data on stdout, narration on stderr, exit codes that scripts can rely on."""

from __future__ import annotations

import csv
import io
import json
import shlex
from typing import Any

import httpx
import pytest

from cotui.catalog import RESOURCES
from cotui.cli.data_arguments import read_resource, search_hint
from cotui.cli.data_command import run_data_command
from cotui.cli.exits import CommandError, Exit
from cotui.query import parse
from cotui.safety.text import for_programs
from tests.cli.accounts import ENV, Account, Run, answer


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys, Account())


class TestList:
    def test_a_limit_that_cuts_is_told(self, run: Run) -> None:
        out, err = run("list customers --format jsonl")
        assert [json.loads(line)["customer_id"] for line in out.splitlines()] == list(range(1, 101))
        assert err == "cotui: printed 100 of 250; --limit all prints everything\n"
        assert run.paths() == ["customer", "customer/_count"]

    def test_all_pages_through_everything_and_compares_with_the_count(self, run: Run) -> None:
        out, err = run("list customers --limit all --format json")
        assert [row["customer_id"] for row in json.loads(out)] == list(range(1, 251))
        assert err == ""
        assert sorted(run.paths()) == ["customer"] * 3 + ["customer/_count"]

    def test_a_result_that_ends_with_a_full_page_is_whole(self, run: Run) -> None:
        run.account = Account(200)
        out, err = run("list customers --limit all --format jsonl")
        assert len(out.splitlines()) == 200
        assert err == ""

    def test_a_limit_met_exactly_cuts_nothing(self, run: Run) -> None:
        _, err = run("list customers --limit 250 --format jsonl")
        assert err == ""

    def test_a_limit_asks_for_no_more_than_it_needs(self, run: Run) -> None:
        run("list customers --limit 130 --format jsonl")
        assert [r.url.params.get("limit") for r in run.account.requests if "_count" not in r.url.path] == [
            "100",
            "31",  # the last row once more, to see that nothing shifted
        ]

    def test_a_server_that_sends_smaller_pages_than_asked_is_read_to_the_end(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        config = tmp_path / "config.toml"
        config.write_text('[profiles.a]\nurl = "acme"\nusername = "k"\npassword_env = "P"\npage_size = 500\n')
        env = {"COTUI_CONFIG": str(config), "P": "x"}
        account = Account(250)
        assert (
            run_data_command(
                "list", ["customers", "--limit=all", "--format=jsonl"], env=env, transport=account
            )
            == 0
        )
        assert len(capsys.readouterr().out.splitlines()) == 250

    def test_filter_and_order_are_sent(self, run: Run) -> None:
        run("list customers --limit 5", "country = Canada order by company desc")
        (request, *_) = run.account.requests
        assert request.url.params["where"] == "bill_country:EQUALS:Canada"
        assert request.url.params["order"] == "company:DESC"

    def test_words_of_a_filter_need_no_quotes_and_options_stand_anywhere(self, run: Run) -> None:
        run("list customers --limit 5 country = Canada --format json")
        assert run.account.requests[0].url.params["where"] == "bill_country:EQUALS:Canada"

    def test_a_failing_count_is_tolerated(self, run: Run) -> None:
        plain = run.account

        def broken(request: httpx.Request) -> httpx.Response:
            return answer(False, 400, "no") if "_count" in request.url.path else plain._handle(request)

        run.account = lambda: httpx.MockTransport(broken)
        _, err = run("list customers --limit 5 --format jsonl")
        assert "printed 5, there may be more" in err

    def test_a_record_added_in_front_comes_last_and_is_told(self, run: Run) -> None:
        account = run.account

        def insert() -> None:
            if len(account.requests) == 3:
                account.rows.insert(0, {"customer_id": 999, "company": "New"})

        account.before = insert
        out, err = run("list customers --limit all --format jsonl")
        ids = [json.loads(line)["customer_id"] for line in out.splitlines()]
        assert ids == [*range(1, 251), 999]
        assert err == "cotui: records changed while they were read: one that was added or moved comes last\n"

    def test_an_empty_result_is_valid_in_every_format(self, run: Run) -> None:
        run.account = Account(0)
        assert run("list customers --format json")[0] == "[]\n"
        assert run("list customers --format jsonl")[0] == ""
        assert run("list customers --format csv --fields id,company")[0] == "customer_id,company\n"
        out, err = run("list customers")
        assert out.split()[0] == "ID"
        assert err == "cotui: nothing matches\n"


class TestFormats:
    def test_json_is_what_the_server_sent(self, run: Run) -> None:
        odd = {"custom": {"a": [1, None]}, "unknown_field": "ü\x1b[31m\u202e\U0001f600", "n": 1.50}
        run.account = Account(1, **odd)
        out, _ = run("list customers --format json")
        assert json.loads(out) == run.account.rows
        assert out.replace("\n", "").isprintable()

    def test_fields_are_chosen_and_ordered(self, run: Run) -> None:
        out, _ = run("list customers --limit 1 --format jsonl --fields company,id")
        assert out == '{"company": "Company 1", "customer_id": 1}\n'

    def test_an_unknown_field_is_refused_with_near_ones(self, run: Run) -> None:
        message, code = run.fails("list customers --fields compny")
        assert "did you mean company" in message
        assert code == Exit.USAGE
        assert run.account.requests == []

    def test_a_secret_field_is_never_printed(self, run: Run) -> None:
        assert run.fails("list users --fields password")[1] == Exit.USAGE

    def test_csv_is_safe_for_spreadsheets(self, run: Run) -> None:
        hostile = '=HYPERLINK("http://x","y")'
        run.account = Account(
            1,
            bill_addr1=hostile,
            superuser_phone="+49 30 1",
            custom_1="-5.00",
            custom_2="@x\ny",
            custom_3="a\rb",
        )
        fields = "company,balance,bill_addr1,superuser_phone,custom_1,custom_2,custom_3"
        out, _ = run(f"list customers --raw --format csv --fields {fields}")
        names, values = list(csv.reader(io.StringIO(out, newline="")))
        assert names[:2] == ["company", "balance"]
        assert values == ["Company 1", "-1.5", "'" + hostile, "'+49 30 1", "'-5.00", "'@x\ny", "a\rb"]

    def test_a_table_shows_no_escape_sequences(self, run: Run) -> None:
        run.account = Account(2)
        run.account.rows[0]["company"] = "Evil\x1b]52;c;aGk=\x07\u202e 株式会社" + "x" * 200
        out, err = run("list customers")
        assert for_programs(out) == out
        assert "␛]52;c;aGk=␇\u202e" in out, "a program gets all that its terminal does not act on"
        assert err == (
            "cotui: control characters in the values are written as marks, such as ␛; "
            "--raw and JSON have them as they are\n"
        )
        assert "…" in out
        assert len(out.splitlines()) == 3

    @pytest.mark.parametrize("form", ["table", "csv"])
    def test_raw_values_keep_their_control_characters(self, run: Run, form: str) -> None:
        run.account = Account(1)
        run.account.rows[0]["company"] = "Evil\x1b[2J\x9b\x7f"
        assert run(f"list customers --raw --format {form}")[0].count("Evil\x1b[2J\x9b\x7f") == 1
        assert "Evil\x1b[2J" in run(f"get customers 1 --raw --format {form}")[0]

    def test_a_table_has_the_catalogue_s_columns(self, run: Run) -> None:
        head, first, *_ = run("list customers --limit 2")[0].splitlines()
        assert "Company" in head
        assert "Company 1" in first


class TestGet:
    def test_by_id_and_by_key(self, run: Run) -> None:
        assert json.loads(run("get customers 12 --format json")[0])["customer_id"] == 12
        assert "Company 1" in run("get customer external_key:x")[0]
        assert run.paths() == ["customer/12", "customer/external_key:x"]

    def test_a_record_that_is_not_there_has_its_own_exit_code(self, run: Run) -> None:
        message, code = run.fails("get customers 9999")
        assert code == Exit.NOT_FOUND == 4
        assert message.startswith("There is no customer 9999.\n")
        assert "No such customer." in message
        assert message.endswith("Search with: cotui list customers 'company ~ …'")
        message, code = run.fails("get customer external_key:abc123")
        assert message.startswith("There is no customer external_key:abc123.\n")
        assert code == Exit.NOT_FOUND
        assert "refresh" not in message

    @pytest.mark.parametrize("word", ["maple", "", ".", "external_key:", "token:", "name:x", "-1", "1.5"])
    def test_a_reference_is_a_number_or_a_key(self, run: Run, word: str) -> None:
        message, code = run.fails("get customer", "--", word)
        assert message == (
            f'REF is a number, external_key:… or token:…, not "{word}".\n'
            "Search with: cotui list customers 'company ~ …'"
        )
        assert code == Exit.USAGE
        assert run.account.requests == []

    def test_the_way_to_search_is_one_that_works(self, run: Run) -> None:
        for resource in RESOURCES.values():
            hint = search_hint(resource).removeprefix("Search with: ")
            command, word, *rest = shlex.split(hint.removeprefix("cotui "))
            assert command == "list"
            if resource.id != "report":
                assert read_resource(word) is resource
            if rest != ["FILTER"]:
                assert parse(rest[0].replace("…", "x"), resource).conditions

    def test_csv_has_the_names_first(self, run: Run) -> None:
        assert (
            run("get customers 12 --format csv --fields id,company")[0]
            == "customer_id,company\n12,Company 12\n"
        )


def test_count_is_a_number(run: Run) -> None:
    assert run("count customers")[0] == "250\n"


def test_a_value_that_nobody_knows_is_no_confident_nothing(run: Run) -> None:
    run.account = Account(0)
    for command in ("count customers", "list customers --format jsonl"):
        out, err = run(command, "company = bluebird")
        assert out in ("0\n", "")
        assert err == "cotui: company ~ bluebird looks for it inside longer texts.\n"
        assert run(command)[1] == ""


def test_a_status_that_is_none_is_refused_before_anything_is_sent(run: Run) -> None:
    message, code = run.fails("count payments", "status = declind")
    assert code == Exit.USAGE
    assert "status is never “declind”. Did you mean declined?" in message
    assert run.account.requests == []


def test_advice_names_no_keys_of_screens(run: Run) -> None:
    for text in ("bluebird", "customer = bluebird"):
        message, _ = run.fails("count payments", text)
        assert "In Customers, company ~ bluebird finds it.\n" in message.replace(
            ". Payments can", ".\nPayments can"
        )


class TestReport:
    def test_without_a_number_the_reports_are_listed(self, run: Run) -> None:
        assert json.loads(run("report --format json")[0]) == run.account.reports
        assert "Open Balances" in run("report")[0]

    def test_by_number_and_by_name(self, run: Run) -> None:
        assert json.loads(run("report 7 --format json")[0]) == run.account.report_rows
        out, _ = run("report --format csv", "open balances")
        assert out.splitlines()[0] == "customer,due,note"

    def test_a_name_that_is_not_there(self, run: Run) -> None:
        assert run.fails("report nothing")[1] == Exit.NOT_FOUND

    def test_a_number_that_is_not_there(self, run: Run) -> None:
        run.account = lambda: httpx.MockTransport(lambda _: answer(None, 404, "No such report."))
        message, code = run.fails("report 99")
        assert message.startswith("There is no report 99.\nThe server says: No such report.\n")
        assert message.endswith("cotui report lists them.")
        assert code == Exit.NOT_FOUND

    def test_all_rows_over_several_pages(self, run: Run) -> None:
        run.account.report_rows = [{"row": number} for number in range(2500)]
        out, err = run("report 7 --limit all --format jsonl")
        assert [json.loads(line)["row"] for line in out.splitlines()] == list(range(2500))
        assert err == ""

    def test_a_limit_that_cuts_is_told(self, run: Run) -> None:
        run.account.report_rows = [{"row": number} for number in range(2500)]
        _, err = run("report 7 --limit 10 --format jsonl")
        assert "printed 10 of 2,500" in err

    def test_columns_that_come_late_are_told(self, run: Run) -> None:
        run.account.report_rows = [{"a": 1}] * 1000 + [{"a": 1, "late\x1b": 2}]
        out, err = run("report 7 --limit all --format csv")
        assert len(out.splitlines()) == 1002
        assert "late␛" in err

    def test_a_filter_is_posted(self, run: Run) -> None:
        run("report 7 due > 3")
        assert "due:GT:3" in run.account.requests[-1].content.decode()


class TestFaults:
    def test_a_wrong_filter_shows_where(self, run: Run) -> None:
        message, code = run.fails("list customers", "country = Canada or company = x")
        assert code == Exit.USAGE
        line, marks = message.split("\n")[1:3]
        assert line[marks.index("^") :].startswith("or")
        assert run.account.requests == []

    @pytest.mark.parametrize("words", ["nonsense = 3", "compny ~ x", "balance = 1", "maple"])
    def test_the_fields_are_listed_once(self, run: Run, words: str) -> None:
        message, _ = run.fails("list customers", words)
        assert message.count("superuser_email") <= 1
        assert "tab shows" not in message

    def test_what_could_stand_there_is_told(self, run: Run) -> None:
        message, _ = run.fails("list customers", "company")
        assert message.split("\n")[-1].startswith("expected: =, !=")

    def test_an_unknown_resource(self, run: Run) -> None:
        message, code = run.fails("list custommers")
        assert message == 'there is no resource "custommers"; did you mean customers?'
        assert code == Exit.USAGE
        assert "cotui report" in run.fails("list reports")[0]

    @pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", ""])
    def test_a_limit_is_a_number_or_all(self, run: Run, limit: str) -> None:
        with pytest.raises(SystemExit) as end:
            run(f"list customers --limit={limit}")
        assert end.value.code == Exit.USAGE

    @pytest.mark.parametrize(
        ("status", "code"), [(400, Exit.API), (401, Exit.REFUSED), (403, Exit.REFUSED), (404, Exit.NOT_FOUND)]
    )
    def test_what_the_server_says_is_told_harmlessly(self, run: Run, status: int, code: Exit) -> None:
        run.account = lambda: httpx.MockTransport(lambda _: answer(False, status, "Said \x1b[31mno"))
        message, got = run.fails("count customers")
        assert got == code
        assert "Said ␛[31mno" in message
        assert "hunter2" not in message

    def test_a_connection_that_fails(self, run: Run) -> None:
        def refuse(request: httpx.Request) -> httpx.Response:
            raise httpx.ConnectError("[Errno -2] Name or service not known", request=request)

        run.account = lambda: httpx.MockTransport(refuse)
        assert run.fails("get customers 1")[1] == Exit.API

    def test_a_url_that_cannot_work_is_a_matter_of_configuration(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(ENV, "COTUI_URL", "http://elsewhere.example")
        message, code = run.fails("count customers")
        assert code == Exit.CONFIG
        assert "http" in message

    def test_no_username(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(ENV, "COTUI_USERNAME")
        assert run.fails("count customers") == (
            "COTUI_USERNAME is not set, but environment needs it.",
            Exit.CONFIG,
        )

    def test_no_profile(self) -> None:
        with pytest.raises(CommandError, match="There is no profile yet") as error:
            run_data_command("count", ["customers"], env={"COTUI_CONFIG": "/nonexistent/config.toml"})
        assert error.value.code == Exit.CONFIG


def test_what_nobody_sees_on_a_command_line_is_left_out_with_a_word(run: Run) -> None:
    _, err = run("count customers", 'company ~ "Ac\u200bme\ufeff"')
    assert err == "cotui: what can't be seen was left out: U+200B, U+FEFF\n"
    assert run.account.requests[-1].url.params["where"] == "company:CONTAINS:Acme"
    for blank, what in (
        ("\t", "tab"),
        ("\u2028", "U+2028"),
        ("\u00a0", "U+00A0 (now a plain blank)"),
        ("\n\t", ""),
    ):
        _, err = run("count customers", f'company ~ "Ac{blank}me"')
        assert err == (f"cotui: what can't be seen was left out: {what}\n" if what else "")
        assert run.account.requests[-1].url.params["where"].split() == ["company:CONTAINS:Ac", "me"]
    run("get customers", "external_key:\u00adx")
    assert run.paths()[-1] == "customer/external_key:x"


class TestNames:
    """Numbers of customers go with names, unless nobody wants them."""

    @pytest.fixture
    def billed(self, run: Run) -> Run:
        account = run.account
        plain = account._handle

        def handle(request: httpx.Request) -> httpx.Response:
            match request.url.path.removeprefix("/api/v3/").split("/"):
                case ["invoice"]:
                    rows = [
                        {"invoice_id": number, "refnumber": str(number), "customer_id": 1 + number % 2}
                        for number in range(1, 5)
                    ]
                    return answer(rows)
                case ["invoice", "_count"]:
                    return answer(4)
                case ["invoice", number]:
                    return answer({"invoice_id": int(number), "customer_id": 2})
                case ["_bulk"]:
                    items = json.loads(request.content)
                    found = [{"customer_id": 0} for _ in items]
                    for item, row in zip(items, found, strict=True):
                        row |= account.rows[int(item["uri"].rpartition("/")[2]) - 1]
                    account.requests.append(request)
                    whole = [{"code": 200, "status": "OK", "message": "", "response": row} for row in found]
                    return answer({"_bulk": whole})
            return plain(request)

        account._handle = handle  # type: ignore[method-assign]
        return run

    def test_csv_has_a_column_for_them(self, billed: Run) -> None:
        out, _ = billed("list invoices --format csv --fields number,customer,company")
        assert out.splitlines()[:3] == ["refnumber,customer_id,company", "1,2,Company 2", "2,1,Company 1"]
        whole, _ = billed("list invoices --format csv")
        assert ",customer_id,company," in whole.splitlines()[0]
        plain, _ = billed("list invoices --format csv --no-names")
        assert "company" not in plain

    def test_json_has_them_under_names(self, billed: Run) -> None:
        out, _ = billed("list invoices --format json")
        assert json.loads(out)[0]["_names"] == {"customer_id": "Company 2"}
        plain, _ = billed("list invoices --format json --no-names")
        assert "_names" not in plain
        chosen, _ = billed("list invoices --limit 1 --format jsonl --fields customer")
        assert chosen == '{"customer_id": 2}\n'
        one, _ = billed("get invoice 5 --format json")
        assert json.loads(one)["_names"] == {"customer_id": "Company 2"}

    def test_a_table_has_them_instead(self, billed: Run) -> None:
        out, _ = billed("list invoices")
        assert "Company 2" in out
        assert "Customer" not in out.splitlines()[0]
        page, _ = billed("get invoice 5")
        assert "Company     Company 2" in page.replace("   ", "     ", 1) or "Company 2" in page

    def test_no_names_asks_for_none(self, billed: Run) -> None:
        billed("list invoices --no-names --format csv")
        assert not any(request.url.path.endswith("_bulk") for request in billed.account.requests)

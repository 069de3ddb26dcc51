"""What the views say of a ledger in which everything happened once: against the contracts, and both versions."""

from fractions import Fraction
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ledger.database import open_engine
from ledger.indexer import converge
from ledger.schema import upgrade
from tests.api.conftest import Served

OUT = ("unallocated allocated_unspent spent_on_lots spent_on_services prepaid transferred_out refunded").split()
IN = "received transfers_in interest sale_proceeds deficit".split()


def test_summary__real_records__are_the_contracts_counters_and_the_exercise_is_apart(served: Served) -> None:
    summary = served.get("/summary")
    (cny,) = [one for one in summary["real"]["money"] if one["currency"] == "CNY"]
    funds = [one for one in served.items("/funds") if one["currency"] == "CNY"]
    for term in (*IN, *OUT):
        assert cny["totals"][f"{term}_minor"] == sum(one["totals"][f"{term}_minor"] for one in funds)
    (exercise,) = summary["exercise"]["money"]
    assert (exercise["totals"]["received_minor"], exercise["totals"]["donations"]) == (777, 1)
    assert summary["real"]["records"]["donations"] == 7
    assert summary["real"]["lists"] == {"lists": 1, "rows": 3, "recorded": 1, "held_back": 1, "refused": 1}


def test_funds__beside_the_contract__same_totals(served: Served) -> None:
    chain = served.world.chain
    for fund in served.items("/funds") + served.items("/funds", exercise=True):
        (totals,) = chain.call_function("FundLedger", "totalsOf", (bytes.fromhex(fund["fund_id"]),))
        assert list(totals) == [fund["totals"][f"{term}_minor"] for term in (*IN, *OUT)]


def test_fund__at_an_earlier_block__as_an_index_that_ends_there_has_it(served: Served, tmp_path: Path) -> None:
    fund_id = served.life.fund.hex()
    opened = served.item(f"/funds/{fund_id}")["history"]["place"]["block_number"]
    shorter = open_engine(f"sqlite:///{tmp_path / 'shorter.sqlite'}")
    upgrade(shorter)
    chain, done = served.world.chain, 0
    for number in (opened, opened + 3, opened + 11, opened + 40):
        converge(shorter, chain, served.world.documents, chain.deployment, blocks_max=number + 1 - done)
        done = number + 1
        then = TestClient(create_app(shorter, served.world.documents, None)).get(f"/v1/funds/{fund_id}").json()
        answer = served.get(f"/funds/{fund_id}", at_block=number)
        assert answer["item"]["totals"] == then["item"]["totals"]
        assert answer["as_of_block"] == then["as_of_block"] == number
        assert answer["journals"] == then["journals"]


def test_fund__before_it_was_opened__is_zero(served: Served) -> None:
    answer = served.item(f"/funds/{served.life.fund.hex()}", at_block=0)
    assert answer["moved_at_block"] is None
    assert set(answer["totals"].values()) == {0}


def test_lists__without_and_with_exercise__never_both(served: Served) -> None:
    real, fictional = served.items("/donations"), served.items("/donations", exercise=True)
    assert {one["exercise"] for one in real} == {False}
    assert [one["amount_minor"] for one in fictional] == [777]
    assert served.items("/donations", exercise=True, organisation=2) == []


def test_donations__filtered__only_those(served: Served) -> None:
    listed = served.items("/donations", publisher="Red Cross", list_name="01")
    assert [one["row_no"] for one in listed] == [1, 2, 3, 4, 5]
    assert served.items("/donations", list_name="02") == []
    first, last = listed[0]["proof"]["journal_no"], listed[-1]["proof"]["journal_no"]
    assert served.items("/donations", after=first, before=last) == listed[1:-1]
    marked = served.items("/donations", fund=listed[0]["fund_id"])
    assert {one["fund_id"] for one in marked} == {listed[0]["fund_id"]}
    assert served.items("/donations", in_effect=False) == []


def test_donation__read__with_its_transaction_refund_promise_and_evidence(served: Served) -> None:
    payment = served.item(f"/donations/{served.life.payment.hex()}")
    place = payment["history"]["place"]
    receipt = served.world.chain.rpc.call("eth_getTransactionReceipt", place["transaction_hash"])
    assert int(receipt["blockNumber"], 16) == place["block_number"]
    assert [one["amount_minor"] for one in payment["refunds"]] == [100]
    assert payment["reduced_minor"] == 100
    assert payment["fulfils"]["promise_id"] == served.life.commitment.hex()
    gift = served.item(f"/donations/{served.life.gifts[0].hex()}")
    assert [one["doc_type"] for one in gift["history"]["evidence"]] == ["A01"]
    found = served.item(f"/donations/{served.life.gifts[1].hex()}")["history"]["discrepancies"]
    assert [one["discrepancy_id"] for one in found] == [served.life.finding.hex()]


def test_donor__anywhere__never_by_name(served: Served) -> None:
    for path in ("/donations", "/donations-in-kind", "/pledges", "/evidence"):
        for one in served.items(path):
            text = served.client.get(one.get("url") or one["document"]).text
            assert "donor 1" not in text
            assert "A company" not in text


def test_row_14__reconciled__4000_unexplained_as_published_and_0_as_corrected(served: Served) -> None:
    (lot,) = served.items("/reconciliation/lots")
    assert lot["as_published"] == {"given": 36_000, "stated": 32_000, "unexplained": 4_000}
    assert lot["in_effect"] == {"given": 36_000, "stated": 36_000, "unexplained": 0}
    assert lot["changed"]
    assert lot["words"] == [{"field": "item", "was": "N95", "now": "KN95"}]
    assert lot["item_name"] == "N95 mask"
    assert served.items("/reconciliation/lots", unexplained=True) == []
    reports = served.items("/reported-distributions", lot=lot["lot_id"])
    assert [(one["recorded_quantity"], one["quantity"]) for one in reports] == [(16_000, 18_000)] * 2


def test_correction__of_a_figure_and_of_words__both_versions_are_shown(served: Served) -> None:
    report = served.item(f"/reported-distributions/{served.life.row_14.reports[0]}")
    by_reason = {one["reason"]: one for one in report["history"]["corrections"]}
    assert by_reason["incorrect_data"]["delta"] == 2_000
    assert by_reason["words"]["changes"] == [{"field": "item", "was": "N95", "now": "KN95"}]
    assert report["item_name"] == "N95 mask"
    assert [one["delta"] for one in report["history"]["adjustments"]] == [2_000]
    correction = served.item(by_reason["words"]["url"].removeprefix("/v1"))
    assert correction["author_id"] != correction["approver_id"]
    assert correction["target_id"] == report["report_id"]


def test_reconciliation__per_item_and_unit__received_reported_and_difference(served: Served) -> None:
    rows = {one["unit"]: one for one in served.items("/reconciliation")}
    assert rows["piece"]["received"] == 38_310
    assert rows["piece"]["reported"] == 54_000
    assert rows["piece"]["difference"] == 38_310 - 54_000
    assert served.items("/reconciliation", differing=False, unit="piece") == []


def test_list__read__rows_recorded_held_back_and_refused(served: Served) -> None:
    (listed,) = served.items("/lists")
    assert (listed["rows"], listed["recorded"], listed["held_back"], listed["refused"]) == (3, 1, 1, 1)
    (held,) = served.items(listed["held_back_rows"].removeprefix("/v1"), changed=True)
    assert held["changes"] == [{"field": "date", "was": "2020-01-27", "now": "2020-01-28"}]
    assert served.items(listed["held_back_rows"].removeprefix("/v1"), changed=False) == []
    (refused,) = served.items(listed["refused_rows"].removeprefix("/v1"))
    assert refused["reason"] == "There is no amount."


def test_needs__number_not_given__is_null_and_repeated_ones_are_not_added_up(served: Served) -> None:
    needs = {one["need_id"]: one for one in served.items("/needs")}
    assert (needs[served.life.need.hex()]["recorded_quantity"], needs[served.life.need.hex()]["quantity"]) == (100, 80)
    assert needs[served.life.repeated.hex()]["repeated"]
    (covered,) = served.items("/coverage")
    assert (covered["needs"], covered["asked"]) == (2, 80)
    assert covered["allocated_without_request"] == 5
    assert covered["over_coverage"]
    assert covered["coverage_percent"] == covered["allocated_for_need"] * 100 // 80


def test_goods_allocation__without_request__is_flagged(served: Served) -> None:
    flagged = served.items("/goods-allocations", without_request=True)
    assert flagged[0]["allocation_id"] == served.life.unsent.hex()
    assert flagged[0]["reason"] == "They asked by phone."
    # The other one cites a need that nobody approved.
    assert [one["need_id"] for one in flagged] == [None, served.life.repeated.hex()]
    assert served.life.shared.hex() in {
        one["allocation_id"] for one in served.items("/goods-allocations", over_coverage=True)
    }


def test_consignment__partly_received__lines_receipts_custody_and_what_is_outstanding(served: Served) -> None:
    seen = served.item(f"/consignments/{served.life.consignment.hex()}")
    (line,) = seen["lines"]
    assert (line["dispatched"], line["good"], line["damaged"], line["lost"], line["over"]) == (60, 50, 2, 1, 3)
    assert (line["written_off"], line["outstanding"]) == (7, 0)
    assert [one["is_final"] for one in seen["receipts"]] == [False, True]
    assert seen["receipts"][1]["lines"][0]["recorded"] == {"good": 10, "damaged": 2, "lost": 1, "over": 0}
    assert [one["custodian_id"] for one in seen["custody"]] == [15]
    assert sum(one["quantity"] for one in seen["write_offs"]) == 7
    assert {one["kind"] for one in seen["history"]["discrepancies"]} == {"outstanding"}
    waiting = served.items("/consignments", outstanding=True)
    assert {one["consignment_id"] for one in waiting} == {served.life.whole.hex(), served.life.partly.hex()}


def test_lot__read__where_it_is_and_what_happened_to_it(served: Served) -> None:
    lot = served.item(f"/lots/{served.life.second_lot.hex()}")
    (totals,) = served.world.chain.call_function("SupplyLedger", "quantitiesOf", (served.life.second_lot,))
    names = list(lot["quantities"])
    assert list(totals) == [lot["quantities"][name] for name in names]
    assert {one["kind"] for one in lot["movements"]} >= {"quarantine", "disposal", "sale", "distribution", "loss"}
    by_id = {one["record_id"]: one for one in lot["movements"]}
    sold, proposed = by_id[served.life.sold.hex()], by_id[served.life.never_sold.hex()]
    assert (sold["state"], sold["actor_id"], sold["second_person_id"]) == ("recorded", 14, 16)
    assert (proposed["state"], proposed["second_person_id"]) == ("proposed", None)
    assert by_id[served.life.distributed.hex()]["recipients"] == 40
    assert sold["recipients"] is None
    assert sum(one["usable"] for one in lot["balances"]) == lot["quantities"]["usable"]
    assert [one["counted"] for one in lot["counts"]] == [700]
    assert [one["side"] for one in lot["transformations"]] == ["input"]
    assert lot["recalls"] == 1


def test_discrepancy__resolved_and_open__with_every_step(served: Served) -> None:
    seen = served.item(f"/discrepancies/{served.life.written_off.hex()}")
    assert seen["state"] == "resolved"
    assert [one["step"] for one in seen["resolutions"]] == ["proposed", "rejected", "proposed", "confirmed"]
    assert [one["note"] for one in seen["answers"]] == ["It fell off."]
    still_open = {one["discrepancy_id"] for one in served.items("/discrepancies", unresolved=True)}
    assert served.life.finding.hex() in still_open
    assert served.life.written_off.hex() not in still_open


def test_organisation__read__persons_as_numbers_and_grants_that_still_wait(served: Served) -> None:
    seen = served.item("/organisations/2")
    (waiting,) = [one for one in seen["roles"] if one["grant_id"] == served.life.waiting.hex()]
    assert (waiting["state"], waiting["outside"], waiting["person_id"]) == ("waiting", True, 3)
    assert waiting["takes_effect_at"] > served.get("/summary")["as_of_time"]
    assert {one["state"] for one in seen["roles"] if one is not waiting} == {"in_effect"}
    assert "title" not in str(seen)
    assert "0x" not in str(seen)


def test_flows__of_every_fund__in_equals_out(served: Served) -> None:
    for fund in served.items("/flows"):
        incoming = sum(one["amount_minor"] for one in fund["incoming"])
        assert incoming == sum(one["amount_minor"] for one in fund["outgoing"])
    named = [one for fund in served.items("/flows") for one in fund["outgoing"] if one["target_fund_id"]]
    assert {one["target"] for one in named} == {"disbursed", "converted"}


def test_evidence__by_digest__its_bytes_as_they_were_anchored(served: Served) -> None:
    import hashlib

    for one in served.items("/evidence"):
        response = served.client.get(one["document"])
        assert hashlib.sha256(response.content).hexdigest() == one["document_digest"]
        assert response.headers["content-security-policy"] == "default-src 'none'; sandbox"
        about = served.item(one["document"].removeprefix("/v1") + "/metadata")
        assert about["size_bytes"] == len(response.content)
        assert about["media_type"] == response.headers["content-type"].split(";")[0]
    content = served.item(f"/donations/{served.life.gifts[0].hex()}")["content_digest"]
    assert served.client.get(f"/v1/evidence/{content}").json()["kind"] == "donation"


def test_evidence__changed_on_disk__is_refused_rather_than_served(served: Served) -> None:
    document = served.world.documents.put(b"to be damaged", "text/plain")
    (path,) = served.world.settings.documents_path.glob(f"*/{document.digest.hex()}.*")
    path.write_bytes(b"was damaged!!")
    response = served.client.get(f"/v1/evidence/{document.digest.hex()}")
    assert response.status_code == 500
    assert response.json()["title"] == "DocumentCorrupt"
    path.unlink()
    assert served.client.get(f"/v1/evidence/{document.digest.hex()}").status_code == 404


# Traces


def ends(step: dict) -> list[dict]:
    return [end for child in step["children"] for end in ends(child)] if step["children"] else [step]


@pytest.mark.parametrize("number", range(5))
def test_trace_of_a_donation__any__shares_are_fractions_that_add_up_to_1(number: int, served: Served) -> None:
    trace = served.item(f"/donations/{served.life.gifts[number].hex()}/trace")
    assert sum(Fraction(end["share"]) for end in ends(trace["root"])) == 1
    assert trace["shares_sum"] == "1"


def test_trace_of_a_bought_lot__up__names_donors_page_by_page(served: Served) -> None:
    path = f"/lots/{served.life.bought.hex()}/trace"
    whole = served.item(path, limit=200)
    assert whole["shares_sum"] == "1"
    assert whole["next_after"] is None
    paged, after = [], None
    while True:
        page = served.item(path, limit=2, **({"after": after} if after else {}))
        paged += page["donors"]
        after = page["next_after"]
        if after is None:
            break
    assert paged == whole["donors"]
    parts = [Fraction(one["share"]) + Fraction(one["unattributed"]) for one in paged]
    assert sum(parts) + sum(Fraction(one["share"]) for one in whole["others"]) == 1


def test_trace_of_a_receipt__to_the_gift_in_kind_and_back(served: Served) -> None:
    receipt = served.life.receipt.hex()
    (line,) = served.item(f"/receipts/{receipt}/trace")["lines"]
    assert [end["record_id"] for end in ends(line["origin"]["root"])] == [served.life.gift_in_kind.hex()]
    down = served.item(f"/donations-in-kind/{served.life.gift_in_kind.hex()}/trace")
    assert down["shares_sum"] == "1"
    assert receipt in str(down["root"])

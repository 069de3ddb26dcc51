"""Published goods, needs and hand-outs, end to end; and row 14 with its published correction."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import record_id
from ledger.errors import BadInput, TransactionRefused
from ledger.imports.distributions import import_distributions
from ledger.imports.goods import import_goods
from ledger.imports.goods_flow import value_from_text
from ledger.imports.lists import ListName, ListOptions
from ledger.imports.needs import import_needs
from ledger.imports.published_corrections import import_corrections
from ledger.imports.stated import Share, Stated, shares_in, stated_in
from ledger.models.catalogue import Facility, Item
from ledger.models.correction import Adjustment, Correction
from ledger.models.lot import DonationInKind, Lot, Valuation
from ledger.models.need import Need
from ledger.models.publication import ImportList, RefusedRow, ReportedDistribution
from ledger.settings import ROOT
from tests.ledger.import_world import HUBEI, WUHAN, World

HISTORY = ROOT / "scripts" / "history"
FLOW = ListName(HUBEI, "use of donated goods")
RECEIVED = ListOptions(publisher=WUHAN, list_name="goods received")
HANDED_OUT = ListOptions(publisher=WUHAN, list_name="goods handed out")
NEEDS = ListOptions(publisher=WUHAN, list_name="hospital needs")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = World(tmp_path_factory.mktemp("goods"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def received(world):
    outcome = import_goods(world.importer(), HISTORY / "goods_received.csv.gz", RECEIVED)
    world.index()
    return outcome


@pytest.fixture(scope="module")
def needs(world):
    outcome = import_needs(world.importer(), HISTORY / "hospital_needs.json.gz", NEEDS)
    world.index()
    return outcome


@pytest.fixture(scope="module")
def handed_out(world):
    outcome = import_distributions(world.importer(), HISTORY / "goods_distributed.csv.gz", HANDED_OUT)
    world.index()
    return outcome


@pytest.fixture(scope="module")
def flow(world):
    outcome = import_goods(
        world.importer(), HISTORY / "hubei_goods_flow.csv.gz", ListOptions(publisher=HUBEI, list_name=FLOW.list_name)
    )
    world.index()
    return outcome


def of_list(world, model, name):
    return [row for row in world.rows(model) if (row["publisher"], row["list_name"]) == tuple(name)]


def test_import_goods__published_list__each_line_a_donation_with_one_lot(world, received):
    (one,) = received.lists
    assert (one.rows, one.recorded, one.refused) == (341, 341, [])
    assert dict(one.counts) == {"items": 276, "donations in kind": 341, "lots": 341}
    donations = of_list(world, DonationInKind, one.name)
    assert len(donations) == 341
    assert {row["date"] for row in donations} == {"2020-01-28", "2020-01-29"}
    lots = of_list(world, Lot, one.name)
    assert len(lots) == 341
    assert sum(row["commissioned"] for row in lots if row["row_no"] == 1) == 198


def test_import_goods__lines_without_a_unit__stay_without_and_are_named(world, received):
    assert "No unit is published in rows 216, 217, 218, 245, 246: their items have none." in received.lists[0].gaps
    lots = {row["row_no"]: row for row in of_list(world, Lot, received.lists[0].name)}
    items = {row["item_id"]: row for row in world.rows(Item)}
    assert [items[lots[row]["item_id"]]["unit"] for row in (216, 217, 218, 245, 246)] == [None] * 5
    assert items[lots[1]["item_id"]]["unit"] == "件"


def test_import_needs__published_submissions__number_not_given_where_it_was_not(world, needs):
    (one,) = needs.lists
    assert dict(one.counts) == {
        "submissions": 227,
        "facilities": 219,
        "items": 39,
        "needs": 2_095,
        "needs without a number": 1_831,
    }
    rows = of_list(world, Need, one.name)
    assert len(rows) == 2_095
    assert sum(row["quantity"] == 0 for row in rows) == 1_809 + 22
    assert len({row["facility_id"] for row in rows}) < 219
    assert sum(row["repeated"] for row in rows) == 20


def test_import_needs__place_published_in_two_ways__left_out_and_named(world, needs):
    assert any(gap.startswith("天门市第一人民医院 is published with different places") for gap in needs.lists[0].gaps)
    (facility,) = [row for row in world.rows(Facility) if row["name"] == "天门市第一人民医院"]
    assert (facility["province"], facility["city"], facility["district"]) == ("湖北", None, "天门市")


def test_import_distributions__published_list__statements_that_move_no_stock(world, received, handed_out):
    (one,) = handed_out.lists
    assert (one.rows, one.recorded, dict(one.counts)) == (202, 202, {"items": 42, "reported distributions": 202})
    rows = of_list(world, ReportedDistribution, one.name)
    assert len(rows) == 202
    assert {row["lot_id"] for row in rows} == {None}
    assert all(row["distributed"] == 0 for row in world.rows(Lot))


def test_imports__run_again__nothing_changes(world, received, needs, handed_out, flow):
    before = world.journals()
    import_goods(world.importer(), HISTORY / "goods_received.csv.gz", RECEIVED)
    import_needs(world.importer(), HISTORY / "hospital_needs.json.gz", NEEDS)
    import_distributions(world.importer(), HISTORY / "goods_distributed.csv.gz", HANDED_OUT)
    assert world.journals() == before


def test_import_goods__flow_table__lots_only_where_plainly_stated(world, flow):
    (one,) = flow.lists
    assert (one.rows, one.recorded) == (17, 17)
    lots = of_list(world, Lot, FLOW)
    with_lots = {row["row_no"] for row in lots}
    assert set(range(1, 18)) - with_lots == {2, 4, 8, 9}
    assert len(lots) == 20
    assert "No quantity with one unit is plainly stated in rows 2, 4, 8, 9: their donations have no lot." in one.gaps


def test_import_goods__flow_table__values_exact_and_only_where_published(world, flow):
    by_donation = {row["donation_id"]: row["row_no"] for row in of_list(world, DonationInKind, FLOW)}
    values = {by_donation[row["donation_id"]]: row["value_minor"] for row in world.rows(Valuation)}
    assert set(range(1, 18)) - values.keys() == {12}
    assert values[9] == 14_927_000
    assert values[15] == 360_000
    assert sum(values.values()) == 862_457_000
    assert {row["currency"] for row in world.rows(Valuation)} == {"CNY"}


def row_14(world):
    """The lot's quantity, and what is stated as handed out of it, in effect and as recorded."""
    (lot,) = [row for row in of_list(world, Lot, FLOW) if row["row_no"] == 14]
    reported = [row for row in world.rows(ReportedDistribution) if row["lot_id"] == lot["lot_id"]]
    return (
        lot["commissioned"],
        {row["recipient"]: row["quantity"] for row in reported},
        {row["recipient"]: row["recorded_quantity"] for row in reported},
    )


def test_import_corrections__row_14__first_four_thousand_unexplained_then_none(world, flow):
    as_published = {"武汉仁爱医院": 16_000, "武汉天佑医院": 16_000}
    given_, stated, recorded = row_14(world)
    assert (given_, stated, recorded) == (36_000, as_published, as_published)
    assert given_ - sum(stated.values()) == 4_000
    assert any("Row 14: 36,000 were given and 32,000 are stated" in gap for gap in flow.lists[0].gaps)

    corrections = HISTORY / "corrections.csv.gz"
    by_same_person = {"approver": "corrector"}
    with pytest.raises(TransactionRefused):
        import_corrections(world.importer(account="corrector"), corrections, FLOW, **by_same_person)
    world.index()
    assert row_14(world)[1] == as_published

    for _ in range(2):
        import_corrections(world.importer(account="corrector"), corrections, FLOW, approver="correction-approver")
    world.index()
    given_, stated, recorded = row_14(world)
    assert (given_, recorded) == (36_000, as_published)
    assert stated == {"武汉仁爱医院": 18_000, "武汉天佑医院": 18_000}
    assert given_ - sum(stated.values()) == 0
    assert [row["delta"] for row in world.rows(Adjustment)] == [2_000, 2_000]
    declared = world.rows(Correction)
    assert sorted(row["reason"] for row in declared) == ["incorrect_data", "incorrect_data", "words", "words"]
    assert {row["state"] for row in declared} == {"approved"}
    assert all(row["actor_id"] != row["approver_id"] for row in declared)
    assert all("published correction" in row["note"] for row in declared)


def test_import_corrections__change_that_cannot_be_read__nothing_declared(world, flow, tmp_path):
    path = tmp_path / "corrections.csv"
    header = "published,corrects_file,corrects_row,field,was,now,note\n"
    before = world.journal("Corrections")
    for change, message in (
        ("2020-01-31,f,14,donor,a,b,", "a change of 'donor' cannot be applied"),
        ("2020-01-31,f,14,items,N95口罩36000个,KN95口罩35000个,", "is not a change of words alone"),
        ("2020-01-31,f,14,recipient,甲医院1万,甲医院,", "does not state each recipient's quantity"),
        ("2020-01-31,f,x,items,a,b,", "line 2: corrects_row is not a row number"),
    ):
        path.write_text(header + change + "\n", encoding="utf-8")
        with pytest.raises(BadInput, match=message):
            import_corrections(world.importer(account="corrector"), path, FLOW, approver="correction-approver")
    assert world.journal("Corrections") == before


def test_import_goods__bad_lines__listed_and_the_good_ones_recorded(world, tmp_path):
    path = tmp_path / "goods.csv"
    path.write_text(
        "date,donor,item,unit,quantity\n"
        '2020-01-28,甲,口罩,箱,"1,200"\n'
        "2020-01-28,甲,口罩,箱,-1\n"
        "2020-01-28,甲,口罩,箱,2.5\n"
        "2020-01-28,甲,,箱,5\n"
        "2020-01-28,甲,护目镜,,\n",
        encoding="utf-8",
    )
    outcome = import_goods(world.importer(), path, ListOptions(publisher=WUHAN, list_name="bad goods"))
    (one,) = outcome.lists
    assert [(refusal.line, refusal.column, refusal.reason) for refusal in one.refused] == [
        (3, "quantity", "is negative"),
        (4, "quantity", "is not a whole number"),
        (5, "item", "is missing"),
    ]
    assert (one.recorded, one.counts["donations in kind"], one.counts["lots"]) == (2, 2, 1)
    assert "No quantity is published in row 5: their donations have no lot." in one.gaps
    world.index()
    (report,) = world.rows(ImportList, list_name="bad goods")
    assert (report["rows"], report["recorded"], report["refused"]) == (5, 2, 3)
    assert len(world.rows(RefusedRow, evidence_id=report["evidence_id"])) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "is not JSON"),
        ("{}", "is not a list. Expected is a list of submissions"),
        ("[]", "is not a list"),
    ],
)
def test_import_needs__unusable_file__refused_with_what_is_expected(world, tmp_path, text, message):
    path = tmp_path / "needs.json"
    path.write_text(text)
    with pytest.raises(BadInput, match=message):
        import_needs(world.importer(), path, NEEDS)


def test_import_needs__bad_members__listed_and_the_good_ones_recorded(world, tmp_path):
    path = tmp_path / "needs.json"
    path.write_text(
        json.dumps(
            [
                {
                    "facility": "甲医院",
                    "supplies": [{"item": "口罩", "quantity": 500}, {"item": "口罩", "quantity": -5}],
                },
                {"facility": "", "supplies": [{"item": "口罩", "quantity": True}]},
                {"facility": "乙医院"},
            ]
        )
    )
    outcome = import_needs(world.importer(), path, ListOptions(publisher=WUHAN, list_name="bad needs"))
    (one,) = outcome.lists
    assert [(refusal.row, refusal.column) for refusal in one.refused] == [
        (1, "quantity"),
        (2, "facility"),
        (2, "quantity"),
        (3, "supplies"),
    ]
    assert one.recorded == 1


def test_import_needs__one_is_a_number__kept(world, tmp_path):
    path = tmp_path / "needs.csv"
    path.write_text("facility,item,quantity\n丙医院,呼吸机,1\n丙医院,呼吸机,\n", encoding="utf-8")
    for one_is_a_number, list_name, expected in ((False, "ones", [0, 0]), (True, "ones kept", [0, 1])):
        options = ListOptions(publisher=WUHAN, list_name=list_name)
        import_needs(world.importer(), path, options, one_is_a_number=one_is_a_number)
        world.index()
        needs = [row for row in world.rows(Need) if row["list_name"] == list_name]
        assert sorted(row["quantity"] for row in needs) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N95口罩36000个", [Stated("N95口罩36000个", "N95口罩", 36_000, "个")]),
        (
            "莲花清瘟胶囊（24粒装）13.5万盒",
            [Stated("莲花清瘟胶囊（24粒装）13.5万盒", "莲花清瘟胶囊（24粒装）", 135_000, "盒")],
        ),
        ("盐酸阿比多胶囊（400盒）", [Stated("盐酸阿比多胶囊（400盒）", "盐酸阿比多胶囊", 400, "盒")]),
        ("聚维酮碘消毒液1400瓶60箱", [Stated("聚维酮碘消毒液1400瓶60箱", "聚维酮碘消毒液1400瓶60箱")]),
        ("140*90mm3900片", [Stated("140*90mm3900片", "140*90mm3900片")]),
        ("双黄连口服液", [Stated("双黄连口服液", "双黄连口服液")]),
        ("口罩（甲1200盒、乙2万只）", [Stated("口罩（甲1200盒、乙2万只）", "口罩（甲1200盒、乙2万只）")]),
        ("口罩1.23456万只", [Stated("口罩1.23456万只", "口罩1.23456万只")]),
    ],
)
def test_stated_in__published_text__read_only_where_it_is_plain(text, expected):
    assert stated_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("武汉仁爱医院1.6 武汉天佑医院1.6万", [Share("武汉仁爱医院", 16_000), Share("武汉天佑医院", 16_000)]),
        ("徐家棚社区72个 上海中医医院医疗队72", [Share("徐家棚社区", 72), Share("上海中医医院医疗队", 72)]),
        ("武汉火车站 武昌火车站", [Share("武汉火车站", 0), Share("武昌火车站", 0)]),
        ("甲医院1.5 乙医院20", [Share("甲医院1.5", 0), Share("乙医院20", 0)]),
        ("甲医院5 乙医院3万", [Share("甲医院5", 0), Share("乙医院3万", 0)]),
        ("甲医院5个 乙医院3万个", [Share("甲医院", 5), Share("乙医院", 30_000)]),
    ],
)
def test_shares_in__published_recipients__read_only_where_it_is_plain(text, expected):
    assert shares_in(text) == expected


@given(st.integers(1, 10**9), st.sampled_from("盒瓶只个台袋"))
def test_stated_in__any_quantity_and_unit__read_back(quantity, unit):
    (part,) = stated_in(f"医用口罩{quantity}{unit}")
    assert part == Stated(f"医用口罩{quantity}{unit}", "医用口罩", quantity, unit)


def test_value_from_text__units_of_ten_thousand__exact_fen():
    assert value_from_text("500") == 500_000_000
    assert value_from_text("0.36") == 360_000
    assert value_from_text("") is None
    with pytest.raises(BadInput, match="has more decimals"):
        value_from_text("0.0000001")


def test_import_corrections__ids__do_not_depend_on_who_imports(world, flow):
    expected = record_id(3, "reported_distribution", *FLOW, 14, "武汉仁爱医院", 0).hex()
    assert expected in {row["report_id"] for row in world.rows(ReportedDistribution)}

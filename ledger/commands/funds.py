"""Opening a fund, and the income of a fund that is no gift (R1)."""

from ledger.canonical import NO_RECORD
from ledger.codes import IncomeKind
from ledger.commands.desk import Desk, Draft, Key, amount, currency_code, earmark, new_id, put_content, write

CONTRACT = "FundLedger"


def open_fund(
    desk: Desk, *, key: Key, name: str, currency: str, purpose: str | None = None, place: str | None = None
) -> Draft:
    """Opens a fund in one currency, with a coded purpose and place or none (R1). The name is public."""
    fund_id = new_id(desk, "fund", key)
    coded = currency_code(currency)
    content = put_content(desk, "fund", name=name, currency=currency, purpose=purpose, place=place)
    return write(desk, CONTRACT, "openFund", fund_id, (fund_id, coded, earmark(purpose, place), content))


def record_income(
    desk: Desk,
    *,
    key: Key,
    fund_id: bytes,
    kind: IncomeKind,
    amount_minor: int,
    sale_id: bytes = NO_RECORD,
    date: str | None = None,
    note: str | None = None,
) -> Draft:
    """Records interest, or the proceeds of a sale, which it cites (R1)."""
    income_id = new_id(desk, "income", key)
    content = put_content(desk, "income", date=date, note=note)
    args = (income_id, fund_id, kind, amount(amount_minor), sale_id, content)
    return write(desk, CONTRACT, "recordIncome", income_id, args)

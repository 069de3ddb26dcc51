"""Traces: who bears what, as exact shares (R5)."""

from api.schemas.fields import Address, Count, Currency, Id, Minor, Text, View, about

SHARE = "A fraction in lowest terms, exact: 1/3."


class TraceStep(View):
    """One step. Its children divide it without a rest: their shares of it add up to exactly 1."""

    kind: str = about("What the step is: donation, allocation, expenditure, lot, consignment, usable ...", "allocation")
    record_id: Id | None = about("The record that it is; null where it is none.")
    share: str = about(f"Of the whole trace. {SHARE}", "1/3")
    share_of_parent: str = about(f"Of the step before. {SHARE}", "1/2")
    amount_minor: Minor | None = about("Of money, for display: rounded by largest remainder, adds up exactly.")
    currency: Currency | None = about("ISO 4217; null for goods.")
    quantity: str | None = about("Of goods, in the item's unit; an integer or an exact fraction.", "120")
    name: Text | None = about("What it is called, as published; null: not published.", "N95 mask")
    method: Text | None = about("How the children divide it: earmarked, pro rata, by cost, by quantity ...", "pro rata")
    receipt_ids: list[Id] = about("Receipts that counted these goods.")
    children: list["TraceStep"] = about("What it became, or came from.", [])


class Descent(View):
    """From a gift, or a lot, to where it is now. The shares of all ends add up to exactly 1."""

    root: TraceStep = about("The first step, with everything after it.")
    shares_sum: str = about("Sum of the shares of all ends: always 1.", "1")


class Donor(View):
    """A donation that bears a part of it."""

    donation_id: Id = about("The donation.")
    fund_id: Id = about("Its fund.")
    amount_minor: Minor = about("What was given, in the fund's currency.")
    share: str = about(f"What it bears of the whole. {SHARE}", "1/320")
    unattributed: str = about("The part of it that was refunded or corrected afterwards, and nobody bears.", "0")
    donation: Address = about("The donation.", "/v1/donations/" + "00000002" + "ab" * 28)


class OtherSource(View):
    """A part that no donation bears."""

    kind: str = about("income, or unattributed.", "income")
    record_id: Id = about("The record that it is.")
    share: str = about(f"Of the whole. {SHARE}", "1/50")


class Ascent(View):
    """From goods back to who gave: the way as a tree, a page of the donors behind it, and the proof of the sum."""

    lot_id: Id = about("The lot.")
    root: TraceStep = about("The lot, with everything it came from down to allocations and gifts in kind.")
    donors: list[Donor] = about("Donations that bear the money behind it, by fund and position: this page of them.")
    next_after: str | None = about("Pass it as `after` for more donors; null: these were the last.", "00" * 32 + "-7")
    others: list[OtherSource] = about("What no donation bears.")
    shares_sum: str = about("Sum of all shares, donors on every page included: always 1.", "1")


class ReceiptLineOrigin(View):
    """A line of a receipt, and where its lot came from."""

    line_no: Count = about("Line of the consignment.", 0)
    good: Count = about("Counted in good condition.")
    origin: Ascent = about("Where the lot came from, with the first donors.")
    all_donors: Address = about(
        "The donors, page by page.", "/v1/lots/" + "00000002" + "ab" * 28 + "/trace?direction=up"
    )


class ReceiptOrigin(View):
    """From a receipt back to who gave what it counted, line by line; units are never added (R6)."""

    receipt_id: Id = about("The receipt.")
    lines: list[ReceiptLineOrigin] = about("Its lines.")

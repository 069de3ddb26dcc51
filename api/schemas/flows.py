"""The published view that joins money's steps: for each fund, what came in and where it went. Both sides are equal."""

from api.schemas.fields import Currency, Id, Minor, View, about


class Flow(View):
    """A ribbon: so much of the currency from one place to another."""

    source: str = about("donors, interest, sale_proceeds, transfers_in, deficit, or `fund`.", "donors")
    target: str = about("`fund`, or where its money went: unallocated, allocated_unspent, lots ...", "fund")
    target_fund_id: Id | None = about("The other member's fund, where it went to one; null otherwise.")
    amount_minor: Minor = about("How much, in the fund's currency; never zero.")


class FundFlows(View):
    """A fund's ribbons: those into it add up to those out of it."""

    fund_id: Id = about("The fund.")
    organisation_id: int = about("Whose fund.", 2)
    organisation_name: str | None = about("As it calls itself; null: not published.", "Hubei Red Cross")
    name: str | None = about("The fund, as its organisation calls it; null: not published.", "Epidemic relief")
    currency: Currency = about("ISO 4217. Different currencies are never added.")
    incoming: list[Flow] = about("Into the fund.")
    outgoing: list[Flow] = about("Out of it, or still in it.")

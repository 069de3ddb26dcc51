"""What else happens to the stock of consignments at the facilities: handed out by two persons, or no longer set aside."""

from tests.properties.consignment_figures import organisation_of, require
from tests.properties.discrepancy_model import DiscrepancyModel


class FacilityModel(DiscrepancyModel):
    def propose_distribution(self, who: int, new: bytes, lot: bytes, facility: bytes, quantity: int) -> object:
        self.role(who, organisation_of(facility))
        if new in self.releases:
            return False
        stock = self.stock(lot, facility)
        free = stock.usable - stock.reserved
        require(quantity <= free, "StockInsufficient", lot, facility, quantity, free)
        self.releases[new] = [who, 0, lot, facility, quantity]
        return True

    def distribute(self, who: int, release: bytes) -> object:
        self.role(who, organisation_of(release))
        author, second, lot, facility, quantity = self.releases[release]
        if second == who:
            return False
        require(not second, "ProposalUnexpectedState", release, 2, 1)
        require(author != who, "SamePerson", release, who)
        stock = self.stock(lot, facility)
        free = stock.usable - stock.reserved
        require(quantity <= free, "StockInsufficient", lot, facility, quantity, free)
        stock.usable -= quantity
        self.distributed[lot] = self.distributed.get(lot, 0) + quantity
        self.releases[release][1] = who
        return True

    def release(self, who: int, allocation: bytes) -> object:
        self.role(who, organisation_of(allocation))
        known = self.allocations[allocation]
        if known.is_released:
            return False
        left = self.remaining(allocation)
        stock = self.stock(known.lot, known.origin)
        stock.reserved -= left
        stock.cover_from_usable(left)
        known.is_released = True
        return None

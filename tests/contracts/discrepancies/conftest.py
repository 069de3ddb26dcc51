"""A finding to answer, to resolve and to decide."""

import pytest
from consignments import journeys
from goods import goods
from names import CHARITY, MASKS, digest, record_id

__all__ = ["goods", "journeys"]
FINDING = record_id(CHARITY, "finding")


@pytest.fixture
def finding(discrepancies, auditor):
    discrepancies.openFinding(FINDING, MASKS, digest("finding"), auditor.tx)
    return FINDING


@pytest.fixture
def proposed(discrepancies, finding, corrector):
    discrepancies.proposeResolution(finding, 1, digest("explained"), corrector.tx)
    return finding

"""A finding to answer, to resolve and to decide."""

import pytest
from consignments import journeys
from goods import goods
from names import CHARITY, MASKS, digest, finding_id

__all__ = ["goods", "journeys"]
FINDING = finding_id(CHARITY)


@pytest.fixture
def finding(discrepancies, auditor):
    discrepancies.openFinding(FINDING, MASKS, digest("finding"), auditor.tx)
    return FINDING


@pytest.fixture
def proposed(discrepancies, finding, corrector):
    discrepancies.proposeResolution(finding, 1, 1, 0, digest("explained"), corrector.tx)
    return finding

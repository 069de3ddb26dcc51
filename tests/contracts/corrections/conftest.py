"""A report to correct, and declarations about it."""

import pytest
from names import CHARITY, MASKS, ZERO, ascii_word, digest, record_id

WORDS, DID_NOT_OCCUR, INCORRECT_DATA = range(3)
REPORT = record_id(CHARITY, "report")


@pytest.fixture(scope="module")
def report(publications, importer):
    publications.reportDistributions(CHARITY, [(REPORT, MASKS, ZERO, 16_000, digest("row"))], importer.tx)
    return REPORT


@pytest.fixture(scope="session")
def declaration():
    """A declaration about the report, as declareErrors takes it; every field can be given."""

    def make(number, reason, **given):
        fields = {
            "correctionId": record_id(CHARITY, "correction", number),
            "part": ascii_word("Publications"),
            "targetId": REPORT,
            "reason": reason,
            "reasonCode": ascii_word("typing-error", 16),
            "correctiveId": record_id(CHARITY, "difference", number) if reason == INCORRECT_DATA else ZERO,
            "lineNo": 0,
            "field": 0,
            "delta": 2_000 if reason == INCORRECT_DATA else 0,
            "noteDigest": digest(f"note {number}"),
        }
        assert set(given) <= set(fields)
        return tuple((fields | given).values())

    return make

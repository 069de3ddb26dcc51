"""The writes of Catalogue, for the suite that every contract passes."""

from behaviours.writes import PartOnly, Write
from names import CHARITY, MASKS, PARTNER_CHARITY, STORE, ZERO, digest, record_id

NEW, FOREIGN = record_id(CHARITY, "new"), record_id(PARTNER_CHARITY, "new")


def _register(function: str) -> Write:
    return Write(
        "Catalogue",
        function,
        "clerk",
        "INTAKE_CLERK",
        arguments=lambda _: (CHARITY, [(NEW, digest("a"))]),
        again="importer",
        other=lambda _: (CHARITY, [(NEW, digest("b"))]),
        conflict_id=NEW,
        foreign=lambda _: (CHARITY, [(FOREIGN, digest("a"))]),
        foreign_id=FOREIGN,
        is_batch=True,
    )


WRITES = [_register("registerItems"), _register("registerFacilities")]
# They refuse Corrections as well, and so change nothing: the ABI calls them views.
PART_ONLY = [
    PartOnly("Catalogue", "reverseRecord", "Corrections", (STORE, 1)),
    PartOnly("Catalogue", "adjustRecord", "Corrections", (MASKS, ZERO, 0, 0, 1, 1)),
]

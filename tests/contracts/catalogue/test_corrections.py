"""Catalogue.reverseRecord, Catalogue.adjustRecord: what stands in a catalogue is not taken back

├── when the caller is not Corrections            → NotPart (behaviours)
└── when it is, whatever the record               → NotCorrectable
"""

from names import MASKS, STORE, ZERO, record_id
from parts import acting
from reverts import refusal_of


def test_corrections__any_entry__not_correctable(ledger, catalogue):
    caller = acting(ledger, "Corrections")["from"]
    for entry in (MASKS, STORE):
        assert refusal_of(catalogue.reverseRecord, (entry, 1), caller) == ("NotCorrectable", entry)
        assert refusal_of(catalogue.adjustRecord, (entry, ZERO, 0, 0, 1, 1), caller) == ("NotCorrectable", entry)


def test_in_effect__unknown__false(catalogue):
    assert not catalogue.inEffect(record_id(2, "unknown"))

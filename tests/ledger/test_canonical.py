"""Canonical bytes, ids and commitments."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import (
    canonical_bytes,
    digest,
    donor_commitment,
    donor_salt,
    finding_id,
    from_hex,
    organisation_of,
    record_id,
)
from ledger.errors import BadInput

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FLAT = st.dictionaries(TEXT, TEXT | WHOLE | st.booleans() | st.none(), max_size=8)


@given(FLAT)
def test_canonical_bytes__any_flat_object__same_object_when_read_back(content):
    assert json.loads(canonical_bytes(content)) == content


@given(FLAT, st.randoms())
def test_canonical_bytes__fields_in_another_order__same_bytes(content, chance):
    shuffled = list(content.items())
    chance.shuffle(shuffled)
    assert canonical_bytes(dict(shuffled)) == canonical_bytes(content)


def test_canonical_bytes__rfc_8785_sorts_by_utf_16__as_the_standard_shows():
    content = {"\u20ac": "Euro Sign", "\r": "Carriage Return", "1": "One", "\U0001f600": "Smiley", "\u00f6": "o"}
    assert list(json.loads(canonical_bytes(content))) == ["\r", "1", "\u00f6", "\u20ac", "\U0001f600"]
    assert canonical_bytes({"a": '\u000f\n"\\湖北'}) == b'{"a":"\\u000f\\n\\"\\\\' + "湖北".encode() + b'"}'


@pytest.mark.parametrize("content", [2**53, {"a": float("nan")}, {"a": "\ud800"}, {"a": object()}])
def test_canonical_bytes__no_canonical_form__bad_input(content):
    with pytest.raises(BadInput, match="no canonical JSON form"):
        canonical_bytes(content)


@given(st.integers(1, 2**32 - 1), TEXT, st.lists(TEXT | WHOLE, min_size=1, max_size=4))
def test_record_id__any_key__begins_with_the_organisation_and_repeats(organisation_id, kind, key):
    made = record_id(organisation_id, kind, *key)
    assert len(made) == 32
    assert organisation_of(made) == organisation_id
    assert made == record_id(organisation_id, kind, *key)
    assert made[4:] == hashlib.sha256(canonical_bytes([kind, *key])).digest()[:28]


@given(st.lists(TEXT, min_size=2, max_size=3))
def test_record_id__key_split_elsewhere__another_id(key):
    joined = "".join(key)
    assert record_id(1, "donation", *key) != record_id(1, "donation", joined)
    assert record_id(1, "donation", *key) != record_id(2, "donation", *key)


def test_finding_id__any__even_and_else_as_it_was():
    made = [record_id(1, "finding", number) for number in range(8)]
    assert {one[-1] % 2 for one in made} == {0, 1}, "there are both to begin with"
    assert [finding_id(one) for one in made] == [one[:-1] + bytes([one[-1] - one[-1] % 2]) for one in made]


def test_record_id__text_and_number_of_one_look__differ():
    assert record_id(1, "donation", "A", 1) != record_id(1, "donation", "A", "1")


@pytest.mark.parametrize("organisation_id", [0, -1, 2**32])
def test_record_id__no_organisation__bad_input(organisation_id):
    with pytest.raises(BadInput, match="organisation's number"):
        record_id(organisation_id, "donation", "k")


def test_donor_commitment__salt_and_name__opens_and_hides():
    donation = record_id(1, "donation", "k")
    salt = donor_salt(b"secret", donation)
    assert donor_commitment(salt, "名") == hashlib.sha256(salt + "名".encode()).digest()
    assert donor_salt(b"secret", donation) == salt
    assert donor_salt(b"other", donation) != salt
    assert donor_salt(b"secret", record_id(1, "donation", "l")) != salt


def test_digest__known_content__as_anybody_computes_it():
    assert digest({"b": 1, "a": "x"}) == hashlib.sha256(b'{"a":"x","b":1}').digest()


@given(st.binary(min_size=32, max_size=32))
def test_from_hex__with_and_without_0x__the_bytes(record):
    assert from_hex(record.hex()) == from_hex("0x" + record.hex()) == record


@pytest.mark.parametrize("text", ["", "0x", "ab", "zz" * 32, "ab" * 33])
def test_from_hex__not_an_id__bad_input_naming_it(text):
    with pytest.raises(BadInput, match="64 hexadecimal digits"):
        from_hex(text, "fund")

"""Calls as bytes, refusals as sentences, and codes as the interfaces have them."""

import re
from pathlib import Path

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from ledger import contracts, refusals
from ledger.codes import ENUMS, ROLES, ascii_code, code_text
from ledger.errors import BadInput, NotFound, WrongChain

INTERFACES = Path(contracts.__file__).resolve().parent.parent / "contracts"
BATCH_FUNCTIONS = [
    ("FundLedger", "recordDonations"),
    ("Catalogue", "registerItems"),
    ("NeedLedger", "publishNeeds"),
    ("SupplyLedger", "recordDonationsInKind"),
    ("SupplyLedger", "commissionBought"),
    ("Publications", "anchorEvidence"),
    ("Participants", "linkAccounts"),
    ("Participants", "registerOrganisations"),
]


def values(abi_type: str) -> st.SearchStrategy:
    """Values of an ABI type, as eth_abi takes them."""
    if abi_type.endswith("[]"):
        return st.lists(values(abi_type[:-2]), max_size=3)
    if abi_type.startswith("("):
        return st.tuples(*(values(one) for one in fields_of(abi_type)))
    if abi_type == "bool":
        return st.booleans()
    if abi_type == "address":
        return st.binary(min_size=20, max_size=20).map(lambda raw: "0x" + raw.hex())
    size = int(re.sub(r"\D", "", abi_type))
    if abi_type.startswith("bytes"):
        return st.binary(min_size=size, max_size=size)
    return st.integers(0, 2**size - 1)


def fields_of(abi_type: str) -> list[str]:
    fields, depth = [""], 0
    for character in abi_type[1:-1]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            fields.append("")
        else:
            fields[-1] += character
    return fields


@pytest.mark.parametrize(("contract", "function"), BATCH_FUNCTIONS)
@given(st.data())
def test_encode_batch__any_lines__same_bytes_as_the_library(contract: str, function: str, data: st.DataObject):
    described = contracts.function_of(contract, function)
    head_args = data.draw(st.tuples(*(values(one) for one in described.inputs[:-1])))
    lines = data.draw(values(described.inputs[-1]))
    head = contracts.encode_head(contract, function, head_args)
    encoded = [contracts.encode_line(contract, function, line) for line in lines]
    expected = described.selector + encode(described.inputs, (*head_args, lines))
    assert contracts.encode_batch(contract, function, head, encoded) == expected
    assert contracts.encode_call(contract, function, (*head_args, lines)) == expected


@pytest.mark.parametrize(
    "line",
    [
        (b"x", 1, bytes(32), bytes(32)),
        (bytes(32), -1, bytes(32), bytes(32)),
        (bytes(32), 2**64, bytes(32), bytes(32)),
        (bytes(32), 1, bytes(33), bytes(32)),
        (bytes(32), 1, bytes(32)),
        (bytes(32), "1", bytes(32), bytes(32)),
    ],
)
def test_encode_line__does_not_fit__bad_input(line):
    with pytest.raises(BadInput, match=r"recordDonations"):
        contracts.encode_line("FundLedger", "recordDonations", line)


def test_encode_call__wrong_number_of_arguments__named():
    with pytest.raises(BadInput, match=r"approveAllocation takes 1 arguments \(allocationId\), not 2"):
        contracts.encode_call("FundLedger", "approveAllocation", (bytes(32), 1))


def test_function_of__no_such_function__not_found():
    with pytest.raises(NotFound, match="FundLedger has no function burn"):
        contracts.function_of("FundLedger", "burn")


def test_decode_result__bytes_of_something_else__wrong_chain():
    with pytest.raises(WrongChain, match="is it deployed here"):
        contracts.decode_result("FundLedger", "journal", b"\x01")


@pytest.mark.parametrize("contract", contracts.contract_names())
def test_sentence_of__every_error_of_every_contract__has_a_sentence_of_its_own(contract: str):
    for error in contracts.errors_by_selector(contract).values():
        args = {name: example(abi_type) for name, abi_type in zip(error.names, error.types, strict=True)}
        sentence = refusals.sentence_of(error.name, args, error.internal_types)
        assert not sentence.startswith("The contract refused"), error
        assert sentence.endswith((".", "on."))
        assert "{" not in sentence


def test_sentences__each__is_of_an_error_that_exists():
    known = {error.name for name in contracts.contract_names() for error in contracts.errors_by_selector(name).values()}
    assert set(refusals.SENTENCES) <= known


def example(abi_type: str):
    if abi_type == "address":
        return "0x" + "ab" * 20
    if abi_type == "bytes":
        return b""
    return bytes(int(abi_type[5:])) if abi_type.startswith("bytes") else 1


def test_decode_revert__line_of_a_batch__the_lines_own_error_with_its_index():
    inner = keccak(text="AmountOutOfRange(bytes32,uint256)")[:4] + encode(["bytes32", "uint256"], [b"\xab" * 32, 0])
    revert = keccak(text="LineRefused(uint256,bytes)")[:4] + encode(["uint256", "bytes"], [17, inner])
    refusal = contracts.decode_revert(revert)
    assert (refusal.name, refusal.line_index) == ("AmountOutOfRange", 17)
    assert refusal.args_by_name == {"recordId": b"\xab" * 32, "amount": 0}
    assert refusal.message == "The amount 0 of record abababababab…, or a total it adds to, is not within 1 to 2^53-1."
    assert refusal.exit_code == 3


def test_decode_revert__state__named_as_the_interface_names_it():
    selector = keccak(text="AllocationUnexpectedState(bytes32,uint8,uint8)")[:4]
    refusal = contracts.decode_revert(selector + encode(["bytes32", "uint8", "uint8"], [bytes(32), 3, 2]), "FundLedger")
    assert refusal.message == "Allocation none is closed; this needs approved."


def test_decode_revert__role__as_text():
    selector = keccak(text="MissingRole(address,uint32,bytes32,bytes32)")[:4]
    words = encode(
        ["address", "uint32", "bytes32", "bytes32"], ["0x" + "11" * 20, 2, ascii_code("ALLOCATOR", 32), bytes(32)]
    )
    refusal = contracts.decode_revert(selector + words)
    assert refusal.args_by_name["role"] == "ALLOCATOR"
    assert "does not hold the role ALLOCATOR in organisation 2" in refusal.message


@pytest.mark.parametrize(
    ("revert", "name"),
    [
        (b"", "NoReason"),
        (bytes.fromhex("08c379a0") + encode(["string"], ["no"]), "Error"),
        (bytes.fromhex("4e487b71") + encode(["uint256"], [17]), "Panic"),
        (b"\xde\xad\xbe\xef", "UnknownError"),
    ],
)
def test_decode_revert__what_no_contract_declares__still_a_sentence(revert: bytes, name: str):
    refusal = contracts.decode_revert(revert)
    assert refusal.name == name
    assert refusal.message.endswith(".")


def test_codes__every_enum__as_in_the_interface():
    sources = {path.stem: re.sub(r"//[^\n]*", "", path.read_text()) for path in INTERFACES.rglob("*.sol")}
    for name, enum in ENUMS.items():
        interface, member = name.split(".")
        body = re.search(rf"enum {member}\s*\{{([^}}]*)\}}", sources[interface])
        assert body, name
        assert [one.strip() for one in body[1].split(",")] == [one.name.rstrip("_") for one in enum]


def test_codes__every_role__as_in_the_contracts():
    source = (INTERFACES / "Roles.sol").read_text()
    assert set(re.findall(r'bytes32 internal constant \w+ = "(\w+)"', source)) == set(ROLES)


@given(st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=16))
def test_ascii_code__fits__same_text_back(text: str):
    assert code_text(ascii_code(text, 16)) == text

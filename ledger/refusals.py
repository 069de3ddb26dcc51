"""What a contract's refusal says in plain English. Every error that a contract declares has its sentence here.

Amounts are in the fund's minor unit and quantities in the item's, as the contract has them; ids are shortened, the
refusal's arguments carry them whole.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from string import Formatter
from typing import Any

from ledger.codes import ENUMS, code_text

# Where two contracts declare one name with other arguments, a sentence for each.
SENTENCES: dict[str, str | tuple[str, ...]] = {
    # IRecords: what every contract may refuse with
    "RecordConflict": "Record {recordId} was recorded before with other content; nothing was changed.",
    "RecordUnknown": "There is no record {recordId} in effect of the kind that this needs.",
    "ForeignRecordId": "The id {recordId} is not one of organisation {organisationId}'s own.",
    "AmountOutOfRange": "The amount {amount} of record {recordId}, or a total it adds to, is not within 1 to 2^53-1.",
    "SamePerson": "Person {personId} acted on record {recordId} before; this needs somebody else.",
    "LineRefused": "Line {index} of the batch was refused.",
    "BatchSizeOutOfRange": "A batch holds 1 to {limit} lines, not {size}.",
    "ExerciseMixed": "Records {recordId} and {otherId} cannot touch: one is of an exercise, the other is real.",
    "NotPart": "Only the ledger's own part {part} may do this, not {caller}.",
    "JournalOpen": "A contract was called back while it was writing.",
    # IParticipants
    "MissingRole": "Account {account} does not hold the role {role} in organisation {organisationId}.",
    "WritesArePaused": "A guardian paused all writing; reading goes on.",
    "AlreadySealed": "The bootstrap is over: the ledger is sealed.",
    "NotBootstrapper": "Before the seal only the deploying account writes here, and {account} is not it.",
    "AccountTaken": "Account {account} belongs to person {personId}.",
    "AccountUnknown": "No active person stands behind account {account}.",
    "GrantUnexpectedState": "Grant {grantId} is {current}; this needs {required}.",
    "OrganisationUnknown": "There is no organisation {organisationId}.",
    "PersonUnknown": "There is no person {personId}.",
    # IFundLedger
    "AllocationUnexpectedState": "Allocation {allocationId} is {current}; this needs {required}.",
    "DisbursementUnexpectedState": "Disbursement {disbursementId} is {current}; this needs {required}.",
    "RedesignationUnexpectedState": "Redesignation {redesignationId} is {current}; this needs {required}.",
    "FundOverallocated": "Fund {fundId} has {unallocatedMinor} unallocated, so {requestedMinor} cannot be allocated.",
    "FundInsufficient": "Fund {fundId} has {unallocatedMinor} unallocated, less than the {requestedMinor} asked for.",
    "ExpenditureExceeded": "Expenditure {expenditureId} has {openMinor} open, less than {requestedMinor}.",
    "RefundExceedsDonation": "Of donation {donationId} {refundableMinor} can be refunded, not {requestedMinor}.",
    "EarmarkBroken": (
        "The earmark of {sourceId} does not allow purpose {purpose}, place {place}.",
        "The earmark of lot {lotId} does not allow purpose {purpose}, place {place}.",
    ),
    "AllocationExceeded": (
        "Allocation {allocationId} has {unspentMinor} unspent, less than the {requestedMinor} asked for.",
        "Goods allocation {allocationId} has {remaining} left, less than the {requested} asked for.",
    ),
    "CurrencyMalformed": "{currency}, given for fund {fundId}, is not three capital letters.",
    "CurrencyUnchanged": "Fund {fundId} is in {currency} as well: a conversion crosses currencies.",
    "ConversionUnproven": (
        "Conversion {conversionId} needs the source of its rate and its evidence; given are {rateSourceDigest} and "
        "{evidenceDigest}."
    ),
    "RedesignationExceeded": "Redesignation {redesignationId} has {openMinor} open, less than {requestedMinor}.",
    "CurrencyMismatch": "Fund {fundId} is in {currency}; this needs {required}.",
    "CurrencyUnknown": "{currency}, given with record {recordId}, is not a currency's code.",
    "SameOrganisation": "Record {recordId} stays within organisation {organisationId}; this needs another one.",
    # INeedLedger
    "NeedUnexpectedState": "Need {needId} is {current}; this needs {required}.",
    "GoodsAllocationUnexpectedState": "Goods allocation {allocationId} is {current}; this needs {required}.",
    "ReasonMissing": "Goods allocation {allocationId} answers no need, so it has to give a reason.",
    "ItemMismatch": "Record {recordId} is about item {itemId}; this needs item {required}.",
    "WrongFacility": "Record {recordId} is about facility {facilityId}; this needs facility {required}.",
    # ISupplyLedger, IStockLedger
    "LossExceeded": "Of loss {lossId} {remaining} are still lost, less than {requested}.",
    "LotMismatch": "Goods allocation {allocationId} is of lot {required}, not of {lotId}.",
    "LotNotRecalled": "Recall {recallId} does not take in lot {lotId}.",
    "ProposalUnexpectedState": "Proposal {recordId} is {current}; this needs {required}.",
    "RecallIsClosed": "Recall {recallId} is closed.",
    "RecallUnfinished": "Recall {recallId} has {remaining} lots left to mark.",
    "StockInsufficient": "Facility {facilityId} has {available} of lot {lotId} free, less than {requested}.",
    "LotRecalledError": "Lot {lotId} is recalled.",
    "LotExpired": "Lot {lotId} expired on {expiryDate}.",
    "ExpiryExtended": "Lot {lotId} cannot expire on {expiryDate}: what it is made of expires on {earliest}.",
    "EvidenceMissing": "Transformation {transformationId} needs its evidence.",
    "EarmarksMixed": "Transformation {transformationId} would mix earmarks: lot {lotId} has another.",
    "CountTooSmall": "Distribution {recordId} names {recipients} people; below ten the count is left out.",
    "ValuerIsDonor": "Person {personId} gave donation {donationId} and cannot value it.",
    "ValueAlreadyDeclared": "Donation {donationId} has a declared value already: {valuationId}.",
    "DateImpossible": "{date}, given with record {recordId}, is not a date.",
    # IConsignmentLedger
    "ConsignmentUnexpectedState": "Consignment {consignmentId} is {current}, which does not allow this.",
    "ReceiptExceedsDispatch": (
        "Line {lineNo} of consignment {consignmentId} has {outstanding} outstanding, so {received} cannot be received."
    ),
    "LineUnknown": "Consignment {consignmentId} has no line {lineNo}.",
    "LineRepeated": "Receipt {receiptId} names line {lineNo} twice.",
    "AllocationRequired": "Line {lineNo} of consignment {consignmentId} carries out no approved allocation.",
    "AllocationInReturn": "Line {lineNo} of consignment {consignmentId} is a return; it carries out no allocation.",
    "NotCarrier": "Consignment {consignmentId} is carried by person {carrierId}, not {personId}.",
    "NotOverdue": "Consignment {consignmentId} is due at {dueAt}: it is not overdue, or nothing of it is outstanding.",
    "NothingOutstanding": "Line {lineNo} of consignment {consignmentId} has nothing outstanding.",
    "ReceiptEmpty": "Receipt {receiptId} counts nothing.",
    "ReturnMismatch": "Consignment {consignmentId} does not go back the way that {returnOfId} came.",
    "ReturnExceedsReceipt": (
        "Line {lineNo} of consignment {consignmentId} gives back {requested}, more than the {returnable} that arrived."
    ),
    # IDiscrepancies
    "DiscrepancyUnexpectedState": "Discrepancy {discrepancyId} is {current}; this needs {required}.",
    "FindingIdReserved": "The id {discrepancyId} is odd; those are kept for what the ledger itself opens.",
    "ResolutionCodeMissing": "The resolution of discrepancy {discrepancyId} needs a code.",
    "ProposalOutOfTurn": (
        "The next proposal for discrepancy {discrepancyId} is number {next}; this one says it is number {proposalNo}."
    ),
    "QuantityChanged": (
        "Discrepancy {discrepancyId} is about {quantity} now, not about {seen}: look at it before you propose."
    ),
    "ProposalSuperseded": (
        "Proposal {proposalNo} for discrepancy {discrepancyId} is not the last one; that is number {proposals}."
    ),
    # IPublications
    "DocumentMissing": "Evidence {evidenceId} names no document.",
    # ICorrections, ICorrectable
    "CorrectionUnexpectedState": "Correction {correctionId} is {current}; this needs {required}.",
    "NoteMissing": "Correction {correctionId} needs a note that is published.",
    "PartUnknown": "Correction {correctionId} names {part}, which is no part of the ledger.",
    "HasDependents": "{dependents} records stand on record {recordId}; declare those first, newest first.",
    "NotCorrectable": "Record {recordId} cannot be corrected in this way.",
    "AdjustmentBelowZero": "Record {recordId} has {current} on line {lineNo}; {delta} would take it below zero.",
}

_ID_DIGITS = 12


def sentence_of(name: str, args: Mapping[str, Any], internal_types: Sequence[str] = ()) -> str:
    """The refusal as a sentence. An error without one of its own is named with its arguments."""
    template = next((one for one in _templates(name) if names_in(one) <= args.keys()), None)
    types = dict(zip(args, internal_types, strict=False))
    words = {key: readable(key, value, types.get(key, "")) for key, value in args.items()}
    if template is None:
        listed = ", ".join(f"{key} {word}" for key, word in words.items())
        return f"The contract refused: {name}({listed})."
    return template.format_map(words)


def names_in(template: str) -> set[str]:
    """The arguments that a sentence speaks of."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _templates(name: str) -> tuple[str, ...]:
    known = SENTENCES.get(name, ())
    return (known,) if isinstance(known, str) else known


def readable(key: str, value: Any, internal_type: str = "") -> str:
    """An argument as people read it: a member's name, a code, a date, a shortened id, a number with its thousands."""
    if internal_type.startswith("enum "):
        return ENUMS[internal_type.removeprefix("enum ")](value).name.rstrip("_").lower()
    if isinstance(value, bytes):
        if len(value) < 32 or key in ("role", "part"):
            return code_text(value) or "none"
        return "none" if not any(value) else f"{value.hex()[:_ID_DIGITS]}…"
    if key == "dueAt":
        return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d %H:%M UTC")
    if key in ("expiryDate", "date", "earliest") and len(str(value)) == 8:
        return f"{str(value)[:4]}-{str(value)[4:6]}-{str(value)[6:]}"
    if isinstance(value, int) and not key.lower().endswith(("id", "no", "index")):
        return f"{value:,}"
    return str(value)

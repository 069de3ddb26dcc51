"""Every write, by noun and verb: `ledger allocation approve --as approver --allocation ID`."""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from ledger import commands
from ledger.canonical import from_hex
from ledger.chain import ChainClient
from ledger.cli import output
from ledger.cli.help import ABOUT, Commands
from ledger.cli.opened import Parts
from ledger.cli.signature import arguments_of, fields_of, flat_fields, parameter_of
from ledger.commands import (
    Draft,
    allocations,
    commitments,
    consignments,
    conversions,
    corrections,
    disbursements,
    discrepancies,
    donations,
    donations_in_kind,
    evidence,
    expenditures,
    facilities,
    funds,
    goods_allocations,
    items,
    lots,
    needs,
    participants,
    pledges,
    recalls,
    receipts,
    redesignations,
    refunds,
    reported_distributions,
    stock,
)
from ledger.database import table_of
from ledger.models.outbox import OutboxEntry, OutboxTransaction

Write = Callable[..., Draft]
WRITES: dict[str, dict[str, Write]] = {
    "organisation": {"register": participants.register_organisation},
    "person": {"register": participants.register_person},
    "link": {
        "add": participants.link_account,
        "remove": participants.unlink_account,
        "rotate": participants.rotate_account,
    },
    "role": {
        "grant": participants.grant_role,
        "cancel": participants.cancel_grant,
        "revoke": participants.revoke_role,
    },
    "writing": {"pause": participants.pause, "resume": participants.resume},
    "part": {"succeed": participants.name_successor},
    "fund": {"open": funds.open_fund},
    "income": {"record": funds.record_income},
    "pledge": {"record": pledges.record_pledge},
    "commitment": {"record": commitments.record_commitment},
    "donation": {"record": donations.record_donation, "pay": donations.record_payment},
    "refund": {"record": refunds.record_refund},
    "conversion": {"record": conversions.record_conversion},
    "redesignation": {
        "propose": redesignations.propose_redesignation,
        "approve": redesignations.approve_redesignation,
    },
    "allocation": {
        "propose": allocations.propose_allocation,
        "approve": allocations.approve_allocation,
        "cancel": allocations.cancel_allocation,
        "return": allocations.return_unspent,
        "close": allocations.close_allocation,
    },
    "expenditure": {"record": expenditures.record_expenditure, "refund": expenditures.record_supplier_refund},
    "disbursement": {
        "record": disbursements.record_disbursement,
        "acknowledge": disbursements.acknowledge_disbursement,
        "reject": disbursements.reject_disbursement,
    },
    "item": {"register": items.register_item},
    "facility": {"register": facilities.register_facility},
    "need": {"publish": needs.publish_need, "approve": needs.approve_need},
    "goods-allocation": {
        "propose": goods_allocations.propose_goods_allocation,
        "approve": goods_allocations.approve_goods_allocation,
        "cancel": goods_allocations.cancel_goods_allocation,
        "release": goods_allocations.release_goods_allocation,
    },
    "donation-in-kind": {
        "record": donations_in_kind.record_donation_in_kind,
        "value": donations_in_kind.declare_value,
    },
    "lot": {"commission": lots.commission_bought, "transform": lots.transform},
    "stock": {
        "quarantine": stock.quarantine,
        "release-quarantine": stock.release_quarantine,
        "propose-disposal": stock.propose_disposal,
        "propose-return": stock.propose_return_to_donor,
        "propose-sale": stock.propose_sale,
        "propose-distribution": stock.propose_distribution,
        "confirm-release": stock.confirm_release,
        "lose": stock.register_loss,
        "regain": stock.reverse_loss,
        "count": stock.count_stock,
        "propose-issue": stock.propose_issue_without_record,
        "confirm-issue": stock.confirm_issue_without_record,
        "propose-find": stock.propose_find,
        "confirm-find": stock.confirm_find,
    },
    "recall": {
        "open": recalls.open_recall,
        "extend": recalls.extend_recall,
        "recover": recalls.record_recovered,
        "close": recalls.close_recall,
    },
    "consignment": {
        "dispatch": consignments.dispatch,
        "accept": consignments.accept_custody,
        "receive": receipts.receive_consignment,
        "void": consignments.void_dispatch,
        "overdue": consignments.note_overdue,
    },
    "discrepancy": {
        "open": discrepancies.open_finding,
        "answer": discrepancies.answer,
        "propose": discrepancies.propose_resolution,
        "confirm": discrepancies.confirm_resolution,
        "reject": discrepancies.reject_resolution,
    },
    "correction": {
        "declare": corrections.declare_error,
        "approve": corrections.approve_corrections,
        "reject": corrections.reject_correction,
    },
    "distribution": {"report": reported_distributions.report_distribution},
    "evidence": {"anchor": evidence.anchor_document},
}

# What an option that is left out is read from, on the chain, and shown.
AS_IT_STANDS: dict[Write, Callable[[ChainClient, bytes], discrepancies.Standing]] = {
    discrepancies.propose_resolution: discrepancies.as_it_stands,
}

Account = Annotated[
    str, typer.Option("--as", metavar="ACCOUNT", help="Name of the account that signs: see `ledger account list`.")
]
OrganisationId = Annotated[
    int | None,
    typer.Option(
        "--for", metavar="NUMBER", help="Number of the organisation. Default: the one of the account's person."
    ),
]


def register(app: typer.Typer) -> None:
    """Adds a group of commands for each noun."""
    for noun, verbs in WRITES.items():
        group = typer.Typer(cls=Commands, no_args_is_help=True)
        for verb, function in verbs.items():
            group.command(verb, help=inspect.getdoc(function))(_command(noun, function))
        heading, about = ABOUT[noun]
        app.add_typer(group, name=noun, rich_help_panel=heading, help=f"{about}: {', '.join(verbs)}.")


def _command(noun: str, function: Write) -> Callable[..., None]:
    def run(*, signing_account: str, for_organisation: int | None, as_json: bool, **given: Any) -> None:
        parts = Parts()
        desk = parts.desk(signing_account, for_organisation)
        seen = _read_standing(function, given, parts)
        draft = function(desk, **arguments_of(function, given | seen, parts.documents))
        outcome = commands.submit(parts.engine, parts.chain, parts.keyring, draft)
        _show(parts, noun, draft, outcome.recorded, seen, as_json)

    keyword = inspect.Parameter.KEYWORD_ONLY
    own = [
        inspect.Parameter("signing_account", keyword, annotation=Account),
        inspect.Parameter("for_organisation", keyword, annotation=OrganisationId, default=None),
        inspect.Parameter("as_json", keyword, annotation=output.Json, default=False),
    ]
    fields = flat_fields(fields_of(function))
    if function in AS_IT_STANDS:
        fields = [
            one._replace(required=one.required and one.name not in discrepancies.Standing._fields) for one in fields
        ]
    parameters = [parameter_of(field) for field in fields]
    run.__signature__ = inspect.Signature(parameters + own)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters + own}
    return run


def _read_standing(function: Write, given: Mapping[str, Any], parts: Parts) -> dict[str, int]:
    # The record that the command is about is its first option.
    if function not in AS_IT_STANDS or given["discrepancy_id"] is None:
        return {}
    standing = AS_IT_STANDS[function](parts.chain, from_hex(given["discrepancy_id"], "--discrepancy"))
    return {name: value for name, value in standing._asdict().items() if given[name] is None}


def _show(parts: Parts, noun: str, draft: Draft, recorded: int, seen: Mapping[str, int], as_json: bool) -> None:
    entry, transaction = table_of(OutboxEntry).c, table_of(OutboxTransaction).c
    with Session(parts.engine) as session:
        block, transaction_hash = session.execute(
            select(transaction.block_number, transaction.hash)
            .join_from(
                table_of(OutboxEntry), table_of(OutboxTransaction), entry.transaction_sequence == transaction.sequence
            )
            .where(entry.key == draft.entries[-1].key)
        ).one()
    facts = {
        noun if as_json else "record": [record.hex() for record in draft.record_ids],
        "newly_recorded": recorded,
        **seen,
        "block": block,
        "transaction": transaction_hash,
    }
    output.show_facts("Recorded" if recorded else "Was recorded before; nothing changed", facts, as_json=as_json)

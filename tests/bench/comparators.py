"""What a competent user would write with the same libraries: the other side of every ratio."""

from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine, func
from sqlmodel import Field, Session, SQLModel, select
from web3 import Web3
from web3.contract import Contract

from ledger.contracts import artifact
from ledger.models.donation import Donation
from ledger.models.fund import Fund


class PlainDonation(SQLModel, table=True):
    """A donation as a plain indexer would store it."""

    __tablename__ = "plain_donation"

    donation_id: str = Field(primary_key=True)
    fund_id: str = Field(index=True)
    amount_minor: int
    donor_commitment: str
    content_digest: str
    block_number: int
    log_index: int


def contract_of(web3: Web3, name: str, address: str) -> Contract:
    """The contract as web3.py has it."""
    return web3.eth.contract(address=Web3.to_checksum_address(address), abi=artifact(name)["abi"])


def record_one_by_one(
    web3: Web3, contract: Contract, account: Any, fund_id: bytes, lines: list[tuple[Any, ...]]
) -> None:
    """Builds, signs and sends a transaction for each donation and waits for its receipt."""
    for line in lines:
        call = contract.functions.recordDonations(fund_id, line[3], [line])
        transaction = call.build_transaction(
            {
                "from": account.address,
                "nonce": web3.eth.get_transaction_count(account.address),
                "gas": 500_000,
                "gasPrice": 0,
            }
        )
        signed = account.sign_transaction(transaction)
        receipt = web3.eth.wait_for_transaction_receipt(
            web3.eth.send_raw_transaction(signed.raw_transaction), 60, 0.005
        )
        if receipt["status"] != 1:
            raise RuntimeError("a donation was refused")


def index_plainly(web3: Web3, contract: Contract, engine: Any, first: int, last: int) -> int:
    """get_logs, process_log and add_all, a commit for each stretch of blocks; returns how many events."""
    event = contract.events.DonationRecorded()
    done = 0
    for start in range(first, last + 1, 10):
        stretch = {"fromBlock": start, "toBlock": min(start + 9, last), "address": contract.address}
        with Session(engine) as session:
            rows = []
            for log in web3.eth.get_logs(stretch):
                if bytes(log["topics"][0]) != bytes.fromhex(event.topic.removeprefix("0x")):
                    continue
                found = event.process_log(log)
                rows.append(
                    PlainDonation(
                        donation_id=found["args"]["donationId"].hex(),
                        fund_id=found["args"]["fundId"].hex(),
                        amount_minor=found["args"]["amountMinor"],
                        donor_commitment=found["args"]["donorCommitment"].hex(),
                        content_digest=found["args"]["contentDigest"].hex(),
                        block_number=found["blockNumber"],
                        log_index=found["logIndex"],
                    )
                )
            session.add_all(rows)
            session.commit()
            done += len(rows)
    return done


def summing_app(engine: Engine) -> FastAPI:
    """An API that answers a fund's total by adding its rows up at each request."""
    app = FastAPI()

    @app.get("/funds/{fund_id}")
    def read_fund(fund_id: str) -> dict[str, Any]:
        with Session(engine) as session:
            row = session.exec(
                select(func.sum(Donation.amount_minor), func.count()).where(Donation.fund_id == fund_id)
            ).one()
            fund = session.get(Fund, fund_id)
        return {"fund_id": fund_id, "name": fund and fund.name, "received_minor": row[0], "donations": row[1]}

    return app

"""A chain with the ledger on it, for tests of imports: two publishers, an importer, and two people who correct."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ledger.canonical import record_id
from ledger.chain import ChainClient
from ledger.consortium import Consortium
from ledger.contracts import Deployment, decode_result, encode_call
from ledger.database import open_engine
from ledger.deployer import deploy
from ledger.documents import DocumentStore
from ledger.imports.importer import Importer
from ledger.indexer import converge
from ledger.keys import Keyring
from ledger.outbox import drain
from ledger.rpc import RpcClient
from ledger.schema import upgrade
from ledger.settings import Settings
from network import embedded

WUHAN, HUBEI = "Wuhan Red Cross", "Hubei Red Cross"
ORGANISATIONS = {WUHAN: 2, HUBEI: 3}
TODAY = date(2026, 1, 1)
HEADER = "source,row,date,donor,donor_kind,amount_cny"
SECRET = b"donor secret of the tests".ljust(32, b".")
CONSORTIUM = Consortium.model_validate(
    {
        "organisation": [
            {"number": 1, "name": "Consortium"},
            *({"number": number, "name": name} for name, number in ORGANISATIONS.items()),
        ],
        "person": [
            {
                "number": 1,
                "organisation": 1,
                "title": "Registrar",
                "accounts": ["registrar"],
                "roles": [{"role": "REGISTRAR"}, {"role": "GUARDIAN"}],
            },
            {
                "number": 2,
                "organisation": 1,
                "title": "Importer",
                "accounts": ["importer"],
                "roles": [{"role": "IMPORTER", "organisation": number} for number in ORGANISATIONS.values()],
            },
            {
                "number": 3,
                "organisation": 1,
                "title": "Corrector",
                "accounts": ["corrector"],
                "roles": [{"role": "CORRECTOR", "organisation": number} for number in ORGANISATIONS.values()],
            },
            {
                "number": 4,
                "organisation": 1,
                "title": "Corrections' approver",
                "accounts": ["correction-approver"],
                "roles": [{"role": "CORRECTION_APPROVER", "organisation": number} for number in ORGANISATIONS.values()],
            },
        ],
    }
)


class World:
    """One deployed ledger below a folder; opened again where it is there already. To be closed by who began it."""

    def __init__(self, folder):
        password = folder / "password"
        password.write_text("of the tests")
        password.chmod(0o600)
        self.settings = Settings(
            state_dir=folder / "state", deployments_dir=folder / "deployments", keys_password_file=password
        )
        self.settings.state_dir.mkdir(exist_ok=True)
        self.chain = ChainClient(RpcClient(embedded.start(self.settings).url))
        self.engine = open_engine(self.settings.database_url)
        upgrade(self.engine)
        self.documents = DocumentStore(self.settings.documents_path)
        self.keyring = Keyring(self.settings.keys_dir, password, scrypt_n=2)
        deployments = self.settings.deployments_dir
        if deployments.exists():
            self.deployment = self.chain.deployment = Deployment.load(deployments, self.chain.chain_id())
        else:
            self.deployment = deploy(self.engine, self.chain, self.keyring, self.documents, CONSORTIUM, deployments)

    def close(self):
        embedded.stop(self.settings)
        self.documents.close()
        self.engine.dispose()

    def importer(self, **changed):
        def send(progress):
            return drain(self.engine, self.chain, self.keyring, progress=progress)

        given = {
            "engine": self.engine,
            "documents": self.documents,
            "account": "importer",
            "organisations": ORGANISATIONS,
            "donor_secret": SECRET,
            "send": send,
            "today": TODAY,
        }
        return Importer(**{**given, **changed})

    def index(self):
        """Brings the index up to the chain."""
        return converge(self.engine, self.chain, self.documents, self.deployment)

    def call(self, contract, function, *args):
        """What a view of a contract answers."""
        returned = self.chain.rpc.call(
            "eth_call",
            {"to": self.deployment.address(contract), "data": "0x" + encode_call(contract, function, args).hex()},
            "latest",
        )
        return decode_result(contract, function, bytes.fromhex(returned[2:]))

    def journal(self, contract):
        head, count = self.call(contract, "journal")
        return head.hex(), count

    def journals(self):
        return {name: self.journal(name) for name in self.deployment.addresses}

    def rows(self, model, **values):
        """The rows of a table, as dicts in the order of their keys."""
        columns = model.__table__.c
        query = select(*columns).order_by(*model.__table__.primary_key.columns)
        for name, value in values.items():
            query = query.where(columns[name] == value)
        with Session(self.engine) as session:
            return [dict(row) for row in session.execute(query).mappings()]


def write_list(folder, list_name, rows, *, publisher=HUBEI, header=HEADER, name="list.csv"):
    """Writes a published list below the folder and returns its path; the rows come without their source."""
    lines = [f'"{publisher}, {list_name}",{row}' for row in rows]
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def gifts(count, *, first=1, donor="donor", amount=1_000):
    return [f"{row},2020-01-30,{donor} {row},individual,{amount + row}.00" for row in range(first, first + count)]


def received(world, publisher, currency="CNY"):
    fund_id = record_id(ORGANISATIONS[publisher], "fund", publisher, "published donations", currency)
    return world.call("FundLedger", "totalsOf", fund_id)[0][0]

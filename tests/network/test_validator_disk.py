"""A full disk (a small one of its own) under one of four validators.

It stops where it cannot write, the others go on; with space again it comes back by itself, and has the same blocks.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from network import validators
from network.ports import free_port
from tests.network.consortium import Consortium, wait_for
from tests.network.test_database_drills import small_disk

NAMES = "abcd"
DISK_MIB = 24
BACK_WITHIN_S = 120

pytestmark = [pytest.mark.alone, pytest.mark.timeout(900)]


@pytest.fixture
def consortium(tmp_path: Path) -> Iterator[Consortium]:
    """Four validators, nothing else; the first is on a small disk."""
    made = Consortium(tmp_path, names=NAMES, chain_id=20_200_125)
    made.environment["LEDGER_DATABASE_URL"] = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    made.environment["LEDGER_IPFS_ADDRESS"] = f"/ip4/127.0.0.1/tcp/{free_port()}"
    with small_disk(validators.validators_dir(made.settings) / "a", DISK_MIB):
        try:
            made.up()
            yield made
        finally:
            made.outcome("down")


def fill(folder: Path) -> Path:
    """A file that takes all the space that is left, to the last byte."""
    path = folder / "fill"
    with path.open("wb", buffering=0) as file:
        while shutil.disk_usage(folder).free:
            try:
                file.write(bytes(65_536))
            except OSError:
                break
    return path


def test_disk__full_under_one_validator__others_go_on_and_it_comes_back_by_itself(consortium: Consortium):
    folder = consortium.place("a").folder
    filling = fill(folder)
    wait_for(lambda: consortium.status("a").state in ("away", "lags"), 120)
    full_at = consortium.head()
    wait_for(lambda: consortium.head() > full_at + 5)
    assert consortium.height("a") < consortium.head() - 3
    filling.unlink()
    back_s = wait_for(lambda: consortium.height("a") >= consortium.head() - 1 > 0, BACK_WITHIN_S)
    noted = consortium.status("a")
    sys.stdout.write(
        f"disk full at block {full_at}: {noted.restarts} restarts, back {back_s:.1f} s after there was space\n"
    )
    last = consortium.head()
    wait_for(lambda: consortium.height("a") >= last)
    assert consortium.hashes("a", last) == consortium.hashes("b", last)
    wait_for(lambda: consortium.status("a").state == "ok")

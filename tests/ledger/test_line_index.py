"""The index of documents and lines where its file cannot be written: a part is away, and nothing is half there."""

import pytest

from ledger.documents import DocumentStore
from ledger.errors import PartAway


def test_put_lines__no_space_for_their_index__part_away_and_kept_once_there_is(tmp_path):
    store = DocumentStore(tmp_path)
    before = store.put(b"{}")
    pages = store._index._rows.execute("pragma page_count").fetchone()[0]
    store._index._rows.execute(f"pragma max_page_count = {pages}")
    lines = [b"%d" % number for number in range(5_000)]
    with pytest.raises(PartAway, match=r"lines\.sqlite.*disk is full"):
        store.put_lines(lines)
    assert store.get(before.digest) == b"{}"
    store._index._rows.execute(f"pragma max_page_count = {2**30}")
    document, digests = store.put_lines(lines)
    assert store.get_many(digests) == dict(zip(digests, lines, strict=True))
    assert store.check() == []
    assert store.stat(document).size == len(b"\n".join(lines))
    store.close()


def test_open__line_index_that_is_a_folder__part_away(tmp_path):
    (tmp_path / "documents" / "lines.sqlite").mkdir(parents=True)
    with pytest.raises(PartAway, match="unable to open"):
        DocumentStore(tmp_path / "documents")

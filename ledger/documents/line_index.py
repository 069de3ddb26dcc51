"""Where each document and each line of one is: an SQLite file that can be deleted, as the documents say it again."""

import hashlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ledger.documents.document import JSON_LINES, Document
from ledger.errors import PartAway

SQL_VARIABLES_MAX = 500
_LAYOUT = 1
_DOCUMENT = """
create table if not exists document (
    no integer primary key,
    digest blob not null unique,
    cid text not null,
    size integer not null,
    media_type text not null
)
"""
_LINE = """
create table line (
    digest blob not null,
    document_no integer not null references document,
    start integer not null,
    size integer not null,
    primary key (digest, document_no)
) without rowid
"""
# Of a line that stood in several documents only one was noted: documents of lines are forgotten, to be read again.
_FROM_ONE_PLACE_A_LINE = (
    "alter table line rename to older",
    _LINE,
    "insert into line select older.* from older join document d on d.no = older.document_no"
    " where d.media_type <> 'application/jsonl'",
    "delete from document where media_type = 'application/jsonl'",
    "drop table older",
)


class Line(NamedTuple):
    """A line's digest, the document that it stands in, and where: its first byte and how many."""

    digest: bytes
    document: Document
    start: int
    size: int


class LineIndex:
    """Finds documents and lines by digest. Several threads and processes may use one file.

    Everything raises PartAway where the file cannot be read or written, because its disk is full for example.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        with self._asked():
            self._rows = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            self._rows.execute("pragma journal_mode = wal")
            self._rows.execute("pragma synchronous = normal")
        self._lay_out()

    def close(self) -> None:
        """Closes the file."""
        self._rows.close()

    def document(self, digest: bytes) -> Document | None:
        """The document with this digest, if it is known."""
        found = self._all("select digest, cid, size, media_type from document where digest = ?", [digest])
        return Document(*found[0]) if found else None

    def line_bytes(self, digest: bytes) -> int | None:
        """How long the line with this digest is; None if it is not known."""
        found = self._all("select size from line where digest = ? limit 1", [digest])
        return int(found[0][0]) if found else None

    def documents(self) -> list[Document]:
        """Every document that is known, by digest."""
        rows = self._all("select digest, cid, size, media_type from document order by digest", [])
        return [Document(*row) for row in rows]

    def find(self, digests: Sequence[bytes]) -> tuple[list[Document], list[Line]]:
        """The documents and the lines among these digests, at most SQL_VARIABLES_MAX.

        A line is there once for each document that it stands in; document by document, the one known longest first.
        """
        marks = ",".join("?" * len(digests))
        documents = self._all(
            f"select digest, cid, size, media_type from document where digest in ({marks})",  # noqa: S608
            digests,
        )
        lines = self._all(
            "select line.digest, line.start, line.size, d.digest, d.cid, d.size, d.media_type"  # noqa: S608
            f" from line join document d on d.no = line.document_no where line.digest in ({marks})"
            " order by d.no, line.start",
            digests,
        )
        return (
            [Document(*row) for row in documents],
            [Line(digest, Document(*row), start, size) for digest, start, size, *row in lines],
        )

    def absent(self, digests: Sequence[bytes]) -> Iterator[bytes]:
        """Those of the digests that no document and no line has."""
        for start in range(0, len(digests), SQL_VARIABLES_MAX):
            some = digests[start : start + SQL_VARIABLES_MAX]
            marks = ",".join("?" * len(some))
            known = self._all(
                f"select digest from document where digest in ({marks})"  # noqa: S608
                f" union all select digest from line where digest in ({marks})",
                [*some, *some],
            )
            here = {row[0] for row in known}
            yield from (digest for digest in some if digest not in here)

    def remember(self, document: Document, content: bytes, *, in_lines: bool = False) -> None:
        """Afterwards the document is known, and each of its lines if it is one of lines, or is to be read as one."""
        lines = content.split(b"\n") if in_lines or document.media_type == JSON_LINES else []
        with self._changing():
            self._rows.execute(
                "insert or ignore into document (digest, cid, size, media_type) values (?, ?, ?, ?)", document
            )
            no = self._rows.execute("select no from document where digest = ?", [document.digest]).fetchone()[0]
            places, start = [], 0
            for line in lines:
                places.append((hashlib.sha256(line).digest(), no, start, len(line)))
                start += len(line) + 1
            self._rows.executemany("insert or ignore into line values (?, ?, ?, ?)", places)

    def _lay_out(self) -> None:
        """Afterwards the tables are as this module knows them, whichever version of it made the file."""
        if self._layout() == _LAYOUT:
            return
        with self._changing():
            # Another process may have done it meanwhile.
            if self._layout() == _LAYOUT:
                return
            self._rows.execute(_DOCUMENT)
            is_older = self._rows.execute("select 1 from sqlite_master where name = 'line'").fetchone()
            for statement in _FROM_ONE_PLACE_A_LINE if is_older else (_LINE,):
                self._rows.execute(statement)
            self._rows.execute(f"pragma user_version = {_LAYOUT}")

    def _layout(self) -> int:
        with self._asked():
            return int(self._rows.execute("pragma user_version").fetchone()[0])

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """What is done inside is done as a whole, or not at all."""
        with self._lock, self._asked():
            self._rows.execute("begin immediate")
            try:
                yield
                self._rows.execute("commit")
            except BaseException:
                # On a full disk SQLite may have done it by itself.
                if self._rows.in_transaction:
                    self._rows.execute("rollback")
                raise

    def _all(self, query: str, values: Sequence[bytes]) -> list[Any]:
        with self._lock, self._asked():
            return self._rows.execute(query, values).fetchall()

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise PartAway(
                f"The documents' index {self._path} does not do what it is asked: {error}.",
                hint="Is its disk full, or not to be written? Mend that, then do the same again.",
            ) from error

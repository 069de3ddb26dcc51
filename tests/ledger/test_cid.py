"""The CIDs of documents, against those that other implementations compute.

The first three are published ones (IPFS documentation and the ipfs-cid package); the others were computed with the
JavaScript implementation (ipfs-unixfs-importer 16: chunks of 262,144 bytes, balanced, 174 children, raw leaves).
"""

import pytest

from ledger.cid import LEAF_BYTES, cid_of

PUBLISHED = [
    (b"", "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"),
    (b"Hello world", "bafkreide5semuafsnds3ugrvm6fbwuyw2ijpj43gwjdxemstjkfozi37hq"),
    (b"hello world", "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"),
]

# Byte i is (31 i + i // 256) mod 256.
BY_SIZE = [
    (1, "bafkreidogqfzz75tpkmjzjke425xqcrmpcib2p5tg44hnbirumdbpl5adu"),
    (LEAF_BYTES - 1, "bafkreicrm7kbmhauoblbuhnqppwpfqkplz3woarynwidm3uqjx27w3s7ri"),
    (LEAF_BYTES, "bafkreicyf2rsjlabvogs5vfihpzfegm2q5hjwrohaneftr2crm6gsnlznm"),
    (LEAF_BYTES + 1, "bafybeidgoqoyg4yhalu6oks2gnsjbs74tnoepwkl77plj4i4rd6lhvt424"),
    (2 * LEAF_BYTES, "bafybeig3atojx6ws4ghqmgsfq7dx43alqpgbcmp3ztg465catkpl7nnija"),
    (1_000_000, "bafybeif47thwqop25vmml3tn3rekom7ximqq3dk7jh2dyrk7nkksmsqtjq"),
    (20 * 1024 * 1024, "bafybeiaacndbvukr7ud7ukoquj67kemjyqrsuo6usx55vulebpxc4qg5kq"),
    (174 * LEAF_BYTES, "bafybeictnhkryr6nrwjc27yponmmlpktev4dnsvngaji55edlddqcrcwqu"),
    (174 * LEAF_BYTES + 1, "bafybeibceeiwyvx3pxrrewxawlbhjvw5ia7lqgj7pt6zjsw56m6vxph5dq"),
]


@pytest.mark.parametrize(("content", "cid"), PUBLISHED)
def test_cid_of__published_bytes__published_cid(content, cid):
    assert cid_of(content) == cid


@pytest.fixture(scope="module")
def longest():
    # The pattern repeats after 65,536 bytes: 31 i and i // 256 both do.
    period = bytes((31 * i + i // 256) % 256 for i in range(65_536))
    return period * (max(size for size, _ in BY_SIZE) // len(period) + 1)


@pytest.mark.parametrize(("size", "cid"), BY_SIZE)
def test_cid_of__each_size_around_leaf_and_fan_out__as_the_javascript_implementation(longest, size, cid):
    assert cid_of(longest[:size]) == cid

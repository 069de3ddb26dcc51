"""What the goods machine chooses from: usually what can be done, now and then what must be refused."""

from hypothesis import strategies as st

from tests.properties.goods_world import CHARITY, EXERCISE_MASKS, FACILITIES, GOWNS, MASKS, STORE, identity
from tests.properties.supply_figures import AMOUNT_MAX
from tests.properties.supply_model import RELEASES

PLACES = (b"", b"", b"", b"CN42", b"CN4201", b"CN43")
DAYS = (0, 0, 0, 20200101, 29990101, 29980101)
usual = st.integers(1, 60)
# One in 25 is out of range.
amounts = st.integers(0, 99).map(lambda n: {41: 0, 42: AMOUNT_MAX + 1, 43: 2**64 - 1, 44: 0}.get(n, n % 60 + 1))
# The first, second or third person of the organisation concerned; -1 and -2: somebody else.
whos = st.sampled_from([0] * 6 + [1] * 6 + [2, 2, -1, -2])
nth = st.integers(0, 11)
places = st.sampled_from([STORE] * 5 + list(FACILITIES))
items = st.sampled_from([MASKS] * 5 + [GOWNS, EXERCISE_MASKS, identity(CHARITY, 98)])
ends = st.integers(0, 5)
deltas = st.integers(-90, 40).map(lambda n: {31: -AMOUNT_MAX, 32: AMOUNT_MAX}.get(n, n))
# 0: a new id; 1: one that was used, 2: one of another organisation.
id_choices = st.sampled_from([0] * 14 + [1, 2])
movements = st.sampled_from(["quarantine", "releaseQuarantine", "registerLoss"])
releases = st.sampled_from(RELEASES)

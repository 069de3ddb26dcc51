"""Goods on the way for the tests of this folder, where lots and consignments balance after each of them."""

from consignments import _travelling, journeys
from goods import _balanced, goods

__all__ = ["_balanced", "_travelling", "goods", "journeys"]

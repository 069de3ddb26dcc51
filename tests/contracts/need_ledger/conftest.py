"""Goods for the tests of this folder, whose lots balance after each of them."""

from goods import _balanced, goods

__all__ = ["_balanced", "goods"]

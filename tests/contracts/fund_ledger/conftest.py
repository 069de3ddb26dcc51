"""Funds for the tests of this folder, whose totals balance after each of them (R1)."""

from money import _funds, _totals_balance, money

__all__ = ["_funds", "_totals_balance", "money"]

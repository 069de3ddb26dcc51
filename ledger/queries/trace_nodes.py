"""What a trace is made of: steps that money or goods took, each with its exact share.

A trace is a tree. The children of a node divide it without a rest, so their shares of it add up to exactly 1 (R5).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ledger.attribution import apportion
from ledger.errors import CheckFailed

LOTS_MAX = 500
"""How many lots one trace follows: lots that are parted and joined again and again would double at each turn."""
LOT_DEPTH_MAX = 60
"""How many of them after each other."""


@dataclass(frozen=True, slots=True)
class TraceNode:
    """One step. `share` is of the trace's root, `share_of_parent` of the step before."""

    kind: str
    record_id: str | None
    share_of_parent: Fraction = Fraction(1)
    share: Fraction = Fraction(1)
    amount_minor: int | None = None
    """For display: rounded by largest remainder, adds up exactly."""
    currency: str | None = None
    quantity: Fraction | None = None
    """Of goods: of the whole lot or place, in the item's unit, whatever the share of it."""
    name: str | None = None
    method: str | None = None
    """How the children divide it: earmarked, pro rata, by cost, by quantity, in equal parts."""
    children: tuple["TraceNode", ...] = ()
    receipt_ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Division:
    """The parts that a node is divided into, before they are nodes."""

    parts: list[tuple[TraceNode, Fraction]] = field(default_factory=list)

    def add(self, node: TraceNode, size: Fraction | int) -> None:
        """A part of that size, in any one measure; nothing is added for a size of zero."""
        if size:
            self.parts.append((node, Fraction(size)))

    def divide(self, parent: TraceNode) -> TraceNode:
        """The parent with the parts as its children. Raises CheckFailed when a part is below zero."""
        whole = sum((size for _, size in self.parts), Fraction(0))
        if any(size < 0 for _, size in self.parts):
            raise CheckFailed(f"A part of {parent.kind} {parent.record_id} is below zero.")
        if not whole:
            return parent
        children = tuple(replace(node, share_of_parent=size / whole) for node, size in self.parts)
        return replace(parent, children=children)


def with_shares(node: TraceNode, share: Fraction = Fraction(1)) -> TraceNode:
    """The tree with every node's share of the root, and its part of the root's amount, filled in."""
    figures: dict[str, int] = {}
    if node.amount_minor is not None and node.children:
        shares = {f"{number:06}": child.share_of_parent for number, child in enumerate(node.children)}
        figures = apportion(node.amount_minor, shares)
    children = tuple(
        with_shares(
            replace(child, amount_minor=figures.get(f"{number:06}", child.amount_minor), currency=node.currency),
            share * child.share_of_parent,
        )
        for number, child in enumerate(node.children)
    )
    return replace(node, share=share, children=children)


def leaves(node: TraceNode) -> Iterator[TraceNode]:
    """The last steps of the tree; their shares of the root add up to 1."""
    if not node.children:
        yield node
    for child in node.children:
        yield from leaves(child)


def shares_add_up(nodes: Sequence[TraceNode]) -> bool:
    """Whether the leaves' shares are exactly 1 for each root."""
    return all(sum((leaf.share for leaf in leaves(node)), Fraction(0)) == 1 for node in nodes)

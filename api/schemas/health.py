"""Whether the process lives, and whether it should be asked."""

from typing import Literal

from api.schemas.answers import Current
from api.schemas.fields import Count, View, about


class Alive(View):
    """The process answers."""

    status: Literal["alive"] = about("Always alive.", "alive")


class Ready(Current):
    """The index is there and near enough to the chain."""

    status: Literal["ready"] = about("Always ready; what is not answers 503.", "ready")
    lag_blocks_max: Count = about("How far behind the index may be.", 20)

"""调岗: another post with what becomes of the contracts."""

from kpidesk.usecases.moving.doing import held_contracts, move_person, try_move
from kpidesk.usecases.moving.move import Drafted, Ended, Held, Move, Moved, NewContract, Then

__all__ = [
    "Drafted",
    "Ended",
    "Held",
    "Move",
    "Moved",
    "NewContract",
    "Then",
    "held_contracts",
    "move_person",
    "try_move",
]

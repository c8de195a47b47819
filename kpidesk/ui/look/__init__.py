"""How the window looks: colours and sizes as data, and what Qt needs made from them."""

from kpidesk.ui.look.look import Look
from kpidesk.ui.look.tokens import DARK, LIGHT, Theme, Tokens, Tone

__all__ = ["DARK", "LIGHT", "Look", "Theme", "Tokens", "Tone"]

"""Dialogs: none of them blocks; each calls back when the officer has decided."""

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.dialogs.messages import ask_reason, confirm, show_message

__all__ = ["Dialog", "ask_reason", "confirm", "show_message"]

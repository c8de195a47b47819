"""薪酬: figures entered, computed, settled, printed."""

from __future__ import annotations

from kpidesk.ui.pages.pay.page import PayPage as PayPage

"""Forms: labelled fields that parse strictly, say below themselves what is wrong, lose nothing."""

from kpidesk.ui.forms.choices import CheckField, ChoiceField
from kpidesk.ui.forms.dates import DateField
from kpidesk.ui.forms.dialog import FormDialog
from kpidesk.ui.forms.field import Field
from kpidesk.ui.forms.form import Form
from kpidesk.ui.forms.names import NameChoice, NamesField
from kpidesk.ui.forms.texts import MultilineField, NumberField, TextField

__all__ = [
    "CheckField",
    "ChoiceField",
    "DateField",
    "Field",
    "Form",
    "FormDialog",
    "MultilineField",
    "NameChoice",
    "NamesField",
    "NumberField",
    "TextField",
]

"""A field that names a person: by her code, or by her whole name and nothing less."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from inward.parties import queries, veil
from inward.parties.vocabulary import PartyKind


class WholeNameField(forms.CharField):
    """A person by her code or her whole name: whoever keeps what is most private looks nobody up by a part of one."""

    def to_python(self, value: Any) -> Any:
        """The code of the one person that is meant."""
        typed = str(super().to_python(value) or "").strip().replace("\0", "")
        closed = veil.closed()
        if not typed or queries.kind_of(typed) is PartyKind.PERSON:
            return typed
        said = typed.casefold()
        found = [each.id for each in queries.world().people if each.name.casefold() == said and each.id not in closed]
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several are called so. Type the code of the one who is meant."))
        raise forms.ValidationError(_("Nobody is known by this whole name or code: %(typed)s") % {"typed": typed})

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draw Django's forms with the kit: label, help, mistake and widget tied together by ids.

``FORM_RENDERER = "goodoffices.web.forms.KitRenderer"`` makes every form do so.
"""

from __future__ import annotations

from django import forms
from django.forms.renderers import DjangoTemplates


class KitRenderer(DjangoTemplates):
    """Take the form and field templates from the kit, the widgets from Django."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class DropZone(forms.FileInput):
    """A file field one may also drop a file on; an ordinary file field without script."""

    template_name = "web/forms/drop.html"

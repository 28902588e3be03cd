# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tags and filters of the kit: chips, names with their language, dates in words, numbers, addresses."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from goodoffices.web import date_words, toasts

register = template.Library()

TONES = frozenset({"", "act", "home", "due", "stop", "mission", "muted"})
_UKRAINIAN = frozenset("іїєґІЇЄҐ")
_RUSSIAN = frozenset("ыэёъЫЭЁЪ")


@register.simple_tag
def chip(text: object, tone: str | None = "") -> SafeString:
    """Draw a word with a meaning: act, home, due, stop, mission, muted or none."""
    tone = tone or ""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"chip knows no tone {tone!r}; use one of {sorted(TONES)}.")
    return format_html('<span class="chip {}">{}</span>', tone, text)


@register.simple_tag
def name(person: Any, lang: str = "") -> SafeString:
    """Draw a person's name with its own language, so that it is spoken rightly and can be blurred.

    Args:
        person: the name, or a thing (or mapping) with ``text`` and ``lang``.
        lang: of the name; when missing, told from letters that only one language has.
    """
    text, given = _text_and_lang(person)
    language = lang or given or _language_of(text)
    if language:
        return format_html('<span class="pname" lang="{}" translate="no">{}</span>', language, text)
    return format_html('<span class="pname" translate="no">{}</span>', text)


def _text_and_lang(person: Any) -> tuple[str, str]:
    if isinstance(person, dict):
        return str(person.get("text", "")), str(person.get("lang") or "")
    if hasattr(person, "text"):
        return str(person.text), str(getattr(person, "lang", "") or "")
    return str(person), ""


def _language_of(text: str) -> str:
    letters = frozenset(text)
    ukrainian, russian = bool(letters & _UKRAINIAN), bool(letters & _RUSSIAN)
    if ukrainian == russian:
        return ""
    return "uk" if ukrainian else "ru"


@register.filter
def edtf_date(value: object) -> str:
    """Say an EDTF text or a date in words of the active language."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, date):
        return date_words.day_words(value)
    return date_words.edtf_words(str(value)) if value else ""


@register.filter
def ago(value: date | datetime | None, today: date) -> str:
    """Say how long ago a day was; ``today`` comes from the context, for only views look at the clock."""
    return date_words.ago_words(_day(value), today) if value else ""


@register.filter
def due(value: date | datetime | None, today: date) -> str:
    """Say a clock in words: "2 days overdue", "in 11 days"."""
    return date_words.due_words(_day(value), today) if value else ""


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def days(count: int | None) -> str:
    """Say a number of days."""
    return "" if count is None else date_words.days_words(count)


@register.filter
def number(value: Any) -> str:
    """Group the digits as the language does; anything but a number comes back as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "" if value is None else str(value)
    return str(number_format(value, use_l10n=True, force_grouping=True))


@register.filter
def signed(bits: float) -> str:
    """Write a weight with its sign and one decimal, with a true minus."""
    text = number_format(abs(bits), decimal_pos=1, use_l10n=True)
    return f"{'+' if bits >= 0 else '−'}{text}"


@register.filter
def bits(value: float) -> str:
    """Write a sum of weights with its unit."""
    return pgettext("weight of evidence", "%(value)s bits") % {
        "value": number_format(value, decimal_pos=1, use_l10n=True)
    }


@register.simple_tag
def scale(value: float, other: float) -> SafeString:
    """Draw a bar of ``value`` against the larger of the two; the words beside it say the same."""
    share = 100 * value / max(value, other, 0.001)
    return format_html(
        '<svg class="scale" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="ground" width="100" height="4"/><rect class="bar" width="{}" height="4"/></svg>',
        f"{share:.1f}",
    )


@register.filter
def initials(text: object) -> str:
    """Give the first letters of the first two words, for the round seal beside an account."""
    return "".join(word[0] for word in str(text).split()[:2]).upper()


@register.simple_tag
def url_with(view: str, *args: Any, **query: Any) -> str:
    """Give the address of a view with a query: ``{% url_with "people" q=name page=None %}``; None is left out."""
    values = QueryDict(mutable=True)
    for key, value in query.items():
        if value is None or value == "":
            continue
        values.setlist(key, list(value) if isinstance(value, (list, tuple)) else [value])
    return reverse(view, args=args) + (f"?{values.urlencode()}" if values else "")


@register.simple_tag(takes_context=True)
def query_fields(context: template.Context, *leave_out: str) -> SafeString:
    """Repeat the page's query as hidden fields, so that a GET form keeps the other filters."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    kept = ((key, value) for key, values in request.GET.lists() if key not in leave_out for value in values)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


@register.simple_tag
def idempotency_field() -> SafeString:
    """Give a form the key by which the server knows a second press of the same button."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.filter
def zipped(first: Iterable[Any], second: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Walk two lists of the same length together."""
    return list(zip(first, second, strict=True))


@register.filter
def paired(first: Any, second: Any) -> Sequence[Any]:
    """Put two things beside each other."""
    return (first, second)


@register.filter
def first_id(field: BoundField) -> str:
    """Give the id an error link jumps to: of a group of options, the first."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Say whether the label stands after the widget."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def as_toast(message: Any) -> dict[str, str]:
    """Give the fields of a toast from one of Django's messages."""
    return toasts.as_toast(message)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words that aren't the writer's own: quotations with a source, titles, names of instruments and bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodoffices.core.wording.patterns import match_from
from goodoffices.core.wording.rules import Rules
from goodoffices.core.wording.text import END, SOFT, Text
from goodoffices.core.wording.wordlist import wordlist

_LONGEST = 3000
_REACH = 160
_PAIRS = {"«": "»", "“": '”“"', "„": '“”"', '"': '"”', "‘": "’", "‹": "›"}
_CLOSERS = set("»”›")
_MARK = re.compile("[" + "".join(_PAIRS) + "]")

_SAYS = {
    "en": r"\b(?:said|says|saying|stated?|states|told|tells|wrote|writes|writing|added|adds|noted|notes|concluded"
    r"|shared|declared|testif\w+|recall\w*|explain\w+|according to|quot\w+|cited|reads?|emphasi[sz]ed|stressed|replied"
    r"|answered|remarked|argued|reported|announced|warned|asked|called)\b",
    "ru": r"\b(?:сказал\w*|говорит\w*|говорил\w*|заявил\w*|заявля\w+|сообщил\w*|сообща\w+|написал\w*|пишет|пишут"
    r"|добавил\w*|отметил\w*|подчеркнул\w*|пояснил\w*|рассказал\w*|рассказыва\w+|вспомина\w+|по словам|согласно"
    r"|цитат\w*|цитиру\w+|процитировал\w*|свидетельств\w+|показал\w*|ответил\w*|назвал\w*|объявил\w*|говорится)\b",
    "uk": r"\b(?:сказа\w+|каже|кажуть|говори\w+|заяви\w+|заявля\w+|повідоми\w+|повідомля\w+|написа\w+|пише|пишуть"
    r"|дода\w+|зазначи\w+|наголоси\w+|поясни\w+|розпові\w+|згаду\w+|за словами|згідно|цитат\w*|циту\w+|процитував\w*"
    r"|свідч\w+|відпові\w+|назва\w+|оголоси\w+|йдеться)\b",
}  # fmt: skip
_TITLE = {
    "en": r"\b(?:roundtable|round table|report|campaign|program(?:me)?|initiative|conference|film|book|article|project|"
    r"resolution|exhibition|statement|entitled|titled|hashtag|movement|group|foundation|organi[sz]ation|newspaper|"
    r"Act|Convention)\W*$",
    "ru": r"\b(?:кругл\w+ стол\w*|доклад\w*|отч[её]т\w*|кампани\w+|программ\w+|инициатив\w+|конференци\w+|фильм\w*"
    r"|книг\w+|стать\w+|проект\w*|резолюци\w+|выставк\w+|под названием|движени\w+|фонд\w*|организаци\w+|газет\w+"
    r"|хештег\w*)\W*$",
    "uk": r"\b(?:кругл\w+ ст[іо]л\w*|доповід\w+|звіт\w*|кампані\w+|програм\w+|ініціатив\w+|конференці\w+|фільм\w*"
    r"|книг\w+|книз\w+|статт\w+|проєкт\w*|проект\w*|резолюці\w+|виставк\w+|під назвою|рух\w*|фонд\w*|організаці\w+"
    r"|газет\w+|хештег\w*)\W*$",
}  # fmt: skip
_SAYS_RE = {language: re.compile(written, re.IGNORECASE) for language, written in _SAYS.items()}
_TITLE_RE = {language: re.compile(written, re.IGNORECASE) for language, written in _TITLE.items()}
# After the closing mark: (source, date), [12], a footnote sign, or a line that begins with two names.
_CITED = re.compile(r"^[.,;]?\s*(?:\([^)\n]*(?:\d{4}|https?:|[A-ZА-ЯІЇЄҐ])[^)\n]*\)|\[[^\]\n]+\]|[¹²³⁴⁵⁶⁷⁸⁹†*])")
_SIGNED = re.compile(r"^[.,]?\s*[-–—]?\s*\n?\s*(?:[-–—]\s*)?[A-ZА-ЯІЇЄҐ][\w’'-]+ [A-ZА-ЯІЇЄҐ][\w’'-]+\s*,")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: code points from its opening to its closing mark, and whether somebody stands for it."""

    start: int
    end: int
    sourced: bool
    title: bool


def quotations(text: Text) -> tuple[Quotation, ...]:
    """Find the quotations of a text, with whether each has a source (a speaker, a citation) or is a title."""
    found = []
    for start, end in _spans(text.nfc):
        before = text.nfc[max(0, start - _REACH) : start].rsplit("\n", 1)[-1]
        after = text.nfc[end : end + _REACH]
        line = after.split("\n\n", 1)[0].lstrip("\n").split("\n", 1)[0]
        says = _SAYS_RE[text.language]
        sourced = bool(
            _says_before(says, before) or says.search(_clause(line)) or _CITED.match(after) or _SIGNED.match(after)
        )
        titled = bool(_TITLE_RE[text.language].search(before))
        found.append(Quotation(start, end, sourced, titled))
    return tuple(found)


def _says_before(says: re.Pattern[str], before: str) -> bool:
    """A speaker leads in: the verb stands in the sentence that runs up to the opening mark."""
    lead = re.split(r"(?<=[.!?…»”\"])\s+(?=[A-ZА-ЯІЇЄҐ])", before)[-1]
    return bool(lead.strip()) and bool(says.search(lead))


def _clause(line: str) -> str:
    """The words after a quotation that may name its speaker: up to the end of that sentence."""
    return re.split(r"(?<=[a-zа-яіїєґ)])[.!?…](?:\s|$)", line, maxsplit=1)[0]


def _spans(nfc: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    last = -1
    for found in _MARK.finditer(nfc):
        at = found.start()
        if at > last and _opens(nfc, at):
            end = _closing(nfc, at, _PAIRS[nfc[at]])
            if end is not None:
                spans.append((at, end + 1))
                last = end
    return spans


def _opens(nfc: str, at: int) -> bool:
    before = nfc[at - 1] if at else " "
    after = nfc[at + 1] if at + 1 < len(nfc) else " "
    return not after.isspace() and (before.isspace() or before in "([{-–—«“„/:") and after not in ".,;:!?)"


def _closing(nfc: str, start: int, closers: str) -> int | None:
    limit = min(len(nfc), start + _LONGEST)
    for at in range(start + 1, limit):
        char = nfc[at]
        if char == "\n" and nfc[at : at + 3].strip(" \t") in ("\n\n", "\n") and nfc[at + 1 : at + 2] == "\n":
            return None
        if char in closers and (char in _CLOSERS or not _opens(nfc, at)):
            if char == "’" and at + 1 < limit and nfc[at + 1].isalpha():
                continue
            return at
    return None


_HEADS = wordlist(
    "association federation committee commission court convention conventions foundation group act protocol protocols",
    " tribunal fund union center centre office campaign network council organization organisation headquarters envoy",
    " subcommittee rapporteur covenant charter agency institute memorial museum cell law code treaty statute",
)
_JOINS = wordlist("of the for and on against to in with all from")


def named_words(text: Text, rules: Rules) -> frozenset[int]:
    """Give the words that belong to the name of an instrument, body or campaign."""
    found: set[int] = set()
    for at, token in enumerate(text.tokens):
        for form in token.forms:
            for pattern in rules.names_by_form.get(form, ()):
                end = match_from(pattern, text, at)
                if end is not None:
                    found.update(range(at, end))
    if text.language == "en":
        found |= _capital_names(text)
    return frozenset(found)


def _capital_names(text: Text) -> set[int]:
    """Runs of capitalised words with the head of a body or instrument in them: "Court of ...", "... Convention"."""
    found: set[int] = set()
    at, count = 0, len(text.tokens)
    while at < count:
        if not text.tokens[at].capital:
            at += 1
            continue
        stop, last = at + 1, at + 1
        while stop < count and text.tokens[stop].before == SOFT and text.tokens[stop].before != END:
            token = text.tokens[stop]
            if token.capital or token.is_number:
                last = stop + 1
            elif token.forms[0] not in _JOINS:
                break
            stop += 1
        run = range(at, last)
        if len(run) >= 2 and any(text.tokens[one].forms[0] in _HEADS for one in run) and not _heading(text, run):
            found.update(run)
        at = last
    return found


def _heading(text: Text, run: range) -> bool:
    """A whole sentence in capitals is a heading, not a name, unless it ends on the body's own word."""
    sentence = text.sentences[text.tokens[run.start].sentence]
    return len(run) == len(sentence) and len(run) > 6

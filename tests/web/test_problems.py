# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every mistake a person can meet in the browser is said in her language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import goodoffices
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake.reading import sniff, workbook
from goodoffices.web import problems

ROOT = Path(goodoffices.__file__).parent
APPS = ("access", "registry", "intake", "matching")

# Codes that no page can raise, each with who meets it instead.
NO_PAGE = {
    "error": "the base class",
    "given_up": "a job's end; the page shows the list's own error",
    "unknown_power": "console only",
    "unknown_role": "console only",
    "cannot_write": "a file written from the console",
    "repeated_key": "a fault of ours between store and engine",
    "unknown_key": "a fault of ours between store and engine",
    "bad_model": "a model file given to the engine at start-up",
    "judgement_conflict": "always with its reason",
}
# A part of core that pages never hand anything to: it speaks to the ledger and to the command line.
NO_PAGE_PART = {"sealing"}
# Codes that are put together or handed on, and what they can be.
COMPUTED = {
    "f'too_many_{what}'": {"too_many_rows", "too_many_columns"},
    "f'is_{code}'": {f"is_{kind}" for _, kind, _, _ in sniff._REFUSED},
    "code": {*workbook._MESSAGES} | set(__import__("goodoffices.core.dates.errors", fromlist=["HINTS"]).HINTS),
    "error.code": set(),
}


def walked() -> list[Path]:
    """Files of the apps with pages, and of the parts of core that they stand on."""
    files = [file for app in APPS for file in sorted((ROOT / app).rglob("*.py"))]
    parts, waiting = set(NO_PAGE_PART), list(files)
    while waiting:
        used = set(re.findall(r"goodoffices\.core\.(\w+)", waiting.pop().read_text(encoding="utf-8"))) - parts
        parts |= used
        for part in used:
            more = sorted((ROOT / "core" / part).rglob("*.py")) or [ROOT / "core" / f"{part}.py"]
            files += more
            waiting += more
    return files


def errors_of(trees: list[ast.Module]) -> set[str]:
    """Names of the classes that are GoodOfficesError, at any remove."""
    known, before = {"GoodOfficesError"}, 0
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while len(known) > before:
        before = len(known)
        known |= {one.name for one in classes if {ast.unparse(base) for base in one.bases} & known}
    return known


def codes_raised() -> Iterator[tuple[str, str]]:
    """Give (where, code or "code.why") of every mistake in the files walked."""
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in walked()}
    errors = errors_of(list(trees.values()))
    own = {
        node.name: ast.literal_eval(line.value)
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name in errors
        for line in node.body
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "code"
    }
    for file, tree in trees.items():
        makers = errors | ({"refusal"} if file.parent.name == "reading" else set())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (name := ast.unparse(node.func).split(".")[-1]) in makers:
                for code in _codes(node, own.get(name, "error"), positional=name in {"refusal", "DateUnreadable"}):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", code


def _codes(call: ast.Call, own: str, *, positional: bool) -> set[str]:
    given = {one.arg: one.value for one in call.keywords}
    said = call.args[0] if positional else given.get("code")
    if said is None:
        codes = {own}
    elif isinstance(said, ast.Constant):
        codes = {said.value}
    else:
        codes = COMPUTED[ast.unparse(said)]
    whys = set(re.findall(r"'why': '(\w+)'", ast.unparse(given["where"]))) if "where" in given else set()
    return {f"{code}.{why}" for code in codes for why in whys} or codes


def test_every_mistake_of_the_apps_and_of_the_core_below_them_has_words():
    raised = list(codes_raised())
    assert len({code for _, code in raised}) > 70
    mute = [(where, code) for where, code in raised if code not in problems.known_problems() | set(NO_PAGE)]
    assert not mute, f"no words in any problems.py for {mute}"


def test_what_conflicts_of_judgements_say_by_reason_has_words():
    text = (ROOT / "registry" / "services" / "judging.py").read_text(encoding="utf-8")
    for why in ("barred", "still_joined"):
        assert f'"{why}"' in text
        assert f"judgement_conflict.{why}" in problems.known_problems()


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_no_mistake_is_left_in_english(language):
    with translation.override("en"):
        english = {code: problems.tell({"code": code, "where": {}}).text for code in problems.known_problems()}
    with translation.override(language):
        for code in problems.known_problems():
            told = problems.tell({"code": code.partition(".")[0], "where": {"why": code.partition(".")[2]}})
            assert told.lang == ""
            assert re.search("[а-яіїєґ]", told.text), code
            assert told.text != english[code], code


def test_a_mistake_names_its_row_and_its_values():
    error = GoodOfficesError("English.", code="export_too_large", where={"people": 70000, "limit": 50000, "row": 3})
    with translation.override("uk"):
        text = problems.tell(error.as_dict()).text
    assert text.startswith("Рядок 3: ")
    assert "70000" in text
    assert "50000" in text


def test_a_value_that_is_not_there_and_a_per_cent_sign_do_no_harm():
    assert "…" in problems.tell({"code": "export_too_large"}).text
    assert problems.tell({"code": "odd", "message": "100 % of it.", "hint": "Go."}).text == "100 % of it. Go."


def test_a_code_without_words_is_told_in_english_and_says_so():
    assert problems.tell({"code": "odd", "message": "It broke.", "hint": ""}).lang == "en"


def test_a_code_has_one_home():
    with pytest.raises(ValueError, match="has words already"):
        problems.register_problems({"bad_key": problems.Saying("Other words.")})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The list can&#x27;t be sorted so. Choose from the headings."),
        ("uk", "Так список не впорядкувати."),
        ("ru", "Так список не упорядочить."),
    ],
)
def test_an_error_page_says_it_in_the_readers_language(language, said, olena, client_of):
    client = client_of(olena)
    client.post("/language/", {"language": language})
    answer = client.get("/people/?sort=worth")
    assert answer.status_code == 400
    assert said in answer.content.decode()
    as_json = client.get("/people/?sort=worth", headers={"Accept": "application/json"}).json()
    assert as_json["code"] == "filter_refused"
    assert as_json["message"] == "The list can't be sorted so."

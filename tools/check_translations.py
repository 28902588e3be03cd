# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fail on any text missing in a catalogue, untranslated, fuzzy, without all plural forms or with other placeholders.

And on a text that two apps translate otherwise: Django lays all catalogues over one another, so that one app's word
would silently stand on another's pages. Such a text needs a context ("msgctxt") in one of them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "goodoffices"
LANGUAGES = ("uk", "ru")
PLURAL_FORMS = 4
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def apps() -> list[Path]:
    """Apps that have texts."""
    return sorted({path.parent for path in PACKAGE.glob("*/locale")})


def problems_of(catalogue: Path) -> list[str]:
    """Name what is wrong in one catalogue."""
    found = []
    for entry in polib.pofile(str(catalogue)):
        if entry.obsolete:
            continue
        where = f"{catalogue.relative_to(PACKAGE)}: {entry.msgid[:60]!r}"
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            found.append(f"{where} is fuzzy")
        if not all(texts):
            found.append(f"{where} is not translated")
        if entry.msgid_plural and len(texts) != PLURAL_FORMS:
            found.append(f"{where} has {len(texts)} plural forms, not {PLURAL_FORMS}")
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        if any(set(PLACEHOLDER.findall(text)) - wanted for text in texts):
            found.append(f"{where} has other placeholders")
    return found


def missing_texts(app: Path) -> list[str]:
    """Name texts of the code that no catalogue of the app knows (needs GNU xgettext; skipped, and said, without)."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / app.name
        subprocess.run(["cp", "-r", str(app), str(copy)], check=True)
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "goodoffices.config.settings"}
        done = subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", "uk", "-l", "ru", "--no-location", "--no-obsolete"],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            return [f"{app.name}: makemessages failed: {done.stderr[-300:]}"]
        found = []
        for language in LANGUAGES:
            made = copy / "locale" / language / "LC_MESSAGES" / "django.po"
            kept = app / "locale" / language / "LC_MESSAGES" / "django.po"
            known = (
                {(e.msgctxt, e.msgid) for e in polib.pofile(str(kept)) if not e.obsolete} if kept.exists() else set()
            )
            found += [
                f"{app.name}/{language}: {entry.msgid[:60]!r} is not in the catalogue"
                for entry in polib.pofile(str(made))
                if (entry.msgctxt, entry.msgid) not in known
            ]
        return found


def told_otherwise(language: str) -> list[str]:
    """Name texts that apps translate in more than one way."""
    said: dict[tuple[str | None, str], dict[str, list[str]]] = {}
    for po in sorted(PACKAGE.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(po)):
            if not entry.obsolete and entry.msgid:
                text = " | ".join(entry.msgstr_plural.values()) or entry.msgstr
                said.setdefault((entry.msgctxt, entry.msgid), {}).setdefault(text, []).append(po.parts[-5])
    return [
        f"{language}: {text[:60]!r} is translated otherwise in "
        + " and in ".join("/".join(a) for a in apps_of.values())
        for (_context, text), apps_of in said.items()
        if len(apps_of) > 1
    ]


def main() -> int:
    found = [problem for po in sorted(PACKAGE.rglob("*.po")) for problem in problems_of(po)]
    found += [problem for language in LANGUAGES for problem in told_otherwise(language)]
    if subprocess.run(["which", "xgettext"], capture_output=True, check=False).returncode == 0:
        for app in apps():
            found += missing_texts(app)
    else:
        print("xgettext isn't installed: texts missing from the catalogues were not looked for")
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())

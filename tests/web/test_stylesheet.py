# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the stylesheet, the scripts and the fonts promise: contrast, weight, hashes, no other origin."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import goodoffices.web

STATIC = Path(goodoffices.web.__file__).parent / "static" / "web"
STYLE_BUDGET = 31 * 1024
SCRIPT_BUDGET = 16 * 1024

GROUNDS = ["paper", "surface", "sunken"]
TONES = ["act", "home", "due", "stop", "mission"]
SOFT = [f"{tone}-soft" for tone in TONES]
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "muted") for ground in GROUNDS + SOFT],
    *[(tone, ground) for tone in TONES for ground in [*GROUNDS, f"{tone}-soft"]],
    *[("act", soft) for soft in SOFT],
    *[("on-tone", tone) for tone in TONES],
    ("ink", "glow"),
    ("paper", "ink"),
]


def tokens() -> dict[str, tuple[str, str]]:
    """Read the colour pairs (light, dark) of tokens.css."""
    text = (STATIC / "tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", text)
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_is_readable_in_both_themes(ink, ground, theme):
    colours = tokens()
    assert contrast(colours[ink][theme], colours[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_field_and_the_focus_ring_can_be_seen(ground, theme):
    colours = tokens()
    assert contrast(colours["edge"][theme], colours[ground][theme]) >= 3
    assert contrast(colours["act"][theme], colours[ground][theme]) >= 3


def test_styles_and_scripts_stay_within_their_budget():
    assert sum((STATIC / name).stat().st_size for name in ("tokens.css", "kit.css")) <= STYLE_BUDGET
    assert sum(path.stat().st_size for path in STATIC.glob("*.js")) <= SCRIPT_BUDGET


def test_every_colour_is_a_token():
    kit = (STATIC / "kit.css").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", kit)) <= {"#0003", "#0004", "#0005", "#0007"}, "shadows only"
    used = set(re.findall(r"var\(--([a-z0-9-]+)", kit))
    defined = set(re.findall(r"--([a-z0-9-]+):", kit + (STATIC / "tokens.css").read_text(encoding="utf-8")))
    assert used <= defined


def test_no_style_or_script_asks_another_origin():
    for path in [*STATIC.glob("*.css"), *STATIC.glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert "http" not in text.replace('a[href^="http"]', ""), path.name
        assert "@import" not in text, path.name


def test_scripts_never_evaluate_text_or_write_markup():
    for path in STATIC.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text)


def test_the_fonts_are_the_ones_we_vendored():
    sums = (STATIC / "fonts" / "SHA256SUMS").read_text(encoding="utf-8").split("\n")
    listed = {line.split()[1]: line.split()[0] for line in sums if line}
    files = {path.name for path in (STATIC / "fonts").iterdir()} - {"SHA256SUMS"}
    assert files == set(listed)
    for name, expected in listed.items():
        assert hashlib.sha256((STATIC / "fonts" / name).read_bytes()).hexdigest() == expected, name


def test_every_font_file_is_used_and_every_used_file_is_there():
    css = (STATIC / "fonts.css").read_text(encoding="utf-8")
    used = set(re.findall(r'url\("fonts/([^"]+)"\)', css))
    assert used == {path.name for path in (STATIC / "fonts").glob("*.woff2")}

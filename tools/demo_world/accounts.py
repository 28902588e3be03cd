# SPDX-License-Identifier: AGPL-3.0-or-later
"""Demo staff: one for each role, names invented, addresses that cannot receive mail."""

from __future__ import annotations

ACCOUNTS = [
    {"role": role, "name": name, "email": f"{local}@goodoffices.invalid", "language": language}
    for role, name, local, language in (
        ("documenter", "Леся Скорописько", "lesia", "uk"),
        ("caseworker", "Марко Тихоплавенко", "marko", "uk"),
        ("coordinator", "Naomi Fairhollow", "naomi", "en"),
        ("lawyer", "Тимофей Строкачёв", "timofey", "ru"),
        ("campaigner", "Олеся Голосвітко", "olesia", "uk"),
        ("analyst", "Idris Quillmarsh", "idris", "en"),
        ("monitor", "Beatrix Stonewold", "beatrix", "en"),
        ("administrator", "Вадим Ключаренцев", "vadim", "ru"),
        ("auditor", "Ruth Lampwright", "ruth", "en"),
    )
]

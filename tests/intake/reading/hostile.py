# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makers of hostile and awkward files, and a reader run apart whose peak memory can be asked."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024

_READ = """
import json, resource, sys, time
from pathlib import Path
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake.reading import open_table
start = time.perf_counter()
answer = {"rows": 0, "code": "", "problems": {}}
try:
    table = open_table(Path(sys.argv[1]))
    for row in table.rows():
        answer["rows"] += 1
        for problem in row.problems:
            answer["problems"][problem.code] = answer["problems"].get(problem.code, 0) + 1
        if answer["rows"] >= int(sys.argv[2]):
            break
except GoodOfficesError as error:
    answer["code"], answer["where"], answer["hint"] = error.code, error.where, error.hint
answer["seconds"] = time.perf_counter() - start
# The kernel's own high-water mark since this program began; what getrusage says includes the program that started it.
status = Path("/proc/self/status").read_text()
own = int(status.split("VmHWM:")[1].split()[0])
answer["peak_mib"] = (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
print(json.dumps(answer))
"""


@dataclass(frozen=True)
class Outcome:
    """What reading a file apart came to."""

    rows: int
    code: str
    problems: dict[str, int]
    where: dict[str, object]
    hint: str
    seconds: float
    peak_mib: float


def read_apart(path: Path, most_rows: int = 10_000_000) -> Outcome:
    """Read a file in a process of its own; peak memory is that of it and its child together."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path), str(most_rows)], capture_output=True, check=True, timeout=60
    )
    answer = json.loads(done.stdout)
    return Outcome(
        answer["rows"],
        answer["code"],
        answer["problems"],
        answer.get("where", {}),
        answer.get("hint", ""),
        answer["seconds"],
        answer["peak_mib"],
    )


CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
BOOK = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_OFFICE}"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET_START = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"


def write_workbook(path: Path, sheet_rows: str, extra: dict[str, bytes] | None = None) -> Path:
    """Write the smallest workbook around given rows of sheet XML, with further parts."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELATIONS,
        "xl/worksheets/sheet1.xml": SHEET_START + sheet_rows + SHEET_END,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return path


def write_million_entries(path: Path) -> Path:
    """Write a zip of a million empty entries, its directory counted truly in the 64-bit record."""
    count, name = 1_000_000, b"0000000"
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0)
    directory = (entry + name) * count
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 7, 0) + b"0000000"
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), len(local))
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(local) + len(directory), 1)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(local + directory + end64 + locator + end)
    return path


def write_lying_zip(path: Path, declared: int, true_mib: int) -> Path:
    """Write a workbook whose sheet unpacks to far more than its directory declares."""
    write_workbook(path, "")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(b" " * MIB) for _ in range(true_mib)) + packer.flush()
    name = b"xl/sharedStrings.xml"
    raw = path.read_bytes()
    end_at = raw.rfind(b"PK\5\6")
    count, size, offset = struct.unpack("<HII", raw[end_at + 10 : end_at + 20])
    fields = (0, 8, 0, 0, 0, len(packed), declared, len(name), 0)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, *fields) + name + packed
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, *fields, 0, 0, 0, 0, offset) + name
    directory = raw[offset : offset + size] + entry
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), offset + len(local), 0)
    path.write_bytes(raw[:offset] + local + directory + end)
    return path


def write_overlapping_zip(path: Path) -> Path:
    """Write a zip whose many entries share one packed body."""
    packed = zlib.compress(b" " * 10 * MIB, 9)[2:-4]
    name = b"a"
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), 10 * MIB, 1, 0) + name + packed
    entries = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(packed), 10 * MIB, 4, 0, 0, 0, 0, 0, 0)
        + b"%04d" % number
        for number in range(2)
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 2, 2, len(entries), len(local), 0)
    path.write_bytes(
        local + b"\0" * MIB + entries + end.replace(struct.pack("<I", len(local)), struct.pack("<I", len(local) + MIB))
    )
    return path

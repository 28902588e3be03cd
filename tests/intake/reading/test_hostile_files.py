# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files made to break a reader: refused early and clearly, or streamed within bounds (SECURITY DS1, DS2)."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from pathlib import Path

import pytest

from goodoffices.intake.reading import Limits, ListUnreadable, open_table
from tests.intake.reading import hostile
from tests.intake.reading.hostile import MIB, read_apart

MEMORY_MIB = 512
EARLY_SECONDS = 2.0


def refused(path: Path, **limits: int) -> ListUnreadable:
    with pytest.raises(ListUnreadable) as caught:
        list(open_table(path, limits=Limits(**limits)).rows())
    assert caught.value.hint, "a refusal says how to mend it"
    assert caught.value.where["file"] == path.name
    return caught.value


@pytest.fixture
def long_line(tmp_path):
    """A header and one line of 500 MB, as a file with a hole that takes no room on the disk."""
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.write(b"name,dob\nA")
        file.seek(500 * MIB)
        file.write(b"\n")
    return path


@pytest.mark.req("SEC-DS")
def test_a_line_of_500_mb_is_refused_early_in_little_memory(long_line):
    outcome = read_apart(long_line)
    assert outcome.code in ("line_too_long", "not_text")
    assert outcome.seconds < EARLY_SECONDS
    assert outcome.peak_mib < 150


def test_a_long_line_of_letters_names_its_line(tmp_path):
    path = tmp_path / "line.csv"
    path.write_bytes(b"name,dob\nA,1985\n" + b"x" * (5 * MIB) + b"\nB,1986\n")
    assert refused(path).where == {"file": "line.csv", "row": 3, "limit": 4 * MIB}


def test_a_hundred_thousand_columns_are_refused(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{n}" for n in range(100_000)) + "\n" + "," * 99_999 + "\n")
    outcome = read_apart(path)
    assert outcome.code == "too_many_columns"
    assert outcome.where["row"] == 1
    assert outcome.seconds < EARLY_SECONDS
    assert outcome.peak_mib < MEMORY_MIB


def test_columns_by_quotes_are_counted_too(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("name,dob\n" + ",".join(['"x"'] * 50_000) + "\n")
    error = refused(path)
    assert error.code == "too_many_columns"
    assert error.where["row"] == 2


@pytest.mark.req("SEC-DS")
def test_nuls_lone_quotes_and_mixed_encodings_are_told_by_row(tmp_path):
    path = tmp_path / "mixed.csv"
    path.write_bytes(
        b"id,name,dob\n"
        + "1,Іваненко Іван,1985\n".encode()
        + "2,Петренко Петро,1986\n".encode("cp1251")
        + b"3,Nul\x00Name,1987\n"
        + b'4,"Lone quote,1988\n'
        + "5,Сидоренко Сидір,1989\n".encode()
        + b'6,"Good, quoted",1990\n'
    )
    rows = {row.number: row for row in open_table(path).rows()}
    assert rows[3].cells[1] == "Петренко Петро"
    assert [p.code for p in rows[3].problems] == ["mixed_encoding"]
    assert [(p.code, p.column) for p in rows[4].problems] == [("nul_byte", 1)]
    assert rows[5].cells == ("4", '"Lone quote', "1988")
    assert [p.code for p in rows[5].problems] == ["lone_quote"]
    assert rows[6].cells[1] == "Сидоренко Сидір"
    assert rows[7].cells[1] == "Good, quoted"


def test_quotes_everywhere_are_read_in_bounded_time_and_memory(tmp_path):
    path = tmp_path / "quotes.csv"
    path.write_text("name,dob\n" + ('"a,"b,"c,"d\n' * 200 + ',"\n' + "x\n" * 300) * 100)
    outcome = read_apart(path)
    assert outcome.code == ""
    assert outcome.rows > 25_000
    assert outcome.peak_mib < 150


def test_a_large_list_streams_in_little_memory(tmp_path):
    path = tmp_path / "large.csv.gz"
    line = "1,Іваненко Іван Іванович,03.05.1985,ч,Харків\n".encode()
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write("id,ПІБ,дата народження,стать,місто\n".encode())
        for number in range(20_000):
            file.write(str(number).encode() + line)
    outcome = read_apart(path)
    assert (outcome.code, outcome.rows) == ("", 20_000)
    assert outcome.peak_mib < 150


@pytest.mark.req("SEC-DS")
def test_a_gzip_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"name,dob\n" * 100_000
    with path.open("wb") as file:
        for _ in range(60):
            file.write(packer.compress(block))
        file.write(packer.flush())
    assert refused(path).code == "unpacks_too_large"


def test_a_damaged_gzip_is_refused_not_crashed_on(tmp_path):
    path = tmp_path / "cut.csv.gz"
    packed = gzip.compress(b"name,dob\n" + b"A,1985\n" * 10_000)
    path.write_bytes(packed[: len(packed) // 2])
    assert refused(path).code == "damaged_archive"


def test_gzip_in_gzip_is_refused(tmp_path):
    path = tmp_path / "nested.csv.gz"
    path.write_bytes(gzip.compress(gzip.compress(b"name\nA\n")))
    assert refused(path).code == "nested_archive"


@pytest.mark.req("SEC-DS")
def test_a_million_zip_entries_are_refused_early(tmp_path):
    outcome = read_apart(hostile.write_million_entries(tmp_path / "many.xlsx"))
    assert outcome.code == "too_many_entries"
    assert outcome.seconds < EARLY_SECONDS
    assert outcome.peak_mib < 150


@pytest.mark.req("SEC-DS")
def test_a_zip_that_lies_about_its_size_is_refused_early(tmp_path):
    outcome = read_apart(hostile.write_lying_zip(tmp_path / "liar.xlsx", declared=1000, true_mib=60))
    assert outcome.code == "unpacks_too_large"
    assert outcome.seconds < EARLY_SECONDS
    assert outcome.peak_mib < 150


def test_a_zip_that_tells_its_huge_size_is_refused_early(tmp_path):
    path = hostile.write_workbook(tmp_path / "bomb.xlsx", "", {"xl/media/zeros.bin": b"\0" * (60 * MIB)})
    assert refused(path).code == "unpacks_too_large"


def test_overlapping_entries_are_refused(tmp_path):
    assert refused(hostile.write_overlapping_zip(tmp_path / "overlap.xlsx")).code in (
        "overlapping_entries",
        "unpacks_too_large",
    )


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x", "a\\..\\..\\b"])
def test_a_part_with_a_path_outwards_is_refused(tmp_path, name):
    path = tmp_path / "slip.xlsx"
    hostile.write_workbook(path, "", {name: b"x"})
    assert refused(path).code == "unsafe_entry"


def test_a_link_inside_is_refused(tmp_path):
    path = hostile.write_workbook(tmp_path / "link.xlsx", "")
    link = zipfile.ZipInfo("xl/media/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refused(path).code == "unsafe_entry"


def test_a_nested_archive_is_refused(tmp_path):
    inner = hostile.write_workbook(tmp_path / "inner.xlsx", "")
    path = hostile.write_workbook(tmp_path / "outer.xlsx", "", {"xl/embeddings/inner.xlsx": inner.read_bytes()})
    assert refused(path).code == "nested_archive"


def test_macros_are_refused(tmp_path):
    path = hostile.write_workbook(tmp_path / "macro.xlsx", "", {"xl/vbaProject.bin": b"x"})
    assert refused(path).code == "macros"


def test_markup_that_defines_entities_is_refused(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    path = hostile.write_workbook(tmp_path / "entities.xlsx", "", {"xl/sharedStrings.xml": bomb})
    assert refused(path).code == "forbidden_markup"


def test_a_password_is_told_plainly(tmp_path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    error = refused(path)
    assert error.code == "encrypted_workbook"
    assert "password" in error.hint


@pytest.mark.req("SEC-DS")
def test_two_far_cells_do_not_take_the_memory_of_the_area_between(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="ALL1048576"><v>2</v></c></row>'
    outcome = read_apart(hostile.write_workbook(tmp_path / "sparse.xlsx", rows))
    assert outcome.code in ("workbook_too_large", "damaged_archive")
    assert outcome.peak_mib < MEMORY_MIB


def test_a_stray_cell_far_down_costs_little(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="300000"><c r="D300000"><v>2</v></c></row>'
    outcome = read_apart(hostile.write_workbook(tmp_path / "stray.xlsx", rows))
    assert (outcome.code, outcome.rows) == ("", 2)
    assert outcome.peak_mib < MEMORY_MIB
    assert outcome.seconds < 10


def test_a_workbook_of_many_columns_is_refused(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
    assert refused(hostile.write_workbook(tmp_path / "wide.xlsx", rows)).code == "too_many_columns"


def test_markup_without_ends_is_searched_in_bounded_time(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + "<!-- " + '<c r="A1" t="e" ' * 100_000 + " <f -->"
    outcome = read_apart(hostile.write_workbook(tmp_path / "tags.xlsx", rows))
    assert outcome.code in ("", "damaged_archive")
    assert outcome.seconds < 10


def test_a_workbook_of_heavy_strings_stays_in_bounds(tmp_path):
    cell = '<c t="inlineStr"><is><t>' + "x" * 30_000 + "</t></is></c>"
    rows = "".join(f'<row r="{n}">{cell * 10}</row>' for n in range(1, 400))
    outcome = read_apart(hostile.write_workbook(tmp_path / "heavy.xlsx", rows))
    assert outcome.code in ("", "workbook_too_large", "unpacks_too_large")
    assert outcome.peak_mib < MEMORY_MIB


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\0" * 5000, "empty_file"),
        (b"   \n\n\r\n", "empty_file"),
        (b"%PDF-1.7\n", "is_pdf"),
        (b"\x89PNG\r\n\x1a\n123", "is_image"),
        (b"<!DOCTYPE html><html></html>", "is_markup"),
        (b"SQLite format 3\0" + b"x" * 100, "is_database"),
        (b"PK\x03\x04 broken", "damaged_archive"),
        (b"PK\x05\x06" + b"\0" * 18, "is_archive"),
        (bytes(range(256)) * 50, "not_text"),
    ],
)
def test_what_is_no_list_is_named(tmp_path, content, code):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert refused(path).code == code


def test_an_absent_file_is_a_clear_refusal(tmp_path):
    assert refused(tmp_path / "absent.csv").code == "file_unopened"


def test_a_folder_is_a_clear_refusal(tmp_path):
    assert refused(tmp_path).code == "file_unopened"


def test_limits_of_rows_and_size_are_kept(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,dob\n" + "A,1985\n" * 100)
    assert refused(path, rows=50).code == "too_many_rows"
    assert refused(path, file_bytes=100).code == "file_too_large"


def test_an_overlong_cell_is_cut_and_told(tmp_path):
    path = tmp_path / "cell.csv"
    path.write_text("name,dob\n" + "x" * 200_000 + ",1985\n")
    (row,) = open_table(path).rows()
    assert len(row.cells[0]) == 100_000
    assert [(p.code, p.row, p.field) for p in row.problems] == [("cell_cut", 2, "name")]

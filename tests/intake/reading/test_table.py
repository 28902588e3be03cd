# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening lists of every usual form: encodings, delimiters, header mess, row kinds, workbooks."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.intake.reading import ListUnreadable, ReadOptions, open_table

UK = "№;ПІБ;Дата народження;Стать\n1;Їжаченко Ґалаґан Євгенович;03.05.1985;ч\n2;Щербань Їва Іванівна;04.06.1990;ж\n"
RU = "номер;ФИО;дата рождения;пол\n1;Подъячий Эдуард Юрьевич;03.05.1985;м\n2;Щукина Алёна Ильинична;04.06.1990;ж\n"
ES = "id;nombre;fecha de nacimiento;sexo\n1;Núñez Ibáñez, José;03.05.1985;M\n2;Peña Güell, Inés;04.06.1990;F\n"


@pytest.fixture
def write(tmp_path):
    """Write bytes or text to a file and open it as a table."""

    def opened(content, name="list.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return open_table(path, options=ReadOptions(**options))

    return opened


def codes(table):
    return [problem.code for problem in table.problems]


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (UK, "utf-8", "utf-8"),
        (UK, "utf-8-sig", "utf-8-sig"),
        (UK, "utf-16", "utf-16"),
        (UK, "utf-16-le", "utf-16-le"),
        (UK, "utf-16-be", "utf-16-be"),
        (UK, "utf-32", "utf-32"),
        (UK, "cp1251", "cp1251"),
        (UK.replace("№", "N"), "koi8-u", "koi8-u"),
        (RU, "cp1251", "cp1251"),
        (RU.upper(), "cp1251", "cp1251"),
        (RU, "koi8-r", "koi8-r"),
        (RU.upper(), "koi8-r", "koi8-r"),
        (RU, "cp866", "cp866"),
        (RU, "iso8859-5", "iso8859-5"),
        (ES, "cp1252", "cp1252"),
        (ES, "latin-1", "cp1252"),
        (ES, "utf-8", "utf-8"),
    ],
)
@pytest.mark.req("SEC-DS")
def test_the_encoding_is_found_and_the_text_comes_back(write, text, encoding, found):
    table = write(text.encode(encoding))
    assert table.encoding == found
    expected = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert list(table.header) == expected[0]
    assert [list(row.cells) for row in table.rows()] == expected[1:]
    assert all(not row.problems for row in table.rows())


def test_a_late_first_letter_still_settles_the_encoding(write):
    text = "id,name\n" + "1,Plain\n" * 60_000 + "2,Їжаченко Ґалаґан Євген Щербань\n"
    table = write(text.encode("cp1251"))
    assert table.encoding == "cp1251"
    assert list(table.rows())[-1].cells[1].startswith("Їжаченко")


def test_a_named_encoding_is_taken(write):
    assert write(UK.encode("cp1251"), encoding="windows-1251").header[1] == "ПІБ"


@pytest.mark.parametrize("name", ["no-such", "hex", "idna", "unicode_escape", "utf-7", "\0"])
def test_only_encodings_of_text_are_taken(write, name):
    with pytest.raises(ListUnreadable) as caught:
        write(UK, encoding=name)
    assert caught.value.code == "unknown_encoding"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found(write, sign, ending):
    lines = [["name", "dob", "note"], ["Smith, John; jr", "1985", "a|b"], ["Doe", "", 'said "yes"']]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=sign, lineterminator=ending).writerows(lines)
    table = write(buffer.getvalue())
    assert table.delimiter == sign
    assert [list(row.cells) for row in table.rows()] == lines[1:]


def test_a_gzip_is_opened_whatever_its_name(write):
    assert write(gzip.compress(UK.encode()), name="list.txt").header[1] == "ПІБ"


def test_the_separator_line_of_spreadsheets_is_obeyed(write):
    table = write("sep=;\nname;dob\nA, B;1985\n")
    assert (table.delimiter, table.header, table.header_row_number) == (";", ("name", "dob"), 2)


def test_a_cell_over_several_lines_is_one_row(write):
    rows = list(write('name,note\n"A","one\ntwo\nthree"\nB,x\n').rows())
    assert [(row.number, row.cells) for row in rows] == [(2, ("A", "one\ntwo\nthree")), (3, ("B", "x"))]


def test_rows_above_the_header_are_set_aside(write):
    table = write("Список зниклих осіб,,\nстаном на 01.02.2023,,\n,,\n№,ПІБ,дата народження\n1,Вигаданий Іван,1985\n")
    assert table.header == ("№", "ПІБ", "дата народження")
    assert table.header_row_number == 4
    assert table.preamble[0].startswith("Список")
    assert codes(table) == ["preamble"]
    assert [row.number for row in table.rows()] == [5]


def test_a_header_on_two_lines_is_joined(write):
    table = write("№,ПІБ,Народження,,Полон,\n,,дата,місце,дата,місце\n1,Вигаданий Іван,1985,Харків,2022,Маріуполь\n")
    assert table.header == (
        "№", "ПІБ", "Народження / дата", "Народження / місце", "Полон / дата", "Полон / місце",
    )  # fmt: skip
    assert table.header_row_number == 2
    assert "two_line_header" in codes(table)


def test_repeated_headers_and_totals_are_marked_not_lost(write):
    table = write("name,dob,place_held\nA,1985,x\nname,dob,place_held\nB,1986,y\n,,\nTotal: 2,,\n")
    assert [(row.number, row.kind) for row in table.rows()] == [
        (2, "data"), (3, "header_again"), (4, "data"), (6, "total"),
    ]  # fmt: skip


def test_unnamed_and_doubled_headers_are_made_distinct_and_told(write):
    table = write("name,date,,date\nA,1985,x,1986\n")
    assert table.header == ("name", "date", "column 3", "date (2)")
    assert codes(table) == ["unnamed_column", "duplicate_header"]


def test_a_list_without_header_says_so(write):
    table = write("1,Вигаданий Іван Іванович,03.05.1985\n2,Вигадана Ольга Іванівна,04.06.1990\n")
    assert table.header_row_number == 0
    assert codes(table) == ["no_header"]
    assert len(list(table.rows())) == 2


def test_a_header_in_another_language_is_known_by_what_stands_below(write):
    table = write("Häftling,Geburtstag\nMuster A,03.05.1985\nMuster B,04.06.1990\n")
    assert table.header == ("Häftling", "Geburtstag")
    assert codes(table) == []


def test_a_word_like_a_header_does_not_make_a_row_one(write):
    table = write("1,Muster A,prison,1985\n2,Muster B,camp,1990\n3,Muster C,home,1991\n")
    assert table.header_row_number == 0
    assert len(list(table.rows())) == 3


def test_a_person_may_name_the_header_row(write):
    table = write("a,b\nc,d\ne,f\n", header_row=2)
    assert table.header == ("c", "d")
    assert [row.cells for row in table.rows()] == [("e", "f")]
    assert write("name,dob\nA,1985\n", header_row=0).header == ("column 1", "column 2")


def test_short_and_long_rows_are_told_by_row(write):
    rows = list(write("name,dob,sex\nA\nB,1985,f,more,still\n").rows())
    assert rows[0].cells == ("A", "", "")
    assert [problem.code for problem in rows[0].problems] == ["short_row"]
    assert rows[1].extra == ("more", "still")
    assert [(problem.code, problem.row) for problem in rows[1].problems] == [("extra_cells", 3)]


def test_rows_may_be_read_twice(write):
    table = write(UK)
    assert list(table.rows()) == list(table.rows())


CELLS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=["Cs", "Cc"]), max_size=12
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_what_is_written_quoted_is_read_back_exactly(write, rows, sign):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=sign, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [["name", "dob", "sex"], *rows]
    )
    table = write(buffer.getvalue(), delimiter=sign, encoding="utf-8", header_row=1)
    assert [list(row.cells) for row in table.rows()] == [row for row in rows if any(cell.strip() for cell in row)]


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook by a function of it and its first sheet, and open it."""

    def opened(fill, **options):
        path = tmp_path / "list.bin"
        book = xlsxwriter.Workbook(str(path))
        fill(book, book.add_worksheet("Перелік"))
        book.close()
        return open_table(path, options=ReadOptions(**options))

    return opened


def test_a_workbook_gives_cells_as_text(workbook):
    def fill(book, sheet):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["ПІБ", "дата народження", "вік", "note", "активний", "номер"])
        sheet.write_row(1, 0, ["Вигаданий Іван", None, 26, 0.5, None, None])
        sheet.write_datetime(1, 1, datetime(1985, 5, 3), day)  # noqa: DTZ001 - a cell has no zone
        sheet.write_boolean(1, 4, True)
        sheet.write_string(1, 5, "007")
        sheet.write_row(2, 0, ["Вигадана Ольга", "03/05/1985", 30, 1e20])

    table = workbook(fill)
    assert (table.format, table.sheet) == ("xlsx", "Перелік")
    first, second = table.rows()
    assert first.cells == ("Вигаданий Іван", "1985-05-03", "26", "0.5", "TRUE", "007")
    assert first.dates == {1}
    assert not second.dates
    assert [(problem.code, problem.column) for problem in second.problems] == [("number_cut", 3)]


def test_formulas_are_taken_as_values_and_told_errors_too(workbook):
    def fill(_book, sheet):
        sheet.write_row(0, 0, ["name", "age", "note"])
        sheet.write_string(1, 0, '=HYPERLINK("http://example.invalid")')
        sheet.write_formula(1, 1, "=13*2", None, 26)
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")

    (row,) = workbook(fill).rows()
    assert row.cells == ('=HYPERLINK("http://example.invalid")', "26", "#DIV/0!")
    assert {(problem.code, problem.column) for problem in row.problems} == {
        ("formula", 1), ("error_value", 2), ("formula", 2),
    }  # fmt: skip


def test_times_and_impossible_days_are_marked(workbook):
    def fill(book, sheet):
        day, hour = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["name", "dob", "note"])
        sheet.write_row(1, 0, ["A"])
        sheet.write_number(1, 1, 60, day)
        sheet.write_datetime(1, 2, time(12, 30), hour)

    (row,) = workbook(fill).rows()
    assert {problem.code for problem in row.problems} == {"typed_date_doubtful", "typed_time"}


def test_other_sheets_are_told_hidden_ones_are_not_read(workbook):
    def fill(book, sheet):
        sheet.hide()
        sheet.write_row(0, 0, ["hidden", "x"])
        for name in ("Список", "Ще"):
            other = book.add_worksheet(name)
            other.write_row(0, 0, ["name", "dob"])
            other.write_row(1, 0, [name, "1985"])
        book.get_worksheet_by_name("Список").activate()
        book.get_worksheet_by_name("Список").set_first_sheet()

    table = workbook(fill)
    assert (table.sheet, table.sheets) == ("Список", ("Список", "Ще"))
    assert codes(table) == ["other_sheets"]
    assert next(iter(workbook(fill, sheet="Ще").rows())).cells[0] == "Ще"
    with pytest.raises(ListUnreadable) as caught:
        workbook(fill, sheet="Немає")
    assert caught.value.code == "unknown_sheet"


def test_a_table_may_begin_anywhere_on_the_sheet(workbook):
    def fill(_book, sheet):
        sheet.write(1, 2, "Перелік осіб")
        sheet.write_row(4, 2, ["ПІБ", "дата народження"])
        sheet.write_row(6, 2, ["Вигаданий Іван", "1985"])

    table = workbook(fill)
    assert (table.header, table.header_row_number) == (("ПІБ", "дата народження"), 5)
    assert [(row.number, row.cells) for row in table.rows()] == [(7, ("Вигаданий Іван", "1985"))]


def test_merged_headers_of_a_workbook_are_joined(workbook):
    def fill(_book, sheet):
        sheet.merge_range(0, 0, 1, 0, "ПІБ")
        sheet.merge_range(0, 1, 0, 2, "Народження")
        sheet.write_row(1, 1, ["дата", "місце"])
        sheet.write_row(2, 0, ["Вигаданий Іван", date(1985, 5, 3).isoformat(), "Харків"])

    assert workbook(fill).header == ("ПІБ", "Народження / дата", "Народження / місце")


def test_an_empty_workbook_is_refused(workbook):
    with pytest.raises(ListUnreadable) as caught:
        workbook(lambda _book, _sheet: None)
    assert caught.value.code == "no_sheet"

# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import gzip
import io
import os
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.sources.archive import Limits, open_source
from drehkreuz.sources.text import MAX_FINDINGS, decode, read_csv

Pack = Callable[[Mapping[str, str | bytes], str], Path]

PEOPLE = "person_id,name\n1,Anna\n2,Bert\n"


def refusal(path: Path, name: str = "people.csv", **limits: int) -> str:
    """Return the one sentence with which a source is refused, on opening or on reading."""
    with pytest.raises(InputError) as caught:
        open_source(path, limits=Limits(**limits)).read(name)
    return str(caught.value)


def table(path: Path, text: str | bytes, **options: object) -> list[dict[str, object]]:
    """Return the rows of a file that holds the text."""
    file = path / "people.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_csv(open_source(file), "people.csv", **options).to_dicts()  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------------------- archive


def test_folder_zip_and_single_file_show_one_face(tmp_path: Path, pack: Pack) -> None:
    """The same file is read alike from a folder, a zip, a zip's only sub-folder, a gzip and by itself."""
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "people.csv.gz").write_bytes(gzip.compress(PEOPLE.encode()))
    for path in (
        pack({"people.csv": PEOPLE}, "folder"),
        pack({"people.csv.gz": gzip.compress(PEOPLE.encode())}, "packed"),
        pack({"people.csv": PEOPLE}, "plain.zip"),
        pack({"region/people.csv": PEOPLE, "__MACOSX/region/._people.csv": "x"}, "nested.zip"),
        pack({"region/people.csv": PEOPLE}, "nested"),
        tmp_path / "people.csv",
        tmp_path / "people.csv.gz",
    ):
        source = open_source(path)
        assert source.names == ("people.csv",)
        assert "people.csv" in source
        assert source.read("people.csv") == PEOPLE.encode()


def test_missing_file_is_named_with_its_likeliest_neighbour(pack: Pack) -> None:
    """A file that is not there is named together with those that are and the one probably meant."""
    message = refusal(pack({"peple.csv": PEOPLE}, "folder"))
    assert "people.csv is missing; found are peple.csv" in message
    assert "Did you mean 'peple.csv'?" in message


def test_missing_path_names_its_likeliest_neighbour(tmp_path: Path) -> None:
    """A path that is not there suggests the one probably meant."""
    (tmp_path / "timetable.zip").write_bytes(b"PK")
    message = refusal(tmp_path / "timetabel.zip")
    assert "there is no such file or folder. Check the path. Did you mean 'timetable.zip'?" in message


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("people.csv", b"", "the file is empty"),
        ("people.zip", b"", "the file is empty"),
        ("people.zip", b"hello there", "is not a zip archive"),
        ("people.zip", b"PK\x03\x04 cut off", "is broken"),
        ("people.zip", b"Rar!\x1a\x07\x00 and more", "is not a zip archive"),
        ("people.rar", b"Rar!\x1a\x07\x00 and more", "is a RAR archive"),
        ("people.7z", b"7z\xbc\xaf\x27\x1c and more", "is a 7-Zip archive"),
        ("people.xls", b"\xd0\xcf\x11\xe0 and more", "is an old Excel or Word file"),
        ("people.csv.gz", b"no gzip at all", "people.csv: is broken"),
        ("people.csv.gz", gzip.compress(PEOPLE.encode())[:-9], "people.csv: is broken"),
    ],
)
def test_a_file_that_is_no_source_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    """Empty, cut off and foreign files are told apart."""
    (tmp_path / name).write_bytes(content)
    assert words in refusal(tmp_path / name)


def test_empty_folder_is_refused(tmp_path: Path) -> None:
    """A folder without files is no source."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert "the folder holds no files" in refusal(tmp_path)


def test_empty_zip_is_refused(pack: Pack) -> None:
    """A zip without files is no source."""
    assert "the archive holds no files" in refusal(pack({}, "empty.zip"))


def test_folder_in_the_place_of_a_file_is_said_to_be_one(pack: Pack) -> None:
    """A folder named like the file wanted is not read."""
    path = pack({"other.csv": PEOPLE}, "folder")
    (path / "people.csv").mkdir()
    assert "people.csv is a folder, not a file" in refusal(path)


def test_device_is_no_source() -> None:
    """A device that never ends is refused before it is read."""
    assert "is neither a file nor a folder" in refusal(Path("/dev/zero"))


def test_file_without_permission_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read tells whom to ask."""
    (tmp_path / "people.csv").write_text(PEOPLE)

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    message = refusal(tmp_path / "people.csv")
    assert "you have no permission to read it. Ask its owner for the right to read." in message


def test_path_out_of_the_archive_is_refused(pack: Pack) -> None:
    """A name that leads out of the archive makes all of it suspect."""
    for name in ("../people.csv", "/etc/people.csv", "..\\people.csv", "C:\\people.csv"):
        assert "leads outside the archive" in refusal(pack({name: PEOPLE, "people.csv": PEOPLE}, "evil.zip"))


def test_too_many_members_are_refused(pack: Pack) -> None:
    """An archive of more files than any source has is refused."""
    path = pack({f"{i}.csv": PEOPLE for i in range(11)}, "many.zip")
    assert "holds 11 files; at most 10 are read" in refusal(path, members=10)


def test_zip_bomb_is_refused_by_its_own_figures(pack: Pack) -> None:
    """A member that claims to unpack to hundreds of times its size is refused before it is unpacked."""
    path = pack({"people.csv": b"\0" * 2_000_000}, "bomb.zip")
    message = refusal(path, ratio_from=1_000_000)
    assert message.startswith("people.csv: unpacks to more than 200 times its packed size")


def test_zip_larger_than_the_limit_is_refused(pack: Pack) -> None:
    """The sizes of all members together count."""
    path = pack({"people.csv": os.urandom(600), "more.csv": os.urandom(600)}, "large.zip")
    assert "holds 1,200 bytes or more once unpacked; at most 1,000 are read" in refusal(path, unpacked=1_000)


def test_gzip_bomb_is_stopped_while_it_is_read(tmp_path: Path) -> None:
    """A gzip cannot be trusted to tell its size, so the bytes are counted as they come out."""
    (tmp_path / "people.csv.gz").write_bytes(gzip.compress(b"\0" * 20_000_000))
    assert "unpacks to more than 200 times its packed size" in refusal(tmp_path / "people.csv.gz")
    assert "holds 1,0" in refusal(tmp_path / "people.csv.gz", unpacked=1_000_000)


def test_zip_that_lies_about_a_size_is_broken(pack: Pack) -> None:
    """A member longer than its header claims is not believed."""
    path = pack({"people.csv": PEOPLE}, "lie.zip")
    data = bytearray(path.read_bytes())
    size = len(PEOPLE).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (5).to_bytes(4, "little")))
    assert "people.csv: is broken" in refusal(path)


def test_encrypted_member_is_refused(pack: Pack) -> None:
    """A member under a password asks for an archive without one."""
    path = pack({"people.csv": PEOPLE}, "secret.zip")
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(data)
    assert "people.csv: is encrypted" in refusal(path)


def test_unknown_packing_is_said_to_be_so(pack: Pack) -> None:
    """A member packed by a method that this machine does not know is refused."""
    path = pack({"people.csv": PEOPLE}, "odd.zip")
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + offset] = 97
    path.write_bytes(data)
    assert "people.csv: is broken or packed in an unknown way" in refusal(path)


def test_spreadsheet_asks_for_csv(pack: Pack) -> None:
    """An Excel workbook, which is a zip, is named for what it is."""
    path = pack({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}, "people.zip")
    assert "is a spreadsheet or a document. Save each sheet as CSV (UTF-8)." in refusal(path)


def test_member_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    """Two members of one name cannot both be meant."""
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("people.csv", PEOPLE)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("people.csv", PEOPLE)
    assert "holds people.csv 2 times" in refusal(path)


def test_plain_and_packed_twin_are_refused(pack: Pack) -> None:
    """A folder with x.csv and x.csv.gz does not say which counts."""
    path = pack({"people.csv": PEOPLE, "people.csv.gz": b""}, "twins")
    assert "holds people.csv both plain and packed" in refusal(path)


def test_archive_in_an_archive_is_not_followed(pack: Pack) -> None:
    """A zip within a zip is a file like any other."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("people.csv", PEOPLE)
    assert "people.csv is missing; found are inner.zip" in refusal(pack({"inner.zip": inner.getvalue()}, "outer.zip"))


def test_fault_of_the_reader_is_not_taken_for_a_broken_file(pack: Pack) -> None:
    """An error in the code that uses an open file stays what it is."""
    source = open_source(pack({"people.csv": PEOPLE}, "plain.zip"))
    with pytest.raises(ValueError, match="mine"), source.open("people.csv"):
        raise ValueError("mine")


@settings(max_examples=100)
@given(position=st.integers(0, 400), value=st.integers(0, 255))
def test_damaged_zip_never_gives_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, position: int, value: int
) -> None:
    """Whatever byte of a zip is changed, it is read or refused with a finding."""
    path = tmp_path_factory.mktemp("zip") / "people.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("region/people.csv", PEOPLE * 20)
        archive.writestr("region/more.csv", PEOPLE)
    data = bytearray(path.read_bytes())
    data[position % len(data)] = value
    path.write_bytes(data)
    with suppress(InputError):
        source = open_source(path)
        for name in source.names:
            source.read(name)


# ------------------------------------------------------------------------------------------------------------- text


@pytest.mark.parametrize(
    "text", ["a,b\n1,ü\n", "a,b\r\n1,ü\r\n", "a,b\r1,ü\r", "a,b\n1,ü", "a;b\n1;ü\n", "a\tb\n1\tü\n"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_separators_and_byte_order_marks_do_not_matter(tmp_path: Path, text: str, encoding: str) -> None:
    """LF, CRLF, CR or none at the end; comma, semicolon or tab; UTF-8 or marked UTF-16: the same table."""
    assert table(tmp_path, text.encode(encoding)) == [{"a": "1", "b": "ü", "row": 2}]


def test_western_encoding_is_read_only_where_stated(tmp_path: Path) -> None:
    """Windows-1252 is refused with byte, line and remedy unless it is stated."""
    data = "a,b\n1,x\n2,Düren\n".encode("cp1252")
    with pytest.raises(InputError) as caught:
        table(tmp_path, data)
    assert str(caught.value) == (
        "people.csv:3: not UTF-8: byte 12 is 0xFC (in cp1252 it would be 'ü'). "
        'Save it as UTF-8 or state encoding = "cp1252".'
    )
    assert table(tmp_path, data, encoding="cp1252")[1]["b"] == "Düren"


def test_wrongly_stated_encoding_is_named() -> None:
    """A byte that the stated encoding has not is named, and so is an encoding nobody knows."""
    with pytest.raises(InputError, match=r"people\.csv:2: not cp1252: byte 3 is 0x81"):
        decode(b"a\n\x81", "people.csv", "cp1252")
    with pytest.raises(InputError, match="encoding 'klingon': this encoding is not known"):
        decode(b"a", "people.csv", "klingon")


def test_nul_byte_is_named_with_its_line(tmp_path: Path) -> None:
    """A NUL byte, as in a file cut off by a full disk, is no text."""
    with pytest.raises(InputError, match=r"people\.csv:3: holds a NUL byte"):
        table(tmp_path, b"a,b\n1,2\n3\0\0,4\n")


def test_rows_know_the_line_they_begin_on(tmp_path: Path) -> None:
    """Quoted line breaks and blank lines count as lines, so that an editor finds the row."""
    rows = table(tmp_path, 'a,b\n1,"x\ny"\n\n2,"z ""q"""\n,\n3,w\n')
    assert rows == [
        {"a": "1", "b": "x\ny", "row": 2},
        {"a": "2", "b": 'z "q"', "row": 5},
        {"a": "3", "b": "w", "row": 7},
    ]


def test_blanks_around_values_are_no_part_of_them(tmp_path: Path) -> None:
    """Blanks are stripped from names and values; a value of blanks is none."""
    assert table(tmp_path, " a , b\n 1 ,  \n") == [{"a": "1", "b": None, "row": 2}]


def test_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    """A header alone is a table, an empty one."""
    (tmp_path / "people.csv").write_text("a,b")
    frame = read_csv(open_source(tmp_path / "people.csv"), "people.csv")
    assert frame.columns == ["a", "b", "row"]
    assert frame.is_empty()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n1,2\n", "people.csv:1: the header is empty"),
        ("a,b,a\n1,2,3\n", "people.csv:1: column 'a' stands twice in the header"),
        ("a,row\n1,2\n", "people.csv:1: column 'row' has the name that is kept for the line number"),
        ("a,,\n1,,\n2,,x\n", "people.csv:3: column 3 has no name but the value 'x'"),
        ("a,b\n1,2\n3\n", "people.csv:3: 1 fields where the header has 2"),
        ("a,b\n1,2\n3,4,5\n", "people.csv:3: 3 fields where the header has 2"),
        ("a,b\n1,2\n3,4,\n5\n", "people.csv:3: 3 fields where the header has 2"),
        ('a,b\n1,"2\n3,4\n', "people.csv:2: a quotation mark is not closed or stands in the wrong place"),
        ('a,b\n1,"2"x\n3,4\n', "people.csv:2: a quotation mark is not closed or stands in the wrong place"),
        ('a,b\n1,x"2\n3,4\n', "people.csv:2: a quotation mark is not closed or stands in the wrong place"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    """Each way in which a table can be malformed has its own sentence."""
    with pytest.raises(InputError) as caught:
        table(tmp_path, text)
    assert words in str(caught.value)


def test_nameless_empty_columns_of_a_spreadsheet_are_dropped(tmp_path: Path) -> None:
    """Columns that a spreadsheet appends without name or value are not there."""
    assert table(tmp_path, "a;b;;\n1;2;;\n") == [{"a": "1", "b": "2", "row": 2}]


def test_ragged_rows_are_listed_where_asked(tmp_path: Path) -> None:
    """With a report, ragged rows are left out and listed, the first thousand one by one."""
    report: list[object] = []
    rows = table(tmp_path, "a,b\n" + "1\n" * 1_500 + "2,3\n", report=report)
    assert rows == [{"a": "2", "b": "3", "row": 1_502}]
    assert len(report) == MAX_FINDINGS + 1
    assert "and 500 more" in str(report[-1])


def test_short_rows_can_be_filled(tmp_path: Path) -> None:
    """Where a publisher leaves out empty fields at a row's end, they are taken as empty."""
    assert table(tmp_path, "a,b\n1\n", fill_short=True) == [{"a": "1", "b": None, "row": 2}]


def test_ten_million_rows_are_counted_not_read(tmp_path: Path) -> None:
    """A table that is too long is refused by its count of rows."""
    with pytest.raises(InputError, match=r"people\.csv: 10,000,001 rows; at most 5,000,000 are read"):
        table(tmp_path, b"a\n" + b"1\n" * 10_000_001)


def test_too_many_bytes_are_refused(tmp_path: Path) -> None:
    """A table that is too large is refused while it is read."""
    with pytest.raises(InputError, match="holds more than 1,000 bytes"):
        table(tmp_path, "a\n" + "1\n" * 1_000, max_bytes=1_000)


FIELD = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters='",;\n '), max_size=6)


@given(rows=st.lists(st.tuples(FIELD, FIELD, FIELD), max_size=8))
def test_any_table_written_by_the_csv_module_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    """Values come back as they were written, except for blanks around them, whatever they hold."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["a", "b", "c"])
    writer.writerows(rows)
    expected = [tuple(value.strip(" \n") or None for value in row) for row in rows]
    read = table(tmp_path_factory.mktemp("csv"), text.getvalue())
    assert [(row["a"], row["b"], row["c"]) for row in read] == [row for row in expected if any(row)]

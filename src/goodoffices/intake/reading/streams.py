# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open text files, packed or not, as physical lines of bounded length."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from goodoffices.intake.reading import encodings
from goodoffices.intake.reading.encodings import Line
from goodoffices.intake.reading.errors import ListUnreadable
from goodoffices.intake.reading.limits import MIB, Limits

_RATIO_FROM = 16 * MIB
_ENCODINGS = encodings.WIDE | {
    "utf-8", "utf-8-sig", "ascii", "cp1250", "cp1251", "cp1252", "cp1254", "cp866", "koi8-r", "koi8-u",
    "iso8859-1", "iso8859-2", "iso8859-5", "iso8859-9", "iso8859-15", "mac-cyrillic",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file with what was found out about it."""

    path: Path
    packed: bool
    encoding: str
    bare_returns: bool
    limits: Limits

    def lines(self) -> Generator[Line]:
        """Read physical lines from the beginning; raises ListUnreadable."""
        with _opened(self.path, self.packed, self.limits) as stream:
            if self.encoding in encodings.WIDE or self.bare_returns:
                yield from self._wide_lines(stream)
            else:
                yield from encodings.decode_lines(self._raw_lines(stream), self.encoding)

    def _raw_lines(self, stream: BinaryIO) -> Iterator[bytes]:
        number = 0
        while raw := stream.readline(self.limits.line_bytes + 1):
            number += 1
            if len(raw) > self.limits.line_bytes:
                raise _line_too_long(number, self.limits)
            yield raw.rstrip(b"\r\n")

    def _wide_lines(self, stream: BinaryIO) -> Iterator[Line]:
        text = io.TextIOWrapper(stream, encoding=self.encoding, errors="replace", newline="")
        number, longest = 0, self.limits.line_bytes // 2
        try:
            while line := text.readline(longest + 1):
                number += 1
                if len(line) > longest:
                    raise _line_too_long(number, self.limits)
                line = line.rstrip("\r\n")
                yield Line(line.removeprefix("\ufeff") if number == 1 else line, _wide_code(line))
        finally:
            # Also when only the first lines were asked for: the stream is its opener's to close.
            text.detach()


def _wide_code(line: str) -> str:
    return "undecodable_byte" if "\ufffd" in line else ""


def open_text(path: Path, *, packed: bool, encoding: str | None, limits: Limits) -> TextFile:
    """Find out encoding and line ends of a text file.

    Raises:
        ListUnreadable: unknown encoding named, damaged or overlarge gzip, not text at all.
    """
    with _opened(path, packed, limits) as stream:
        head = stream.read(encodings.SAMPLE_BYTES)
    if not head.strip(b"\0 \t\r\n"):
        raise ListUnreadable("The file is empty.", code="empty_file", hint="Hand in a list with rows.")
    if packed and head.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise ListUnreadable(
            "The archive holds another archive.",
            code="nested_archive",
            hint="Unpack it and hand in the list inside.",
        )
    with _opened(path, packed, limits) as stream:
        found = encoding or encodings.detect(stream)
    name = _known(found)
    bare_returns = b"\r" in head and b"\n" not in head
    if name not in encodings.WIDE and _is_binary(head):
        raise ListUnreadable(
            "The file holds no text.",
            code="not_text",
            hint="Save the list as CSV (UTF-8) or XLSX and hand it in again.",
        )
    return TextFile(path, packed, name, bare_returns, limits)


def _known(encoding: str) -> str:
    """Give the plain name of an encoding; only those that lists come in, since some codecs are no text."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        name = ""
    if name not in _ENCODINGS:
        raise ListUnreadable(
            "The encoding named is not known.",
            code="unknown_encoding",
            where={"encoding": encoding[:40]},
            hint=f"Use one of: {', '.join(sorted(_ENCODINGS))}.",
        )
    return "latin-1" if name == "iso8859-1" else name


def _is_binary(head: bytes) -> bool:
    """Control signs that no list holds, NUL apart: a NUL here and there is a broken export, many are no text."""
    controls = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return controls > len(head) * 0.02 or head.count(0) > len(head) * 0.3


def _line_too_long(number: int, limits: Limits) -> ListUnreadable:
    return ListUnreadable(
        f"Line {number} is longer than {limits.line_bytes} bytes.",
        code="line_too_long",
        where={"row": number, "limit": limits.line_bytes},
        hint="Check that the file has line ends and is the list itself.",
    )


class _Counted(io.RawIOBase):
    """Unpacks gzip and stops at the limits of size and ratio."""

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        self._packed = packed
        self._gzip = gzip.GzipFile(fileobj=packed, mode="rb")
        self._limits = limits
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._gzip.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise ListUnreadable(
                "The packed file is damaged.",
                code="damaged_archive",
                hint="Pack the list again, or hand it in unpacked.",
            ) from error
        self._given += len(data)
        ratio_broken = self._given > max(_RATIO_FROM, self._limits.ratio * max(1, self._packed.tell()))
        if self._given > self._limits.unpacked_bytes or ratio_broken:
            raise ListUnreadable(
                "The packed file unpacks to more than can be taken.",
                code="unpacks_too_large",
                where={"limit": self._limits.unpacked_bytes, "ratio": self._limits.ratio},
                hint="Hand in the list itself, unpacked.",
            )
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _opened(path: Path, packed: bool, limits: Limits) -> Iterator[BinaryIO]:
    with path.open("rb") as file:
        yield io.BufferedReader(_Counted(file, limits), 64 * 1024) if packed else file

"""A photo is told by its bytes (P6)."""

import pytest

from timpora.domain.jpeg import is_jpeg, may_begin_jpeg

HEAD = b"\xff\xd8\xff\xe0\x00\x04ab"
FRAME = b"\xff\xc0\x00\x04cd"
SCAN = b"\xff\xda\x00\x02"
END = b"\xff\xd9"
PHOTO = HEAD + FRAME + b"\xff\x01" + SCAN + b"picture" + END


def test_a_photo_is_one():
    assert is_jpeg(PHOTO)
    assert may_begin_jpeg(PHOTO[:2])
    assert may_begin_jpeg(PHOTO)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n" + PHOTO,
        b"<script>alert(1)</script>",
        b"%PDF-1.4 " + END,
        PHOTO[:-2],
        PHOTO + b"PK\x03\x04",
        HEAD + SCAN + END,
        HEAD + b"\xff\xc0\x00\x01" + SCAN + END,
        HEAD + FRAME + END,
        HEAD + b"no marker" + END,
    ],
)
def test_anything_else_is_none(data):
    assert not is_jpeg(data)


def test_what_cannot_be_one_is_told_by_its_first_bytes():
    assert not may_begin_jpeg(b"")
    assert not may_begin_jpeg(b"GIF89a")
    assert not may_begin_jpeg(b"\xff\xd8\x00")

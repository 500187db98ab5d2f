"""Files: nobody else reads them, and of one that could not be written nothing is left."""

import resource
from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile

from stemnet.busy import is_full
from stemnet.files import PrivateFiles, deleted_on_failure


@contextmanager
def little_room(size):
    """Let no file grow beyond ``size`` bytes, as on a disk that is nearly full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def names(folder):
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_of_a_file_without_room_nothing_is_left(tmp_path):
    storage = PrivateFiles(location=tmp_path)
    with little_room(1000), pytest.raises(OSError, match="File too large") as refused:
        storage.save("a/one.pdf", ContentFile(b"x" * 5000))
    assert (names(tmp_path), is_full(refused.value)) == ([], True)


def test_what_was_written_before_something_failed_goes_with_it(tmp_path):
    storage = PrivateFiles(location=tmp_path)
    storage.save("kept.pdf", ContentFile(b"x"))
    with pytest.raises(ValueError, match="later"), deleted_on_failure():
        storage.save("one.pdf", ContentFile(b"x"))
        raise ValueError("later")
    with deleted_on_failure():
        storage.save("two.pdf", ContentFile(b"x"))
    assert sorted(names(tmp_path)) == ["kept.pdf", "two.pdf"]


def test_only_we_and_our_group_may_read_a_file(tmp_path):
    storage = PrivateFiles(location=tmp_path)
    storage.save("a/one.pdf", ContentFile(b"x"))
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/one.pdf")] == [0o750, 0o640]

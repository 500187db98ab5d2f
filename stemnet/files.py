"""Files of the portal: of one that could not be written, nothing is left."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage

_written: ContextVar[list[tuple[Storage, str]] | None] = ContextVar("written", default=None)


class PrivateFiles(FileSystemStorage):
    """A folder of files that only views hand out."""

    def _save(self, name: str, content: Any) -> str:
        """Write a file; where that fails halfway, such as on a full disk, delete what is there of it."""
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc]
        except OSError:
            with suppress(OSError):
                self.delete(name)
            raise
        note_written(self, kept)
        return kept


def note_written(storage: Storage, name: str) -> None:
    """Note that a file was written, for whoever deletes it where the rest fails."""
    if (written := _written.get()) is not None:
        written.append((storage, name))


@contextmanager
def deleted_on_failure() -> Iterator[None]:
    """Delete the files that are written inside where it fails; put it around their rows' transaction."""
    written: list[tuple[Storage, str]] = []
    token = _written.set(written)
    try:
        yield
    except BaseException:
        for storage, name in written:
            with suppress(OSError):
                storage.delete(name)
        raise
    finally:
        _written.reset(token)

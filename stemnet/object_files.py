"""Files in an object store that speaks S3, where `FILES_BUCKET` names a bucket; needs requirements-s3.txt."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from stemnet.files import note_written


@contextmanager
def failing_like_a_disk() -> Iterator[None]:
    """Raise OSError where the store is away or says no, as a folder of files does."""
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as failed:
        raise OSError(str(failed)) from failed


class ObjectFiles(S3Storage):
    """A bucket of files that only views hand out; nobody gets an address of the store itself."""

    def get_default_settings(self) -> dict[str, Any]:
        """Sign as every store wants it, never write over a file, and read large ones by way of the disk."""
        return {
            **super().get_default_settings(),
            "file_overwrite": False,
            "max_memory_size": 1024 * 1024,
            "signature_version": "s3v4",
        }

    def _open(self, name: str, mode: str = "rb") -> Any:
        with failing_like_a_disk():
            return super()._open(name, mode)

    def _save(self, name: str, content: Any) -> str:
        """Write a file, and note it for whoever deletes it where the rest fails."""
        with failing_like_a_disk():
            kept: str = super()._save(name, content)
        note_written(self, kept)
        return kept

    def delete(self, name: str) -> None:
        """Delete a file; one that is gone is no fault."""
        with failing_like_a_disk():
            super().delete(name)

"""Small files that are replaced as a whole, so that a crash leaves the old or the new content."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from .errors import StoreError


def read_json(path: Path) -> Any:
    """Returns the content of a file; None if the file is empty or does not exist yet.

    Raises StoreError if it could not be written later, too, so that a program fails at its start.
    """
    _check_folder(path)
    try:
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if text.strip() else None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {_reason(error)}") from error
    except (ValueError, RecursionError):
        # The cause would show the content, which may be secret.
        raise damaged(path) from None


def write_json(path: Path, value: object) -> None:
    """Replaces the content of a file, readable by its owner only; raises StoreError and keeps the old content."""
    new = path.with_name(f"{path.name}.new")
    try:
        text = json.dumps(value, allow_nan=False)
        # A file that an earlier run has left could be readable by others.
        new.unlink(missing_ok=True)
        try:
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {_reason(error)}") from error
    except (TypeError, ValueError, RecursionError) as error:
        raise StoreError(f"{path} cannot be written: not JSON: {error}") from None


def damaged(path: Path) -> StoreError:
    """Returns the error of a file whose content is not what was written."""
    return StoreError(f"{path} is damaged: repair it, or move it away to start without it")


def _check_folder(path: Path) -> None:
    folder = path.parent
    if not folder.is_dir():
        raise StoreError(f"{path} cannot be written: {folder} is not a folder; create it first")
    if not os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise StoreError(f"{path} cannot be written: the folder {folder} is read-only")


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__

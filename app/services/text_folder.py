"""Folders of texts that are kept outside the schedules: the text of a file of facts, found by name or by digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import ScheduleError, message
from app.model import LANGUAGES
from app.services.derive import documents_below, read_path


@dataclass(frozen=True, slots=True)
class TextFolder:
    """The texts of some folders.

    ``names`` has the paths of documents by their name without its ending, as ``A-RES-78-1.en``; ``digests`` those of
    plain texts by the SHA-256 of their bytes.
    """

    names: Mapping[str, tuple[Path, ...]]
    digests: Mapping[str, Path]

    @classmethod
    def scan(cls, folders: Iterable[Path]) -> TextFolder:
        """Return the texts at or below ``folders``. Raises ScheduleError for a missing one."""
        names: dict[str, list[Path]] = {}
        digests: dict[str, Path] = {}
        for folder in folders:
            if not folder.exists():
                hint = message("set PLENARY_TEXTS to a folder of texts")
                raise ScheduleError(message("the folder does not exist"), where=str(folder), hint=hint)
            for path in documents_below([folder]):
                names.setdefault(path.stem, []).append(path)
                if path.suffix.lower() == ".txt":
                    digests.setdefault(hashlib.sha256(read_path(path)).hexdigest(), path)
        return cls({name: tuple(paths) for name, paths in names.items()}, digests)

    def by_language(self, slug: str) -> dict[str, tuple[Path, ...]]:
        """Return the documents named after an instrument, as ``A-RES-78-1.en.pdf``, by language."""
        found = {language: self.names.get(f"{slug}.{language}", ()) for language in LANGUAGES}
        return {language: paths for language, paths in found.items() if paths}

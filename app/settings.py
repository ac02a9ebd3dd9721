"""The settings, from environment variables that begin with ``PLENARY_``; built once at the edge and passed down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import UsageError, message
from app.model import Language

SHARED_METRICS: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable, of prometheus-client, that names the folder in which several workers' metrics meet."""


class Settings(BaseSettings):
    """Settings of an operator; a field is the variable ``PLENARY_`` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="PLENARY_", frozen=True, extra="ignore")

    database_url: str = "sqlite:///var/plenary.sqlite"
    """SQLAlchemy URL of the store."""
    schedules: Path = Path("schedules")
    """Folder of the schedule files."""
    texts: str = ""
    """Folders of texts that are not kept beside the schedules, separated by colons; empty for none."""
    base_url: str = "http://localhost:8000"
    """Address under which people reach the service, without a slash at the end."""
    language: Language = "en"
    """Language for those who ask for none."""
    cache_mb: Annotated[int, Field(ge=1, le=16384)] = 64
    """Bound on rendered feeds kept in memory, in MiB."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Web processes that ``plenary serve`` starts; identical, any of them answers anything."""
    rate: Annotated[int, Field(ge=0, le=10_000_000)] = 6000
    """Requests a minute that one address, or one token, may make beside feeds; 0 for any number."""
    proxies: str = "127.0.0.1"
    """Addresses or networks, separated by commas, of proxies that are believed whom they ask for; ``*`` for all."""
    fetch_hosts: str = ""
    """Document servers, separated by commas, that are asked for documents by symbol; empty for none."""
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"
    """Level of the logs."""
    log_format: Literal["auto", "json", "text"] = "auto"
    """JSON lines, plain text, or by whether standard error is a terminal."""

    @property
    def text_folders(self) -> tuple[Path, ...]:
        """The folders of texts."""
        return tuple(Path(part) for part in self.texts.split(":") if part)

    @property
    def servers(self) -> tuple[str, ...]:
        """The document servers, in the order in which they are asked."""
        return tuple(part.strip() for part in self.fetch_hosts.split(",") if part.strip())


def settings() -> Settings:
    """Return the settings of the environment. Raises UsageError naming a wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "PLENARY_" + "_".join(str(part) for part in first["loc"]).upper()
        raise UsageError(
            str(first["msg"]), where=name, hint=message("see the table of settings in the README")
        ) from error

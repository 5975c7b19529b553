"""The shape of everything under `config/`, and its validation.

`load(directory)` reads settings, outlets and feeds, and either returns a `Config` or
raises one `ConfigError` that lists *every* problem by file and key.  Nothing runs on a
configuration with a mistake in it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from config.subject import Subject
from tasks.errors import KhabarError
from tasks.records import OutletRules

Tier = Literal["fast", "hourly", "daily"]
Kind = Literal["auto", "rss", "atom", "json", "sitemap", "wordpress", "gdelt"]
OwnerType = Literal["private", "state", "government", "public", "party", "think-tank"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Minutes = Annotated[int, Field(ge=1)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class ConfigError(KhabarError):
    """Every mistake of a configuration at once; ``problems`` are lines 'file: key: what'."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join([f"{len(problems)} problem(s) in the configuration:", *problems]))
        self.problems = problems


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WarehouseSettings(Strict):
    path: Path
    work_path: Path
    archive_dir: Path
    memory_limit: Annotated[str, Field(pattern=r"^\d+(\.\d+)? ?(MB|GB|MiB|GiB)$")] = "4GB"
    threads: Annotated[int, Field(ge=1)] = 2


class HttpSettings(Strict):
    contact: Annotated[str, Field(pattern=r"^(https?://|mailto:)\S+$")]
    deadline_seconds: Annotated[float, Field(gt=0)] = 30
    connect_seconds: Annotated[float, Field(gt=0)] = 10
    max_bytes: Annotated[int, Field(ge=1_000)] = 10_000_000
    max_decoded_bytes: Annotated[int, Field(ge=1_000)] = 40_000_000
    max_header_bytes: Annotated[int, Field(ge=1_000)] = 65_536
    max_redirects: Annotated[int, Field(ge=0)] = 5
    pause_seconds: Annotated[float, Field(ge=0)] = 1.0
    max_connections: Annotated[int, Field(ge=1)] = 20
    allow_private: tuple[Annotated[str, Field(pattern=r"^\S+:\d+$")], ...] = ()


class PollSettings(Strict):
    min_interval_minutes: Minutes = 15
    max_interval_minutes: Minutes = 1440
    error_floor_minutes: Minutes = 15
    error_ceiling_minutes: Minutes = 1440
    unconditional_hours: Annotated[float, Field(gt=0)] = 24
    redirect_confirmations: Annotated[int, Field(ge=1)] = 3
    gone_confirmations: Annotated[int, Field(ge=1)] = 2
    frozen_hours: Annotated[float, Field(gt=0)] = 48
    batch: Annotated[int, Field(ge=1)] = 100


class FetchSettings(Strict):
    max_attempts: Annotated[int, Field(ge=1)] = 5
    retry_floor_minutes: Minutes = 30
    max_age_days: Annotated[float, Field(gt=0)] = 30
    revisit_after_hours: tuple[Annotated[float, Field(gt=0)], ...] = (1, 3, 12, 48, 168)
    respect_robots: bool = True
    batch: Annotated[int, Field(ge=1)] = 250

    @field_validator("revisit_after_hours")
    @classmethod
    def _ascending(cls, hours: tuple[float, ...]) -> tuple[float, ...]:
        if any(b <= a for a, b in pairwise(hours)):
            raise ValueError("the ages must ascend")
        return hours


class ExtractSettings(Strict):
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    deadline_seconds: Annotated[float, Field(gt=0)] = 20
    memory_mb: Annotated[int, Field(ge=500)] = 1500
    batch: Annotated[int, Field(ge=1)] = 500


class ScheduleSettings(Strict):
    fast_minutes: Annotated[int, Field(ge=1, le=59)] = 15
    hourly_minute: Annotated[int, Field(ge=0, le=59)] = 7
    daily_at: Clock = "03:22"
    maintain_at: Clock = "04:37"
    wait_for_writer_minutes: Annotated[float, Field(ge=0)] = 10


class Settings(Strict):
    warehouse: WarehouseSettings
    http: HttpSettings
    poll: PollSettings = PollSettings()
    fetch: FetchSettings = FetchSettings()
    extract: ExtractSettings = ExtractSettings()
    schedule: ScheduleSettings = ScheduleSettings()


class Outlet(Strict):
    """A publisher: who speaks, from where, and how its articles are told apart.

    ``id_pattern`` is matched at the start of a URL's path and names the article by its
    group ``id``; ``id_path`` is the path all variants of that URL are folded into.  With
    ``fetch`` false its pages are never fetched, for the ``reason`` given.
    """

    key: Slug
    name: Annotated[str, Field(min_length=1)]
    homepage: Annotated[str, Field(pattern=r"^https?://\S+$")]
    hosts: Annotated[tuple[str, ...], Field(min_length=1)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    owner_country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]+)?$")]
    owner_type: OwnerType
    owner: str = ""
    family: Slug | None = None
    timezone: str
    id_pattern: str | None = None
    id_path: str | None = None
    keep_params: tuple[str, ...] = ()
    pause_seconds: Annotated[float, Field(ge=0)] | None = None
    aggregator: bool = False
    fetch: bool = True
    reason: str = ""
    date_corrections: tuple[dict[str, str], ...] = ()
    notes: str = ""

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except Exception as error:
            raise ValueError(f"{value!r} is not an IANA time zone") from error
        return value

    @model_validator(mode="after")
    def _off_needs_reason(self) -> Outlet:
        if not self.fetch and not self.reason:
            raise ValueError("an outlet whose pages are not fetched needs a reason")
        return self

    @model_validator(mode="after")
    def _rule_is_idempotent(self) -> Outlet:
        if (self.id_pattern is None) != (self.id_path is None):
            raise ValueError("id_pattern and id_path go together")
        if self.id_pattern is None or self.id_path is None:
            return self
        try:
            pattern = re.compile(self.id_pattern)
        except re.error as error:
            raise ValueError(f"id_pattern is not a regular expression: {error}") from error
        if "id" not in pattern.groupindex:
            raise ValueError("id_pattern needs a group named id: (?P<id>...)")
        if "{id}" not in self.id_path:
            raise ValueError("id_path needs the place holder {id}")
        return self

    @property
    def rules(self) -> OutletRules:
        return OutletRules(
            outlet_id=self.key,
            name=self.name,
            lang=self.lang,
            timezone=self.timezone,
            hosts=self.hosts,
            id_pattern=self.id_pattern,
            id_path=self.id_path,
            keep_params=self.keep_params,
            date_corrections=self.date_corrections,
        )


class Feed(Strict):
    """A feed to poll. ``reason`` says why it is off, and is required when it is."""

    key: Slug
    outlet: Slug
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    kind: Kind = "auto"
    tier: Tier = "hourly"
    enabled: bool = True
    reason: str = ""
    notes: str = ""

    @model_validator(mode="after")
    def _off_needs_reason(self) -> Feed:
        if not self.enabled and not self.reason:
            raise ValueError("a feed that is not enabled needs a reason")
        return self


class Config(Strict):
    """A whole, valid configuration. ``directory`` is where it was read from."""

    directory: Path
    settings: Settings
    outlets: tuple[Outlet, ...]
    feeds: tuple[Feed, ...]
    subject: Subject

    def outlet(self, key: str) -> Outlet:
        return next(o for o in self.outlets if o.key == key)

    @property
    def rules_by_outlet(self) -> dict[str, OutletRules]:
        return {o.key: o.rules for o in self.outlets}

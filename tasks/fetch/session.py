"""One session of network work: a client, a gate for the hosts, and what was learned of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from config.model import Config
from tasks.errors import Code, CodedError
from tasks.fetch.hosts import DEFAULT_REST, HostGate, retry_after
from tasks.fetch.http import Client, Response
from tasks.fetch.robots import Robots, RobotsFile
from tasks.records import HostState
from tasks.urls import OutletIndex, netloc_of


class Session:
    """Use as ``async with Session(config, states, clock) as session``; feeds and pages share it."""

    def __init__(self, config: Config, states: Iterable[HostState], clock: Callable[[], datetime]) -> None:
        known = {state.host: state for state in states}
        self._known = known
        self._clock = clock
        self._respect_robots = config.settings.fetch.respect_robots
        index = OutletIndex(config.rules_by_outlet.values())
        pauses = {o.key: o.pause_seconds for o in config.outlets if o.pause_seconds is not None}
        default = config.settings.http.pause_seconds

        def pause(host: str) -> float:
            outlet = index.find(f"https://{host}/")
            return pauses.get(outlet.outlet_id, default) if outlet else default

        rests = {h: s.not_before_at for h, s in known.items() if s.not_before_at}
        files = {
            h: RobotsFile(h, s.robots_status, s.robots_body or "", s.robots_fetched_at)
            for h, s in known.items()
            if s.robots_status is not None and s.robots_fetched_at is not None
        }
        self.client = Client(config.settings.http)
        self.gate = HostGate(pause, rests, clock)
        self.robots = Robots(self.client, self.gate, files, clock)

    async def __aenter__(self) -> Session:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.__aexit__()

    async def verdict(self, url: str) -> str:
        """What robots.txt says of an address; not_asked where the settings don't respect it."""
        return await self.robots.verdict(url) if self._respect_robots else "not_asked"

    async def permit(self, url: str) -> Callable[[int | None], None]:
        """Robots.txt, then the host's turn: the argument of `Client.get`; raises `CodedError` where one says no."""
        verdict = await self.verdict(url)
        if verdict == "disallowed":
            raise CodedError(Code.ROBOTS_DISALLOWED, url)
        if verdict == "unavailable":
            raise CodedError(Code.ROBOTS_UNAVAILABLE, url)
        return await self.gate.permit(url)

    def note(self, response: Response, code: Code | None) -> None:
        """Let the host rest if the answer asks for it (429, 503)."""
        if code is Code.RATE_LIMITED or response.status == 503:
            wait = retry_after(response.headers.get("retry-after"), self._clock())
            # the whole host backs off, not only this address
            self.gate.rest(netloc_of(response.url), wait or DEFAULT_REST, code or Code.SERVER_ERROR)

    def learned(self) -> tuple[HostState, ...]:
        """New state of every host of which something was learned."""
        out = []
        for host in {*self.gate.new_rests, *self.robots.fetched}:
            old = self._known.get(host) or HostState(host)
            until, code = self.gate.new_rests.get(host, (old.not_before_at, old.backoff_reason))
            robots = self.robots.fetched.get(host)
            out.append(
                HostState(
                    host,
                    until,
                    str(code) if code else None,
                    robots.status if robots else old.robots_status,
                    robots.body if robots else old.robots_body,
                    robots.fetched_at if robots else old.robots_fetched_at,
                )
            )
        return tuple(out)

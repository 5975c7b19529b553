"""How khabar wants Prefect: set before Prefect is imported, and only where the user hasn't."""

from __future__ import annotations

import os
from pathlib import Path

_ALWAYS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # the throw-away server of a one-off run needs longer than the default on a small machine
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_TASKS_DEFAULT_NO_CACHE": "true",
    "PREFECT_CLI_PROMPT": "false",
}
_QUIET = {"PREFECT_LOGGING_LEVEL": "ERROR", "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL"}
_SERVER = {
    # the lease of a crashed host must not hold the schedule up for ever
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
}


def prepare(work_path: Path, *, quiet: bool = True, server: bool = False) -> None:
    """Set Prefect's environment for this process and its children.

    A one-off run uses the server of a running `khabar serve` (it leaves its address beside
    the writer's file) or of ``PREFECT_API_URL``, else a throw-away one.
    """
    wanted = _ALWAYS | (_QUIET if quiet else {}) | (_SERVER if server else {})
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
    # Prefect's own files live with the warehouse: a project is one folder
    home = Path(os.environ.setdefault("PREFECT_HOME", str(work_path.parent / "prefect")))
    home.mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder only
    url = running_server(work_path)
    if url and not server:
        os.environ.setdefault("PREFECT_API_URL", url)


def server_file(work_path: Path) -> Path:
    """Where `khabar serve` notes the address of its Prefect server."""
    return work_path.parent / "prefect-server.url"


def running_server(work_path: Path) -> str | None:
    """The API address of the server of a running `khabar serve`, if it answers."""
    file = server_file(work_path)
    url = file.read_text(encoding="ascii").strip() if file.exists() else ""
    return url if url and healthy(url) else None


def healthy(api_url: str, timeout: float = 2.0) -> bool:
    """Whether a Prefect server answers there."""
    from urllib.error import URLError
    from urllib.request import urlopen

    try:
        with urlopen(f"{api_url}/health", timeout=timeout) as answer:  # noqa: S310  our own address
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False

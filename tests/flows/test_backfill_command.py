"""What `khabar backfill` refuses, before Prefect or the site are asked for anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import main
from tests.site.server import Site
from tests.support import write_config


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sitemap", "nowhere"], "is not an http or https address"),
        (["--urls", "nosuch.txt"], "cannot be read"),
        (["--urls", "no_column.csv"], "needs a column url; has link"),
        (["--since", "soon"], "is not a day"),
        (["--since", "2024-01-02", "--until", "2024-01-01"], "no day is left"),
        (["--outlet", "nobody"], "is not in"),
        (["--warc", "no_column.csv"], "no .warc or .warc.gz file"),
        (["--warc", ".", "--since", "2024-01-01"], "a WARC set is read whole"),
        (["a.warc.gz"], "say what it is"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    config = write_config(tmp_path / "config", site, {}).directory
    (tmp_path / "no_column.csv").write_text("link\nhttps://a.example/\n")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["--config", str(config), "backfill", *arguments])
    assert done.exit_code == 1
    assert said in done.stderr
    assert not (config / "out" / "khabar.duckdb").exists()

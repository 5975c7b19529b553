"""Documentation that is checked: what it says must be so."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from flows.cli import main
from tasks.errors import MEANING, Code
from tasks.load.dictionary import dictionary

ROOT = Path(__file__).parents[1]


def test_the_data_dictionary_is_current() -> None:
    assert (ROOT / "warehouse" / "README.md").read_text(encoding="utf-8") == dictionary(), "run `make docs`"


def test_every_command_in_the_readme_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"^\s*khabar ([a-z]+(?: (?:list|check|add|remove|import|export))?)", text, re.MULTILINE))
    assert len(commands) >= 8
    for command in commands:
        done = CliRunner().invoke(main, [*command.split(), "--help"])
        assert done.exit_code == 0, command


def test_every_file_the_documents_link_to_exists() -> None:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_every_failure_code_is_explained() -> None:
    assert set(MEANING) == set(Code)
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [code.value for code in Code if f"`{code.value}`" not in text] == []


def test_every_dependency_has_a_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=\[ ]", d)[0] for d in project["dependencies"]}
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    assert [name for name in sorted(names) if f"**{name}**" not in text] == []


def test_every_setting_is_in_the_settings_file() -> None:
    import tomllib

    from config.model import Settings

    written = tomllib.loads((ROOT / "config" / "settings.toml").read_text(encoding="utf-8"))
    for section, field in Settings.model_fields.items():
        keys = set(field.annotation.model_fields)  # type: ignore[union-attr]
        assert set(written.get(section, {})) == keys, section

"""The interactive ``khabar sql``: history, completion, and a newer file as soon as it is published."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.load.ask import chunks_of
from tasks.load.formats import print_table, write

_WORD = re.compile(r"\.?\w+")
_HELP = """A query ends with ; and may have several lines. Tab completes, Ctrl-C stops a query, Ctrl-D leaves.
  .tables         what can be asked, with a line on each
  .schema NAME    the columns of a table or view
  .help           this
  .quit           leave (also .exit)
Everything is read-only. Start with: from about;"""


class Shell:
    """A conversation with the published file at ``warehouse``. Reads the terminal and writes to it."""

    def __init__(self, warehouse: Path) -> None:
        self._warehouse = warehouse
        self._con: db.Connection | None = None
        self._seen = (0, 0)
        self._commands: dict[str, Callable[[str], None]] = {
            ".tables": self._tables,
            ".schema": self._schema,
            ".help": lambda _: _say(_HELP),
        }

    def run(self) -> None:
        """Ask until the user leaves; raises `KhabarError` where there is no warehouse."""
        try:
            session = self._session(self._connect())
            _say(f"khabar: {self._warehouse}, {self._published()}; .help explains")
            while True:
                try:
                    text = session.prompt("khabar> ").strip()
                except KeyboardInterrupt:
                    continue  # as in other shells: the line is given up
                except EOFError:
                    return
                if text.rstrip(";") in (".quit", ".exit", "quit", "exit"):
                    return
                if text.strip("; \n"):
                    self._answer(text)
        finally:
            self._close()

    def _answer(self, text: str) -> None:
        started = time.perf_counter()
        try:
            self._follow()
            command, _, argument = text.rstrip("; ").partition(" ")
            if command.startswith("."):
                self._commands.get(command, self._unknown)(argument.strip())
                return
            write(sys.stdout, chunks_of(self._connect().execute(text)), "table")
            _say(f"{time.perf_counter() - started:.2f} s")
        except db.Error as error:
            _say(str(error))
        except KhabarError as error:
            _say(f"khabar: {error}")
        except (KeyboardInterrupt, RuntimeError) as error:
            # DuckDB reports an interrupt as a RuntimeError
            if isinstance(error, RuntimeError) and "interrupt" not in str(error).lower():
                raise
            # without this the query lives on, and the next one waits for it
            self._connect().interrupt()
            _say(f"stopped after {time.perf_counter() - started:.1f} s")

    def _connect(self) -> db.Connection:
        if self._con is None:
            self._con = db.reader(self._warehouse)
            self._seen = self._stamp()
        return self._con

    def _follow(self) -> None:
        """Open the file anew if another was published since."""
        if self._con is not None and self._stamp() not in (self._seen, (0, 0)):
            # closed first: DuckDB hands out the open file again for the same name
            self._close()
            self._connect()
            _say(f"(a newer warehouse is open now: {self._published()})")

    def _stamp(self) -> tuple[int, int]:
        with suppress(OSError):
            found = self._warehouse.stat()
            return found.st_ino, found.st_mtime_ns
        return 0, 0

    def _published(self) -> str:
        return f"published {datetime.fromtimestamp(self._seen[1] / 1e9, UTC):%Y-%m-%d %H:%M} UTC"

    def _close(self) -> None:
        if self._con is not None:
            self._con.close()
            self._con = None

    def _tables(self, _: str) -> None:
        rows = db.rows(self._connect(), db.statement("load/objects"))
        print_table(["kind", "name", "what it holds"], [tuple(row.values()) for row in rows])

    def _schema(self, name: str) -> None:
        rows = db.rows(self._connect(), db.statement("load/shell_schema"), {"name": name})
        if not rows:
            raise KhabarError(f"{name or '.schema'}: give the name of a table or view; see .tables")
        print_table(["column", "type", "meaning"], [tuple(row.values()) for row in rows])

    def _unknown(self, _: str) -> None:
        raise KhabarError("there is no such command; see .help")

    def _session(self, con: db.Connection) -> PromptSession[str]:
        words = {row["word"]: row["meaning"] for row in db.rows(con, db.statement("load/shell_words"))}
        words |= dict.fromkeys([*self._commands, ".quit"], "command")
        session: PromptSession[str] = PromptSession(
            history=_history(),
            completer=WordCompleter(list(words), ignore_case=True, meta_dict=words, pattern=_WORD),
            complete_while_typing=False,
            lexer=PygmentsLexer(SqlLexer),
            multiline=Condition(lambda: not _complete(session.default_buffer.text)),
            prompt_continuation="   ...> ",
        )
        return session


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _complete(text: str) -> bool:
    text = text.strip()
    return not text or text.endswith(";") or text.startswith(".") or text in ("quit", "exit")


def _history() -> History:
    """In the user's state folder; without one that can be written, for this session only."""
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    path = Path(home) / "khabar" / "sql_history"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))

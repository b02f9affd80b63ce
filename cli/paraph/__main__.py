"""The root command and the one error boundary: the only place that turns an exception into a line and an exit code.

Exit codes: 0 fine, 1 findings, 2 usage, 3 unexpected. Commands are imported when they are called, so that `--help` is
instant; their one-line help stands in the table here (a test compares it with the commands' own).
"""

from __future__ import annotations

import gc
import importlib
import keyword
import os
import signal
import sys

import click

from paraph import __version__
from paraph.commands import colour
from paraph.errors import BrokenError, ParaphError, UsageError

COMMANDS = {
    "demo": "A tour: a joint declaration, a letter and a leaflet, built.",
    "init": "Make a workspace in a new folder.",
    "new": "Add a clause or a document to fill in.",
    "check": "Find everything that is wrong, all at once.",
    "build": "Assemble documents: DOCX, PDF, HTML and more.",
    "list": "List what the workspace holds.",
    "show": "Show a clause, document, member, term or release.",
    "diff": "Show what changed in a clause or document, or write it as a redline.",
    "find": "Find wording in every language and version, with its standing.",
    "circulate": "Put a document and its clauses to the members.",
    "notice": "Record that members were told of a circulation.",
    "amend": "The other words that members asked for: list, show, take over.",
    "packet": "Review packets: Word files in which members decide.",
    "decide": "Record what a member decided, took back, or sent late.",
    "status": "Show who stands where on what, and what is missing.",
    "log": "Tell everything on record about a clause, a document or a circulation.",
    "close": "Close a circulation and record how everything in it was decided.",
    "release": "Release a document that its members adopted, in every language.",
    "rebuild": "Make the files of a release again, from the register alone.",
    "verify": "Tell whether files are what was released, and what became of it.",
    "sign": "Sign a release: its record by SSH, its PDFs by a certificate, with a time-stamp.",
    "correct": "Record that a release is corrected by another one.",
    "withdraw": "Record that a release is withdrawn.",
    "publish": "Publish what was released as a website, to a folder or a server.",
    "register": "Keep the record: read it, verify it, back it up, hand it over, forget.",
    "letters": "Make a letter to each recipient of a table.",
    "glossary": "Look a term up; the glossary as TBX, CSV or XLSX, out and in.",
    "translate": "Courtesy translations out to translators as XLIFF, and in again.",
    "import": "An existing statement into clause drafts, its languages side by side.",
    "schema": "Write JSON Schemas, so that editors check files as you type.",
    "completion": "Print the completion script of a shell.",
}

_ALLOCATIONS = 50_000
"""New objects after which Python looks for garbage, by default 700: what a run reads it needs until it ends, so that
looking through a large library again and again finds little and takes long."""


class Lazy(click.Group):
    """A group that imports a command from paraph.commands when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a user's first day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command = importlib.import_module(f"paraph.commands.{module}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name for one that is mistyped."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from paraph.library.written.suggest import did_you_mean

            advice = f"{did_you_mean(args[0], COMMANDS)} “paraph --help” lists them.".strip()
            raise UsageError(f"there is no command “{args[0]}”", advice)
        return super().resolve_command(ctx, args)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]}, epilog="Begin with: paraph demo")
@click.version_option(__version__, "-V", "--version", prog_name="paraph", message="%(prog)s %(version)s")
@click.option("-C", "--directory", "folder", type=click.Path(), help="Work in this folder instead of the current one.")
@click.pass_context
def root(ctx: click.Context, folder: str | None) -> None:
    """Paraph assembles what institutions say together: statements, letters and leaflets from reviewed clauses."""
    from pathlib import Path

    ctx.obj = Path(folder or ".")
    if not ctx.obj.is_dir():
        raise UsageError(f"there is no folder {folder}", "Check the path after -C.")
    if named := os.environ.get("PARAPH_CACHE"):
        from paraph.workflow.building.folder_cache import misnamed

        if wrong := misnamed(os.environ):
            click.echo(
                f"PARAPH_CACHE={named} {wrong}: nothing is kept between runs. Name a folder, or “off”.", err=True
            )


def run() -> None:
    """The `paraph` command."""
    gc.set_threshold(_ALLOCATIONS)
    code = main(sys.argv[1:], last=True)
    gc.freeze()  # else Python looks through everything once more before it ends, and frees what ends with it anyway
    sys.exit(code)


def main(arguments: list[str], *, last: bool = False) -> int:
    """Run `paraph` with `arguments`; every outcome becomes an exit code here. After the `last` the process ends."""
    try:
        code = root.main(arguments, prog_name="paraph", standalone_mode=False, color=colour())
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt) as stop:
        if last:  # who presses Ctrl-C again, while what was begun is put away, sees no traceback of that
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        left = stop.__cause__.args if isinstance(stop.__cause__, KeyboardInterrupt) else ()  # what a command said of it
        click.echo(": ".join(("stopped", *left)), err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except ParaphError as error:
        return _show(error)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except IsADirectoryError as error:
        return _show(UsageError(f"{error.filename} is a folder", "Name a file."))
    except OSError as error:
        what = error.strerror or str(error)
        return _show(BrokenError(f"{what}: {error.filename}" if error.filename else what))
    except MemoryError:
        return _show(
            BrokenError("this takes more memory than there is", "If it reads a file from outside: look at it.")
        )
    except Exception as error:  # noqa: BLE001  # the boundary: a traceback is for the log, a line for the user
        what = f"something unexpected happened ({type(error).__name__}: {error})"
        return _show(BrokenError(what, f"Please report it with {_log()}"))


def _show(error: ParaphError) -> int:
    from paraph.commands.report import show_error

    show_error(error)
    return error.exit_code


def _log() -> str:
    """Write the traceback to a file of its own and give its path."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="paraph-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(f"paraph {__version__}, Python {sys.version}\n\n{traceback.format_exc()}")
    return log.name


if __name__ == "__main__":
    run()

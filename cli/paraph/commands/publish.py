"""paraph publish."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.report import show_finished


@click.command()
@click.option(
    "--to", default="", metavar="TARGET", help="A name from paraph.yml, a folder, or an address. Default: site/."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; touch nothing.")
@click.option("--again", is_flag=True, help="Send everything, be it there already or not.")
@click.option(
    "--other-register",
    is_flag=True,
    help="Publish though what is there is of a later or another register: this one takes its place on purpose.",
)
@click.pass_obj
def command(folder: Path, to: str, dry_run: bool, again: bool, other_register: bool) -> int:
    """Publish what was released as a website, to a folder or a server.

    The site needs no program where it stands. Only what changed is sent; what was cut off is completed by the next run;
    what paraph did not make is never touched, and what came from a later register, or another one, stays.
    Addresses are sftp://, davs:// and wordpress+https://, and passwords come from PARAPH_PUBLISH_PASSWORD or the
    system’s keyring.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.site.publish import publish

    tell = click.echo if dry_run else lambda path: None
    where, report = publish(
        workspace(folder), to, dry_run=dry_run, again=again, other=other_register, tell=tell, told=show_finished
    )
    done = "would be sent" if dry_run else "sent"
    gone = f", {len(report.deleted)} taken away" if report.deleted else ""
    if not report.written and not report.deleted:
        click.echo(
            f"{where}: {'everything is there' if report.seen else 'nothing new to send; --again sends everything'}"
        )
    else:
        click.echo(f"{where}: {len(report.written)} files {done} ({report.octets / 1e6:.1f} MB){gone}")
    return 0

"""paraph sign."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.arguments import near


@click.command()
@click.argument("reference")
@click.option("--pades", type=click.Path(path_type=Path), help="Sign each PDF with this key and certificate (.p12).")
@click.option(
    "--ssh", type=click.Path(path_type=Path), help="Sign the record with this SSH key (its .pub: by the agent)."
)
@click.option("--timestamp", default="", metavar="URL", help="Have a time-stamp of it from this authority (RFC 3161).")
@click.option("--confirm", is_flag=True, help="It is not the adopted text in force: it is signed all the same.")
@click.pass_obj
def command(folder: Path, reference: str, pades: Path | None, ssh: Path | None, timestamp: str, confirm: bool) -> int:
    """Sign a release: its record by SSH, its PDFs by a certificate, with a time-stamp.

    Signatures go into `signatures` in the folder of the release, a signed PDF as a copy; what was released stays as it
    is. Several institutions sign one after the other, each in the same copy. What was withdrawn, corrected or replaced,
    or is not adopted, is signed with --confirm alone. The passphrase of the certificate comes from PARAPH_PASSPHRASE,
    from the keyring (“paraph”, the whole path of the file), or is asked for. Nobody is asked for a time-stamp but the
    authority that you name.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.releases.sign import With, sign

    def ask(what: str) -> str:
        return str(click.prompt(what, hide_input=True, default="", show_default=False))

    using = With(certificate=pades, ssh=ssh, authority=timestamp, ask=ask)
    signed = sign(workspace(folder), reference, using, confirmed=confirm)
    for line in signed.standing:
        click.echo(f"{reference} is not the adopted text in force: {line}", err=True)
    for path in signed.there:
        click.echo(f"{near(path)}: signed by that already")
    for path in signed.written:
        click.echo(near(path))
    return 0

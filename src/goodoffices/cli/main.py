# SPDX-License-Identifier: AGPL-3.0-or-later
"""`goodoffices`: the commands of CONTRACTS part 2, as far as they are built."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from goodoffices.cli import door
from goodoffices.cli.door import AsUser, JsonFlag, PassphraseFd

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Good Offices: helps people bring home those who are deprived of their liberty.",
)


def run() -> None:
    """Entry point of the `goodoffices` script."""
    sys.argv[1:] = door.take_data_folder(sys.argv[1:]) or ["--help"]
    sys.exit(door.run_command(app))


@app.command()
def init(
    demo: Annotated[bool, typer.Option("--demo", help="A practice folder whose key may lie in it.")] = False,
    testing: Annotated[bool, typer.Option("--testing", help="A folder that honours testing switches.")] = False,
    training: Annotated[bool, typer.Option("--training", help="A practice folder for training.")] = False,
    token: Annotated[bool, typer.Option("--token", help="Only print a new set-up token.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Make a new data folder and print the single-use set-up token."""
    from goodoffices.cli.folders import make_folder, print_token

    with door.errors_as(as_json):
        kind = "testing" if testing else "training" if training else "demo" if demo else "live"
        result = print_token() if token else make_folder(kind)
        door.show(result, as_json=as_json, plain=lambda said: said["message"])


@app.command()
def migrate(as_json: JsonFlag = False) -> None:
    """Bring the stores to this version."""
    from goodoffices.cli.folders import migrate_stores

    with door.errors_as(as_json):
        door.need_folder()
        door.show(migrate_stores(), as_json=as_json, plain=lambda said: f"{said['applied']} migrations applied.")


@app.command()
def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Start the demo world over.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Build the demo world in the data folder, doing the main job on real input."""
    from goodoffices.cli.demonstrating import build_demo

    with door.errors_as(as_json):
        result = build_demo(reset=reset)
        if as_json:
            door.show(result, as_json=True)


@app.command()
def serve(
    staff_port: Annotated[int, typer.Option(help="Port of the staff site on localhost.")] = 8000,
    public_port: Annotated[int, typer.Option(help="Port of the public site on 127.0.0.1.")] = 8001,
    as_json: JsonFlag = False,
) -> None:
    """Run the staff site and the worker."""
    from goodoffices.cli.folders import refuse_unsafe_start
    from goodoffices.cli.processes import serve as run_processes
    from goodoffices.config.folder import data_dir

    with door.errors_as(as_json):
        os.environ["GOODOFFICES_STAFF_PORT"] = str(staff_port)
        door.need_folder()
        refuse_unsafe_start()
        raise typer.Exit(run_processes(staff_port, public_port, data_dir()))


@app.command()
def worker(as_json: JsonFlag = False) -> None:
    """Run the background jobs alone."""
    from goodoffices.cli.processes import run_worker

    with door.errors_as(as_json):
        door.need_folder()
        run_worker()


@app.command(name="import")
def import_list(
    file: Path,
    source: Annotated[str, typer.Option("--source", metavar="KEY", help="The source's key; a new one is added.")],
    mapping: Annotated[Path | None, typer.Option("--map", help="Column mapping as JSON.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Stop after the preview.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Commit without asking.")] = False,
    as_json: JsonFlag = False,
    as_user: AsUser = "",
    passphrase_fd: PassphraseFd = -1,
) -> None:
    """Take in a list: read, map, check, preview, commit."""
    from goodoffices.cli.importing import import_file

    with door.errors_as(as_json):
        door.readable(file)
        door.need_folder()
        actor = door.acting_user(as_user, passphrase_fd)
        result = import_file(file, source, mapping, dry_run=dry_run, yes=yes, actor=actor)
        door.show(result, as_json=as_json)


@app.command(name="undo-import")
def undo_import(
    import_id: str, as_json: JsonFlag = False, as_user: AsUser = "", passphrase_fd: PassphraseFd = -1
) -> None:
    """Take a whole import back."""
    from goodoffices.cli.importing import undo_import_by_id

    with door.errors_as(as_json):
        door.need_folder()
        from goodoffices.registry.services.undoing import CannotUndo

        try:
            result = undo_import_by_id(import_id, actor=door.acting_user(as_user, passphrase_fd))
        except CannotUndo as error:
            door.refuse(error, as_json, code=1)
        door.show(result, as_json=as_json)


@app.command()
def link(
    files: list[Path],
    out: Annotated[Path, typer.Option("--out", help="Where the answer goes (CSV).")],
    sources: Annotated[Path | None, typer.Option("--sources", help="source,deduplicated as CSV.")] = None,
    pairs: Annotated[Path | None, typer.Option("--pairs", help="Write every scored pair here.")] = None,
    review: Annotated[Path | None, typer.Option("--review", help="Write the pairs to ask about here.")] = None,
    mapping: Annotated[Path | None, typer.Option("--map", help="Column mapping as JSON.")] = None,
    engine: Annotated[str, typer.Option("--engine", help="local or spark.")] = "local",
    no_labels: Annotated[bool, typer.Option("--no-labels", help="No model trained on labelled pairs.")] = False,
    summary: Annotated[Path | None, typer.Option("--summary", help="Write counts and times here (JSON).")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Find which records of some lists are one person."""
    from goodoffices.cli.linking import LinkRequest, link_files

    with door.errors_as(as_json):
        request = LinkRequest(
            files=tuple(files),
            out=out,
            sources=sources,
            pairs=pairs,
            review=review,
            mapping=mapping,
            engine=engine,
            use_labels=not no_labels,
            summary=summary,
        )
        door.show(link_files(request, progress=door.share_line), as_json=as_json)


@app.command(name="compare-names")
def compare_names(
    a: str,
    b: str,
    sex: Annotated[str, typer.Option("--sex", help="f or m.")] = "",
    as_json: JsonFlag = False,
) -> None:
    """Compare two names in any script."""
    from goodoffices.cli.comparing import compare

    with door.errors_as(as_json):
        door.show(compare(a, b, sex or None), as_json=as_json)


@app.command()
def eligibility(
    nominee: Path,
    rules: Annotated[str, typer.Option("--set", help="Whose text decides: 000, 001 or strict.")] = "strict",
    as_json: JsonFlag = False,
) -> None:
    """Judge whether a nominee may be seated in a Mission."""
    from goodoffices.cli.judging_eligibility import judge_file

    with door.errors_as(as_json):
        found = judge_file(door.readable(nominee), rules)
        door.show(found, as_json=as_json)
        if found["result"] != "pass":
            raise typer.Exit(1)


consent = typer.Typer(add_completion=False, help="Mutual consent to disclose: pack, sign, verify.")
app.add_typer(consent, name="consent")


@consent.command(name="pack")
def consent_pack(
    out: Annotated[Path, typer.Option("--out", help="Where the bundle goes (.zip).")],
    mission: Annotated[str, typer.Option("--mission", metavar="ID")],
    audience: Annotated[str, typer.Option("--audience", help="To whom it is told.")],
    channel: Annotated[str, typer.Option("--channel", help="How it is told.")],
    not_before: Annotated[str, typer.Option("--not-before", metavar="DATE", help="Told from then.")],
    text: Annotated[list[str], typer.Option("--text", metavar="LANG=FILE", help="The text in a language.")],
    attach: Annotated[list[str], typer.Option("--attach", metavar="[NAME=]FILE")] = [],  # noqa: B006 -- typer copies
    not_after: Annotated[str, typer.Option("--not-after", metavar="DATE", help="Told until then.")] = "",
    supersedes: Annotated[str, typer.Option("--supersedes", metavar="HASH", help="The statement it replaces.")] = "",
    to_sign: Annotated[Path | None, typer.Option("--to-sign", help="Write the bytes to sign here.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Make a bundle of texts and attachments for the parties to sign."""
    from goodoffices.cli.consenting import PackRequest, pack

    with door.errors_as(as_json):
        request = PackRequest(
            mission=mission,
            texts=tuple(text),
            attachments=tuple(attach),
            audience=audience,
            channel=channel,
            not_before=not_before,
            not_after=not_after or None,
            supersedes=supersedes or None,
            out=out,
            to_sign=to_sign,
        )
        _show_verdict(pack(request), as_json)


@consent.command(name="sign")
def consent_sign(
    bundle: Path,
    party: Annotated[str, typer.Option("--party", help="Whose signature it is.")] = "",
    key: Annotated[Path | None, typer.Option("--key", help="Sign with this private key.")] = None,
    signature: Annotated[Path | None, typer.Option("--signature", help="Put in a signature made elsewhere.")] = None,
    to_sign: Annotated[Path | None, typer.Option("--to-sign", help="Only write the bytes to sign here.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where the bundle goes; in place without it.")] = None,
    as_json: JsonFlag = False,
    passphrase_fd: PassphraseFd = -1,
) -> None:
    """Sign a bundle for a party, after checking its content."""
    from goodoffices.cli.consenting import SignRequest, add_signature

    with door.errors_as(as_json):
        phrase = door.passphrase_from(passphrase_fd) if passphrase_fd >= 0 else None
        request = SignRequest(
            bundle=door.readable(bundle),
            party=party,
            key=key,
            signature=signature,
            out=out,
            to_sign=to_sign,
            passphrase=phrase.encode() if phrase else None,
        )
        _show_verdict(add_signature(request), as_json)


@consent.command(name="verify")
def consent_verify(
    bundle: Path,
    key: Annotated[list[str], typer.Option("--key", metavar="PARTY=FILE", help="A party's public key.")],
    as_json: JsonFlag = False,
) -> None:
    """Verify that every party signed exactly what a bundle carries."""
    from goodoffices.cli.consenting import verify

    with door.errors_as(as_json):
        _show_verdict(verify(door.readable(bundle), key), as_json)


def _show_verdict(found: dict[str, Any], as_json: bool) -> None:
    door.show(found, as_json=as_json)
    if found["verdict"] == "invalid":
        raise typer.Exit(1)


@app.command()
def estimate(
    overlaps: Path,
    method: Annotated[str, typer.Option("--method", help="chao, loglinear, bma, lcmcr or all.")] = "all",
    order: Annotated[int | None, typer.Option("--order", help="2 or 3; by default 3 up to four lists.")] = None,
    criterion: Annotated[str, typer.Option("--criterion", help="aic or bic.")] = "bic",
    terms: Annotated[str | None, typer.Option("--terms", help='One model, for example "12,13"; "" = none.')] = None,
    top: Annotated[int | None, typer.Option("--top", help="Largest missing count for bma.")] = None,
    delta: Annotated[float | None, typer.Option("--delta", help="Prior count a cell for bma.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same answer.")] = 0,
    as_json: JsonFlag = False,
) -> None:
    """Estimate how many people are on none of some overlapping lists."""
    from goodoffices.cli.estimating import estimate_file, settings_from

    with door.errors_as(as_json):
        settings = settings_from(
            method=method, order=order, criterion=criterion, terms=terms, top=top, delta=delta, seed=seed
        )
        door.show(estimate_file(door.readable(overlaps), settings, door.progress_line), as_json=as_json)


@app.command()
def packages(
    cases: Path,
    out: Annotated[Path, typer.Option("--out", help="Where the answer goes (JSON).")],
    explain: Annotated[str, typer.Option("--explain", metavar="ID", help="Say more about one person.")] = "",
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", metavar="SECONDS", help="Time for each case's search.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Find release packages under the limits that the parties have recorded."""
    from goodoffices.cli.packaging import find_packages

    with door.errors_as(as_json):
        found = find_packages(cases, out, explain, time_limit, progress=door.share_line)
        door.show(found, as_json=as_json)
        if found["unproved"]:
            raise typer.Exit(1)


@app.command(name="check-package")
def check_package(case: Path, package: Path, as_json: JsonFlag = False) -> None:
    """Check a package against its case, without a solver."""
    from goodoffices.cli.packaging import check as check_one

    with door.errors_as(as_json):
        found = check_one(case, package)
        door.show(found, as_json=as_json)
        if not found["feasible"]:
            raise typer.Exit(1)


@app.command(name="lint-text")
def lint_text(
    file: Path,
    lang: Annotated[str, typer.Option("--lang", help="en, ru or uk.")],
    profile: Annotated[str, typer.Option("--profile", help="mission, appeal, campaign, story or prisoner-letter.")],
    subject: Annotated[str, typer.Option("--subject", help="civilian or child.")] = "",
    sources: Annotated[bool, typer.Option("--sources", help="Its legal conclusions carry their sources.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Check the tone and neutrality of a text; advice, never a rewriting."""
    from goodoffices.cli.linting import blocks, lint_file

    with door.errors_as(as_json):
        result = lint_file(file, lang, profile, subject or None, sourced=sources)
        door.show(result, as_json=as_json)
        if blocks(result):
            raise typer.Exit(1)


@app.command(name="sdc-check")
def sdc_check(
    tables: Path,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="Everything that went out before.")] = None,
    release: Annotated[Path | None, typer.Option("--release", help="What is to go out.")] = None,
    counts: Annotated[Path | None, typer.Option("--counts", help="The confidential counts behind it.")] = None,
    today: Annotated[str, typer.Option("--today", metavar="DATE", help="Also check that it isn't too early.")] = "",
    as_json: JsonFlag = False,
) -> None:
    """Check that numbers may be published: over all releases together, no cell gives a person away."""
    from goodoffices.cli.disclosing import check_files

    with door.errors_as(as_json):
        found = check_files(door.readable(tables), ledger, release, counts, today)
        door.show(found, as_json=as_json)
        if not found["ok"]:
            raise typer.Exit(1)


@app.command()
def lookup(
    name: str,
    born: Annotated[str, typer.Option("--born", metavar="DATE", help="Birth date or year.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=100)] = 10,
    as_json: JsonFlag = False,
    as_user: AsUser = "",
    passphrase_fd: PassphraseFd = -1,
) -> None:
    """Find a person by a name in any script."""
    from goodoffices.cli.finding import look_up

    with door.errors_as(as_json):
        door.need_folder()
        found = look_up(name, born or None, limit, actor=door.acting_user(as_user, passphrase_fd))
        door.show(found, as_json=as_json)
        if not found:
            raise typer.Exit(1)


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", help="Where the file goes (.csv or .xlsx).")],
    query: Annotated[str, typer.Option("--query", help="Filters as in the people page's address.")] = "",
    as_json: JsonFlag = False,
    as_user: AsUser = "",
    passphrase_fd: PassphraseFd = -1,
) -> None:
    """Export people through the policy layer."""
    from goodoffices.cli.finding import export_people

    with door.errors_as(as_json):
        door.need_folder()
        result = export_people(out, query, actor=door.acting_user(as_user, passphrase_fd))
        door.show(result, as_json=as_json)


@app.command()
def routes(as_json: JsonFlag = False) -> None:
    """List every route, who may enter it and by what rule."""
    from goodoffices.cli.operating import list_routes

    with door.errors_as(as_json):
        door.start_django()
        door.show(list_routes(), as_json=as_json)


@app.command(name="verify-audit")
def verify_audit(as_json: JsonFlag = False) -> None:
    """Read the whole ledger again and name the first bad entry."""
    from goodoffices.cli.operating import verify

    with door.errors_as(as_json):
        door.need_folder()
        result = verify()
        door.show(result, as_json=as_json)
        if not result["ok"]:
            raise typer.Exit(1)


@app.command()
def check(as_json: JsonFlag = False) -> None:
    """Run the start-up checks; each problem is one sentence that says how to mend it."""
    from goodoffices.cli.operating import check_everything

    with door.errors_as(as_json):
        door.need_folder()
        problems = check_everything()
        door.show({"ok": not problems, "problems": problems}, as_json=as_json)
        if problems:
            raise typer.Exit(1)


@app.command()
def rebuild(
    matching: Annotated[bool, typer.Option("--matching", help="Compare all records again, too.")] = False,
    as_json: JsonFlag = False,
    as_user: AsUser = "",
    passphrase_fd: PassphraseFd = -1,
) -> None:
    """Draw the lists anew from what sources said and people judged."""
    from goodoffices.cli.operating import rebuild as rebuild_lists

    with door.errors_as(as_json):
        door.need_folder()
        result = rebuild_lists(matching=matching, actor=door.acting_user(as_user, passphrase_fd))
        door.show(result, as_json=as_json)


@app.command()
def faults(as_json: JsonFlag = False) -> None:
    """List the fault points that a testing folder honours."""
    from goodoffices.cli.operating import list_faults

    with door.errors_as(as_json):
        door.start_django()
        door.show(list_faults(), as_json=as_json)


if __name__ == "__main__":
    run()

# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every command shares: where the data are, who acts, one shape for results and errors.

Results go to stdout, progress and messages to stderr. Unusable input ends with exit code 2.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from goodoffices.core.errors import GoodOfficesError

if TYPE_CHECKING:
    from goodoffices.access.actors import Actor

JsonFlag = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
AsUser = Annotated[str, typer.Option("--as", metavar="EMAIL", help="Who acts.")]
PassphraseFd = Annotated[
    int, typer.Option("--passphrase-fd", metavar="N", help="Read the passphrase from this open file descriptor.")
]

UNUSABLE = 2
ABORTED = 1
# Typer's own name for a call that can't be understood; it hands out only this child of it.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def take_data_folder(arguments: list[str]) -> list[str]:
    """Take ``--data DIR`` out of the arguments, wherever it stands, before settings are read."""
    rest: list[str] = []
    walk = iter(arguments)
    for argument in walk:
        if argument == "--data":
            os.environ["GOODOFFICES_DATA"] = next(walk, "")
        elif argument.startswith("--data="):
            os.environ["GOODOFFICES_DATA"] = argument.partition("=")[2]
        else:
            rest.append(argument)
    return rest


def run_command(app: typer.Typer) -> int:
    """Run the command the arguments name; a call that can't be understood is told in the same shape as any mistake."""
    try:
        return int(app(standalone_mode=False) or 0)
    except UsageError as error:
        said = GoodOfficesError(
            error.format_message(),  # type: ignore[attr-defined]
            code="usage",
            hint="See: goodoffices COMMAND --help",
        )
        try:
            refuse(said, "--json" in sys.argv)
        except typer.Exit as end:
            return int(end.exit_code)
    except typer.Abort:
        say("Stopped; nothing was recorded.")
        return ABORTED


def start_django() -> None:
    """Load settings and apps; called by commands that touch a store, and only by them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodoffices.config.settings")
    import django

    django.setup()


def need_folder() -> None:
    """Stop with a clear message where there is no data folder, then load Django."""
    from goodoffices.config.folder import data_dir, file_key, read_folder, unlock_with_passphrase

    folder = read_folder(data_dir())
    if not os.environ.get("GOODOFFICES_KEY_FD"):
        try:
            file_key(folder)
        except GoodOfficesError:
            if os.environ.get("GOODOFFICES_KEY_FILE") or not sys.stdin.isatty():
                raise
            unlock_with_passphrase(folder, getpass.getpass("Passphrase of the stores: ", stream=sys.stderr))
    start_django()


def acting_user(email: str, passphrase_fd: int) -> Actor:
    """Find who acts: the account named, after its passphrase; in a demo or testing folder the command itself."""
    from django.conf import settings
    from django.contrib.auth import authenticate

    from goodoffices.access.actors import SYSTEM, Actor, actor_for
    from goodoffices.access.models import User
    from goodoffices.access.roles import GRANTABLE

    practice = settings.GOODOFFICES_DEMO or settings.GOODOFFICES_TESTING
    if not email:
        if practice:
            return Actor(
                kind="command",
                powers=SYSTEM.powers | GRANTABLE,
                clearance=SYSTEM.clearance,
                field_classes=SYSTEM.field_classes,
            )
        raise GoodOfficesError("Say who acts.", code="who", hint="Add --as EMAIL.")
    user = User.objects.filter(email__iexact=email).first() if practice else None
    if user is None:
        user = authenticate(email=email, password=passphrase_from(passphrase_fd))
    if user is None:
        raise GoodOfficesError("The e-mail or the passphrase is wrong.", code="sign_in")
    return actor_for(user)


def say(message: str) -> None:
    """Print a message for people, beside the result."""
    print(message, file=sys.stderr)


def show(result: Any, *, as_json: bool, plain: Callable[[Any], str] | None = None) -> None:
    """Print a result on stdout."""
    if as_json or plain is None:
        print(json.dumps(result, ensure_ascii=False, indent=None if as_json else 1, default=str))
    else:
        print(plain(result))


@contextmanager
def errors_as(as_json: bool) -> Iterator[None]:
    """Turn mistakes a person can mend into one clear message and exit code 2."""
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    try:
        yield
    except GoodOfficesError as error:
        refuse(error, as_json)
    except Http404:
        refuse(GoodOfficesError("There is nothing with this id, or it is not yours to see.", code="not_found"), as_json)
    except PermissionDenied:
        refuse(GoodOfficesError("You may not do that.", code="refused", hint="Ask a coordinator."), as_json)
    except KeyboardInterrupt:
        say("Interrupted. What is done is kept; the same command goes on where it stopped.")
        raise typer.Exit(130) from None


def refuse(error: GoodOfficesError, as_json: bool, code: int = UNUSABLE) -> NoReturn:
    """Print one error in the shape of CONTRACTS part 2 and exit.

    As JSON it goes to both streams: a program finds it on whichever it reads.
    """
    if as_json:
        said = json.dumps({"error": error.as_dict()}, ensure_ascii=False, default=str)
        print(said)
        say(said)
    else:
        place = ", ".join(f"{key} {value}" for key, value in error.where.items())
        say(f"goodoffices: {error.message}" + (f" ({place})" if place else ""))
        if error.hint:
            say(f"  {error.hint}")
    raise typer.Exit(code)


def progress_line(step: str, done: int, total: int) -> None:
    """Show progress on stderr, only where a person watches; a total of 0 is not known yet."""
    if not sys.stderr.isatty():
        return
    said = f"{done:,} of {total:,}" if total else f"{done:,}"
    print(f"\r{step:<12} {said:<30}", end="\n" if total and done >= total else "", file=sys.stderr, flush=True)


def share_line(step: str, share: float) -> None:
    """Show progress as a share, 0 to 1."""
    progress_line(step, round(share * 100), 100)


def readable(path: Path) -> Path:
    """Give a path that can be read.

    Raises:
        GoodOfficesError: there is no such file.
    """
    if not path.is_file():
        raise GoodOfficesError(f"There is no file {path}.", code="no_file", where={"file": str(path)})
    return path


def passphrase_from(descriptor: int) -> str:
    """Read a passphrase from an open file descriptor, or at a terminal where the descriptor is below 0."""
    if descriptor >= 0:
        with os.fdopen(descriptor, encoding="utf-8") as pipe:
            return pipe.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise GoodOfficesError(
            "A passphrase is needed.", code="passphrase", hint="Give it with --passphrase-fd, or run at a terminal."
        )
    return getpass.getpass("Passphrase: ", stream=sys.stderr)

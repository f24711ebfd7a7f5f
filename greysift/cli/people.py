"""``greysift people``: accounts and places on a team."""

import getpass
import sys
from typing import Annotated

import typer

from corpus.vocabulary.decisions import Role
from greysift.cli.corpus_access import open_corpus
from greysift.cli.output import emit_json, say, table

group = typer.Typer(no_args_is_help=True, help="Accounts and places on a team.")
ReviewOption = Annotated[str | None, typer.Option("--review", help="Which review, when there are several.")]


@group.command()
def add(
    name: Annotated[str, typer.Argument(help="The name to log in with.")],
    *,
    role: Annotated[Role, typer.Option(help="What the person is to the review.")] = Role.REVIEWER,
    review: ReviewOption = None,
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False,
) -> None:
    """Make an account, if there is none of that name, and give it a place on the team."""
    open_corpus()
    from django.utils import timezone

    from corpus.selectors.reviews import find_person, review_by_slug
    from corpus.services.people import create_person
    from corpus.services.reviews import add_member

    team = review_by_slug(review)
    person = find_person(name)
    if person is None:
        password = (
            sys.stdin.readline().rstrip("\n") if password_stdin else getpass.getpass(f"Password for {name}: ")
        )
        person = create_person(name, password=password, at=timezone.now())
    add_member(team, person, role=role, by=None, at=timezone.now())
    say(f"{name} is {role} of review {team.slug}.")


@group.command("list")
def list_people(
    review: ReviewOption = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the team."""
    open_corpus()
    from corpus.selectors.reviews import review_by_slug, team_of

    chosen = review_by_slug(review)
    if as_json:
        emit_json([{"name": name, "role": role} for name, role in team_of(chosen)])
        return
    table(f"Team of {chosen.slug}", ["name", "role"], team_of(chosen))


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="people")

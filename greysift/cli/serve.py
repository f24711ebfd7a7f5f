"""``greysift serve``: the reviewers' web app."""

from typing import Annotated

import typer

from corpus.vocabulary.errors import WorkspaceError
from greysift.cli.corpus_access import open_corpus
from greysift.cli.output import say


def serve_app(*, host: str, port: int, threads: int) -> None:
    """Serve the pages until stopped; one process, so that one ranker holds the features."""
    from waitress import create_server

    from greysift.wsgi import application

    try:
        server = create_server(application, host=host, port=port, threads=threads, ident="greysift")
    except OSError as error:
        raise WorkspaceError(
            f"cannot serve at {host}:{port}: {error.strerror}; choose another --port"
        ) from error
    say(f"Greysift is at http://{host}:{port}/ – stop it with Ctrl-C.")
    server.run()


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    threads: Annotated[int, typer.Option(help="Requests answered at once.")] = 8,
) -> None:
    """Serve the reviewers' web app."""
    open_corpus()
    serve_app(host=host, port=port, threads=threads)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)

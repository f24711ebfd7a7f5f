"""All inputs of the table, tried: two crawls in processes of their own, with canaries beside them."""

import json
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from tests.fakes import crawl_process
from tests.fakes.crawl_process import Outcome
from tests.fakes.hostile.certificates import make_certificates
from tests.fakes.hostile.hosts import DNS, NAMES
from tests.fakes.hostile.inputs import Input, filled
from tests.fakes.hostile.server import Canary, HostileServer, paths
from tests.fakes.hostile.table import INPUTS

SPIDER = "tests.fakes.hostile.spider:prepare"
MOST_MEGABYTES = 8
_DECLARATION = """
slug = "hostile"
name = "Hostile"
organisation = "Nobody"
kind = "govuk"
hosts = {hosts}
licence = "none"
[entry]
{entry}
[filters]
organisations = ["nobody"]
document_types = ["research"]
[politeness]
delay_seconds = {delay}
connections = {connections}
contact = "tests@example.org"
[limits]
megabytes = {megabytes}
answer_seconds = 1.5
"""


@dataclass(frozen=True)
class Trial:
    """What came of it. ``visits`` counts who reached a canary."""

    local: Outcome
    public: Outcome
    ports: Mapping[str, object]
    visits: int
    folder: Path
    run_uid: UUID
    declaration: str

    def document(self, entry: Input) -> dict[str, Any]:
        """Return what became of an input's document."""
        outcome = self.public if entry in DNS else self.local
        (document,) = outcome.records[entry.what]["documents"]
        return document

    def orders(self) -> list[dict[str, object]]:
        """Return the inputs of the first crawl as they were ordered, to be replayed."""
        return orders((entry for entry in INPUTS if entry not in DNS), self.ports)


@contextmanager
def tried(folder: Path) -> Iterator[Trial]:
    """Try everything: what servers say, by a source on this machine; what names lead to, by a public one."""
    ports: dict[str, object] = {}
    with ExitStack() as stack:
        server = stack.enter_context(HostileServer(paths(INPUTS), ports=lambda: ports))
        ports |= {"port": server.port, "here": f"http://127.0.0.1:{server.port}"}
        contexts = make_certificates(folder / "tls")
        for name, context in contexts.items():
            secured = HostileServer(paths(INPUTS), ports=lambda: ports, context=context)
            ports[name] = stack.enter_context(secured).port
        silent = stack.enter_context(socket.create_server(("127.0.0.1", 0)))  # connects, and says nothing
        canaries = [stack.enter_context(Canary())]
        ports |= {"silent": silent.getsockname()[1], "canary": canaries[0].port}
        canaries += [
            stack.enter_context(Canary("::1", canaries[0].port)),
            stack.enter_context(Canary("127.0.0.2", server.port)),
        ]
        here = [f"127.0.0.1:{ports[name]}" for name in ("port", "silent", *contexts)]
        run_uid, declaration = uuid4(), declared(here, delay=0, connections=8)
        local = crawl_process.run(
            folder / "local",
            declaration=declaration,
            run_uid=run_uid,
            warc_dir=folder / "warc",
            environment={"SSL_CERT_FILE": str(folder / "tls" / "authority.pem")},
            prepare=SPIDER,
            inputs=orders((entry for entry in INPUTS if entry not in DNS), ports),
        )
        public = crawl_process.run(
            folder / "public",
            declaration=declared(
                [f"{name}:{ports['canary']}" for name in (*NAMES, "nowhere.test")], delay=0.01
            ),
            run_uid=uuid4(),
            warc_dir=folder / "warc",
            prepare=SPIDER,
            names=NAMES,
            inputs=orders(DNS, ports),
        )
        visits = sum(canary.connections for canary in canaries)
        yield Trial(local, public, ports, visits, folder, run_uid, declaration)


def declared(hosts: list[str], *, delay: float, connections: int = 1) -> str:
    """Return the declaration of a source with these hosts."""
    entry = "\n".join(f'{name} = "http://{hosts[0]}"' for name in ("search", "content", "site", "assets"))
    return _DECLARATION.format(
        hosts=json.dumps(hosts), entry=entry, delay=delay, connections=connections, megabytes=MOST_MEGABYTES
    )


def orders(inputs: Iterable[Input], ports: Mapping[str, object]) -> list[dict[str, object]]:
    """Return inputs as a crawl is told of them."""
    return [
        {
            "what": entry.what,
            "url": filled(entry.url.replace("{path}", entry.path), ports),
            "reading": entry.reading,
            "is_alone": entry.is_alone,
        }
        for entry in inputs
    ]

"""Reaches the workers of a Dask cluster, which make reports as this machine would."""

import logging
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

from cjm_helpers.batch.kernels import why_cold
from cjm_helpers.batch.records.versions import list_versions
from cjm_helpers.errors import CjmError

ADDRESS = re.compile(r"(\w+://)?\S+:\d+")
REACH_SECONDS, WORKER_SECONDS = 20, 60
NOT_INSTALLED = (
    "Dask is not installed, which --scheduler needs. Install it where this runs and where the workers run: "
    "{python} -m pip install distributed"
)
SAME = "Install there what is installed here (requirements.txt holds it) and start the workers again."
SHARE = "Workers read the study and write the pages themselves: put both on a disk that all machines share."
START = "Start one on each machine with: dask worker {address} --no-nanny"


@contextmanager
def open_cluster(address: str, *, sees: Sequence[Path] = ()) -> Iterator[Executor]:
    """Open the workers of a Dask scheduler as an executor while the `with` block lasts.

    Parameters
    ----------
    address
        Such as tcp://10.0.0.5:8786.
    sees
        Files that every worker must see, since it reads the study and writes the pages by itself.

    Raises
    ------
    CjmError
        When Dask is not installed, nobody answers there, no worker is there, or one would make other pages.

    Examples
    --------
    >>> with open_cluster("10.0.0.5") as executor:
    ...     pass
    Traceback (most recent call last):
    cjm_helpers.errors.CjmError: '10.0.0.5' is no address of a Dask scheduler. Write it as in tcp://10.0.0.5:8786.
    """
    if not ADDRESS.fullmatch(address):
        raise CjmError(f"'{address}' is no address of a Dask scheduler. Write it as in tcp://10.0.0.5:8786.")
    try:
        from distributed import Client
    except ImportError:
        raise CjmError(NOT_INSTALLED.format(python=sys.executable)) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told in our own words
    try:
        client = Client(address, timeout=REACH_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CjmError(f"No Dask scheduler answers: {error}. See that it runs and that the address is right.") from None
    with client:
        _check_workers(client, address, sees=sees)
        yield client.get_executor()


def _check_workers(client, address: str, *, sees: Sequence[Path]) -> None:
    """Refuse workers that would make other pages than this machine, or none; say why they are slow where they are."""
    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except TimeoutError:
        raise CjmError(f"The Dask scheduler {address} has no worker. {START.format(address=address)}") from None
    ours, slow = list_versions(), ""
    for worker, told in client.run(_describe_worker, tuple(sees), on_error="return").items():
        if isinstance(told, OSError):  # it has just been lost
            continue
        if isinstance(told, BaseException):
            raise CjmError(f"The Dask worker {worker} cannot make reports ({type(told).__name__}: {told}). {SAME}")
        theirs, unseen, why = told
        if unseen:
            raise CjmError(f"The Dask worker {worker} does not see {unseen[0]}. {SHARE}")
        other = [name for name in ours if theirs.get(name) != ours[name]]
        if other:
            has, here = (f"{other[0]} {(one.get(other[0]) or 'missing')[:12]}" for one in (theirs, ours))
            raise CjmError(f"The Dask worker {worker} has {has}, this machine {here}. {SAME}")
        slow = slow or why
    if slow:
        print(slow, file=sys.stderr)


def _describe_worker(sees: Sequence[Path]) -> tuple[dict[str, str], list[str], str]:
    return list_versions(), [str(file) for file in sees if not file.exists()], why_cold()

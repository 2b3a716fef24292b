"""Makes the event log of an example from the life of each customer, and spells it as a Parquet file."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.random import Generator
from pandas import DataFrame

DAY = 24 * 60  # minutes


@dataclass
class Log:
    """Rows of a log as they are written, for one customer at a time."""

    generator: Generator
    rows: list
    customer_id: str = ""
    channel: str = "Website"

    def write(self, minute: float, event: str, *, touchpoint_id: str = "", channel: str = "", value=None) -> None:
        self.rows.append((self.customer_id, round(minute * 60), touchpoint_id, event, channel or self.channel, value))


def make_events(people: DataFrame, *, truth: dict, live: Callable, generator: Generator) -> DataFrame:
    """Make the event log of all customers in order of time.

    Parameters
    ----------
    people
        Customers, read for customer_id and wave, and for what live reads.
    truth
        What is planted.
    live
        Writes what one customer did in the month of a wave: `shopping.shop` or `aftercare.own`.
    generator
        The source of chance.

    Returns
    -------
    DataFrame
        customer_id, timestamp (UTC), touchpoint_id (empty where the log knows none), event, channel, value (euros).

    Examples
    --------
    >>> import numpy as np
    >>> from cjm_helpers.teach.script import read_truth
    >>> from cjm_helpers.teach.shopping import shop
    >>> people = DataFrame({"customer_id": ["c1"], "persona_id": ["gift_buyer"], "wave": ["2026-03"]})
    >>> make_events(people, truth=read_truth(), live=shop, generator=np.random.default_rng(0)).columns.tolist()
    ['customer_id', 'timestamp', 'touchpoint_id', 'event', 'channel', 'value']
    """
    log, starts = Log(generator, []), []
    for person in people.itertuples():
        before = len(log.rows)
        live(person, log=log, truth=truth)
        starts += [person.wave] * (len(log.rows) - before)
    names = ["customer_id", "second", "touchpoint_id", "event", "channel", "value"]
    events = DataFrame(log.rows, columns=names)
    first = pd.to_datetime(pd.Series(starts) + "-01", utc=True).astype("datetime64[s, UTC]")
    events.insert(1, "timestamp", first + pd.to_timedelta(events.pop("second"), unit="s"))
    return events.sort_values(["timestamp", "customer_id"], kind="stable", ignore_index=True)


def spell_events(events: DataFrame) -> bytes:
    """Return the bytes of a Parquet file; the same events and the same pyarrow give the same bytes.

    Examples
    --------
    >>> spell_events(DataFrame({"customer_id": ["c1"]}))[:4]
    b'PAR1'
    """
    table = pa.Table.from_pandas(events, preserve_index=False).replace_schema_metadata(None)
    content = io.BytesIO()
    pq.write_table(table, content, compression="zstd", write_statistics=True)
    return content.getvalue()

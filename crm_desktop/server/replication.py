"""From a hotel's server to the head office's: chosen rows of chosen records, by PostgreSQL's own logical replication.

The head office reads; whoever works on a row does so at its hotel. Ids are made to be unique across hotels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crm_desktop.record.record import Record
from crm_desktop.server.members import text
from crm_desktop.server.policies import quoted

NAME = "crm_group"


def publish(records: Sequence[Record], only: Mapping[str, str]) -> Iterator[str]:
    """What the hotel's server is told: the rows of these records, of each only those its condition in `only` holds for.

    A row that ceases to fulfil it is taken away there; for that the server notes whole former rows."""
    for record in records:
        if record.key in only:
            yield f"alter table {record.key} replica identity full"
    parts = ", ".join(f"{record.key}{f' where ({only[record.key]})' if record.key in only else ''}" for record in records)
    yield f"drop publication if exists {NAME}"
    yield f"create publication {NAME} for table {parts} with (publish = 'insert, update, delete')"


def subscribe(hotel: str, connection: str, records: Sequence[Record]) -> Iterator[str]:
    """What the head office's server is told: where the hotel is (`connection`, with a log-in that may replicate), and to
    keep the words of search itself, since the hotel's are not sent."""
    for record in records:
        if record.searched:
            yield from _words(record)
    yield f"create subscription {quoted(f'{NAME}_{hotel}')} connection {text(connection)} publication {NAME} with (streaming = on)"


def _words(record: Record) -> Iterator[str]:
    key = record.key
    yield f"""
create or replace function crm_group_{key}() returns trigger language plpgsql set search_path = public, pg_temp as $f$
begin
  if tg_op <> 'INSERT' then
    delete from {key}_term as t using unnest(string_to_array(old.terms, ' ')) as w where t.term = w and t.row_id = old.id;
  end if;
  if tg_op <> 'DELETE' and new.gone is null then
    insert into {key}_term select distinct w, new.id from unnest(string_to_array(new.terms, ' ')) as w where w <> '' on conflict do nothing;
  end if;
  return null;
end $f$"""
    yield f"create or replace trigger crm_group after insert or update or delete on {key} for each row execute function crm_group_{key}()"
    yield f"alter table {key} enable replica trigger crm_group"

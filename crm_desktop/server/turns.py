"""Nobody keeps the others from writing: a log-in that holds the writers' turn, or rows, and does nothing with them is thrown out
when somebody has waited too long. Whoever only reads keeps nobody from anything.

No setting of the server could: a log-in may change every deadline of its own connection. Who does this again and again is named in
the server's log."""

from __future__ import annotations

from crm_desktop.store.server.log_sql import WRITING

SCHEMA = "rights"
UNBLOCK = f"{SCHEMA}.unblock()"
IDLE_SECONDS = 60  # the program gives up a transaction in which nothing comes after 30
ANSWER_SECONDS, CHANGE_SECONDS = 1_000, 3_600  # beyond what the program waits for one answer, and what it takes for one change
NEEDED = ("pg_signal_backend", "pg_read_all_stats")  # the owner's, to see who does nothing and to end it


def unblock(idle: int = IDLE_SECONDS) -> str:
    """The function every seat may call: it ends whoever keeps the turn for nothing, and tells how many."""
    return f"""
create or replace function {UNBLOCK} returns bigint language plpgsql volatile security definer set search_path = public, pg_temp as $f$
declare one record; ended bigint := 0;
begin
  for one in
    with keeps as (select distinct k.pid from pg_locks as k
      where k.granted and k.database = (select d.oid from pg_database as d where d.datname = current_database()) and (
        (k.locktype = 'advisory' and k.classid = 0 and k.objid = {WRITING} and k.objsubid = 1)
        or (k.locktype = 'relation' and k.mode <> 'AccessShareLock')))
    select a.pid, a.usename from keeps join pg_stat_activity as a on a.pid = keeps.pid join log_in as l on l.name = a.usename
    where a.datname = current_database() and a.pid <> pg_backend_pid() and cardinality(pg_blocking_pids(a.pid)) = 0 and (
      (a.state <> 'active' and a.state_change <= clock_timestamp() - interval '{idle} s')
      or (a.state = 'active' and a.query_start < clock_timestamp() - interval '{ANSWER_SECONDS} s')
      or a.xact_start < clock_timestamp() - interval '{CHANGE_SECONDS} s')
  loop
    raise log 'log-in % kept the others from writing and was thrown out', one.usename;
    if pg_terminate_backend(one.pid) then ended := ended + 1; end if;
  end loop;
  return ended;
end $f$"""

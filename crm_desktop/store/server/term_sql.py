"""Search on the server: every term with the rows it stands in, as plain rows behind a B-tree.

A word typed is the beginning of terms, so that a range of the index answers it; comparisons of text leak nothing, so that
rules on rows do not cost the index. Triggers keep the terms of the living rows. Tables are named with their schema: a table of
one's own may have any name."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.record.record import Record
from crm_desktop.store.server.log_sql import CHANGED, KEPT_PLAN, PAIRS, SAFE

FEWEST = 300  # rows a single word may mean to be put in order at once
FEW = 2_000  # rows looked at one by one, or of many terms put in order
SOME = 10_000  # rows a single word may mean to be gathered and put in order before the newest rows are looked at
MANY = 40_000  # rows counted to tell which of several frequent words is the rarest
NEWER, NEWEST = 4_000, 20_000  # rows looked at, the newest first, where a word means many
TERMS = 100  # terms that begin with a word and are gone through one by one, each giving its newest rows
GONE = ("crm_words(text, text)", "crm_newest_of_word(text, text, bigint)")  # functions of earlier days
COLUMNS = "create table if not exists {table} (term text not null, row_id integer not null{key})"
TOP = "chr(1114111)"
FOLD = f"translate({{}}, '{PAIRS[0]}', '{PAIRS[1]}')"
# rows are looked through as they are, unless the word has a letter that may be written in two ways
HELD = (
    "format('strpos('' '' || %s || '' '', %L) > 0', case when strpos(word, '{letter}') > 0 then '{folded}' else 't.terms' end,"
    " ' ' || word || case when loose then '' else ' ' end)"
).format(letter=PAIRS[1], folded=FOLD.format("t.terms").replace("'", "''"))


def of_table(record: Record) -> Sequence[str]:
    """The terms of one record: their table and what keeps it."""
    key = record.key
    table, run = f"{key}_term", f"for each statement execute function crm_terms_{key}()"
    other = "(o.terms, o.gone is null) is distinct from (n.terms, n.gone is null)"
    split = f"cross join lateral unnest(string_to_array({FOLD.format('{row}.terms')}, ' ')) as w"
    gone = f"select o.id, w from {CHANGED} {split.format(row='o')} where o.gone is null and {other}"
    function = f"""
create or replace function crm_terms_{key}() returns trigger language plpgsql {SAFE} as $f$
begin
  if tg_op = 'INSERT' then
    insert into {table} select distinct w, n.id from new_rows as n {split.format(row="n")} where n.gone is null and w <> '' order by 1, 2;
  elsif exists (select 1 from {CHANGED} where {other}) then
    delete from {table} as t using ({gone}) as d where t.term = d.w and t.row_id = d.id;
    insert into {table} select distinct w, n.id from {CHANGED} {split.format(row="n")}
      where n.gone is null and w <> '' and {other} order by 1, 2;
  end if;
  return null;
end $f$"""
    return (
        COLUMNS.format(table=table, key=", primary key (term, row_id)"),
        f"revoke all on {table} from public",
        function,
        f"create or replace trigger crm_terms_new after insert on {key} referencing new table as new_rows {run}",
        f"create or replace trigger crm_terms_old after update on {key} referencing old table as old_rows new table as new_rows {run}",
        _newest_of_word(record),
        _check(record),
    )


def made_anew(table: str) -> Sequence[str]:
    """An empty place for the terms of a record, without its index, in the transaction that fills it."""
    return (
        f"drop table {table}_term",
        COLUMNS.format(table=f"{table}_term", key=""),
        f"revoke all on {table}_term from public",
    )


def filled(record: Record) -> Sequence[str]:
    """Make the terms of a record that has rows, by the server itself, and sorted once at the end."""
    table = f"{record.key}_term"
    words = f"select distinct w from unnest(string_to_array({FOLD.format('n.terms')}, ' ')) as w where w <> ''"
    return (
        *made_anew(record.key),
        f"insert into {table} select w, n.id from {record.key} as n cross join lateral ({words}) as w where n.gone is null",
        indexed(record.key),
    )


def indexed(table: str) -> str:
    """The index of all terms, once they are there."""
    return f"alter table {table}_term add primary key (term, row_id)"


def _check(record: Record) -> str:
    """A function that counts the terms that are missing or too many."""
    key = record.key
    split = f"cross join lateral unnest(string_to_array({FOLD.format('n.terms')}, ' ')) as w"
    right = f"select distinct w as term, n.id as row_id from {key} as n {split} where n.gone is null and w <> ''"
    return f"""
create or replace function crm_wrong_terms_{key}() returns bigint language sql stable {SAFE} as $f$
  select count(*) from ({right}) as a full join {key}_term as b on b.term = a.term and b.row_id = a.row_id where a.term is null or b.term is null
$f$"""


# words: `"word"*` each the beginning of a term, `"word"` a whole one
PARTED = "select m[1], m[2] = '*' from regexp_matches({words}, '\"([^\"]*)\"(\\*?)', 'g') as m"
RANGE = f"term >= %1$L and term < %1$L || {TOP}"
HERE = f"case when loose then format('{RANGE}', word) else format('term = %L', word) end"

COUNTED = "select count(*) from (select 1 from public.%I where %s limit %s) as s"
# of the newest rows those that hold the words
FRESH = "select array_agg(s.id) from (select t.id from (select id, terms from public.%I where gone is null order by id desc limit %s) as t where %s limit %s) as s"
# ids in their order, the newest first, whose rows are looked at one by one until there are enough
LOOKED_AT = " as r cross join lateral (select t.id from public.%I as t where t.id = r.row_id and %s offset 0) as t order by r.row_id desc limit %s"
RARE = f"select t.id from (select distinct row_id from public.%I where %s order by row_id desc limit %s){LOOKED_AT}"
BOTH = f"select t.id from (select row_id from public.%I where %s intersect select row_id from public.%I where %s order by row_id desc){LOOKED_AT}"

RAREST = f"""
create or replace function crm_rarest(tbl text, words text, out rare text, out meant bigint, out second text, out more bigint, out held text, out others text)
language plpgsql stable {SAFE} as $f$
declare word text; loose boolean; here text; holds text; count_here bigint; rare_held text;
begin
  others := 'true';
  held := 'true';
  for word, loose in {PARTED.format(words=FOLD.format("words"))} loop
    here := {HERE};
    holds := {HELD};
    held := held || ' and ' || holds;
    execute format('{COUNTED}', tbl || '_term', here, {MANY + 1}) into count_here;
    if meant is null or count_here < meant then
      if rare_held is not null then others := others || ' and ' || rare_held; end if;
      second := rare; more := meant;
      rare := here; meant := count_here; rare_held := holds;
    else
      others := others || ' and ' || holds;
      if more is null or count_here < more then second := here; more := count_here; end if;
    end if;
  end loop;
end $f$"""

FOUND = f"""
create or replace function crm_found(tbl text, words text) returns table(rowid bigint) language plpgsql stable rows 200 {SAFE} as $f$
declare w record;
begin
  select f.rare, f.meant, f.others into w from crm_rarest(tbl, words) as f;
  if w.rare is null then return; end if;
  if w.others = 'true' then
    return query execute format('select distinct row_id from public.%I where %s', tbl || '_term', w.rare);
  else
    return query execute format('select t.id from (select distinct row_id from public.%I where %s) as r join public.%I as t on t.id = r.row_id where %s',
      tbl || '_term', w.rare, tbl, w.others);
  end if;
end $f$"""

def _newest_of_word(record: Record) -> str:
    """A function for the newest rows with a term that is a word or begins with it: as few rows are read as its frequency allows.

    Its statements are planned once for a connection: planning them takes as long as they do."""
    key, term = record.key, f"public.{record.key}_term"
    here, last = "term >= word and term < above", "order by 1 desc limit most"
    folded = FOLD.format("t.terms")
    held = f"strpos(' ' || (case when odd then {folded} else t.terms end) || ' ', ' ' || word || case when loose then '' else ' ' end) > 0"
    fresh = f"ids := array(select t.id from (select id, terms from public.{key} where gone is null order by id desc limit {{}}) as t where {held} limit most);"
    gathered = f"ids := array(select row_id from {term} where {here} limit {{}} + 1);"
    in_order = f"return array(select distinct s.id from unnest(ids) as s(id) {last});"
    return f"""
create or replace function crm_newest_{key}(word text, loose boolean, most bigint) returns bigint[] language plpgsql stable {KEPT_PLAN} as $f$
declare ids bigint[]; begun bigint; above text := word || case when loose then {TOP} else chr(1) end; odd boolean := strpos(word, '{PAIRS[1]}') > 0;
begin
  {gathered.format(FEWEST)}
  if cardinality(ids) <= {FEWEST} then {in_order} end if;
  -- the terms the word begins, from one to the next, each found by the index, however many rows have it; of each its newest rows
  with recursive w(term) as ((select term from {term} where {here} order by term limit 1) union all
    select (select n.term from {term} as n where n.term > w.term and n.term < above order by n.term limit 1) from w where w.term is not null),
  t as materialized (select term from w where term is not null limit {TERMS} + 1)
  select (select count(*) from t), array(select distinct s.row_id from (select n.row_id from t cross join lateral
    (select n.row_id from {term} as n where n.term = t.term order by n.row_id desc limit most) as n
    where (select count(*) from t) <= {TERMS} order by 1 desc limit 8 * most) as s {last}) into begun, ids;
  if begun <= {TERMS} then return ids; end if;
  {gathered.format(FEW)}
  if cardinality(ids) <= {FEW} then {in_order} end if;
  {fresh.format(NEWER)}
  if cardinality(ids) >= most then return ids; end if;
  {gathered.format(SOME)}
  if cardinality(ids) <= {SOME} then {in_order} end if;
  {fresh.format(NEWEST)}
  if cardinality(ids) >= most then return ids; end if;
  return array(select distinct s.row_id from {term} as s where {here} {last});
end $f$"""


BARE = "btrim(words, '\"*')"  # one word of them

NEWEST_FOUND = f"""
create or replace function crm_newest(tbl text, words text, most bigint) returns table(rowid bigint) language plpgsql stable rows 50 {SAFE} as $f$
declare w record; ids bigint[];
begin
  if strpos(words, ' ') = 0 then
    if words <> '' then
      execute format('select public.%I($1, $2, $3)', 'crm_newest_' || tbl) into ids using {FOLD.format(BARE)}, right(words, 1) = '*', most;
      return query select unnest(ids);
    end if;
    return;
  end if;
  select r.rare, r.meant, r.second, r.more, r.held, r.others into w from crm_rarest(tbl, words) as r;
  if w.rare is null then return; end if;
  if w.meant > {MANY} then  -- all words are frequent
    execute format('{FRESH}', tbl, {NEWEST}, w.held, most) into ids;
  elsif w.meant <= {FEW} or w.more > {MANY} then
    execute format('select array_agg(s.id) from ({RARE}) as s', tbl || '_term', w.rare, {2 * FEW}, tbl, w.others, most) into ids;
  end if;
  if cardinality(ids) >= most or w.meant <= {FEW} then
    return query select unnest(ids);
  else  -- ids that stand with both of the two rarest words, before any row is looked at
    return query execute format('{BOTH}', tbl || '_term', w.rare, tbl || '_term', w.second, tbl, w.others, most);
  end if;
end $f$"""


def functions() -> Sequence[str]:
    """What all searched records share."""
    return (*(f"drop function if exists {name}" for name in GONE), RAREST, FOUND, NEWEST_FOUND)

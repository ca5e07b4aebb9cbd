"""The rows of a file that were left out, as a file of the same shape with the reasons in its last column.

It is mended where it lies and brought in again: the two columns added to it mean nothing to an import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crm_desktop.exchange.comparing import Prepared
from crm_desktop.exchange.csv_out import write_rows
from crm_desktop.exchange.sheets import Sheet
from crm_desktop.record import private
from crm_desktop.record.dates import now
from crm_desktop.record.kinds import Kind
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.folders import private_folder, unwritten
from crm_desktop.store.left_behind import refused_folder
from crm_desktop.store.names import shortened

LINE, WHY = Text("Line in the file"), Text("Why it was left out")
KINDS = (".xlsx", ".csv")
LONGEST_STEM = 200  # bytes of a file's name taken over into the name of its refused rows
NONE = Text("No row of {file} was left out.")


def rows(prepared: Prepared) -> list[list[str]]:
    """The headings, and every row left out with its line and the reason behind its cells."""
    head = prepared.table.headings
    width = max(len(head), *(len(bad.cells) for bad in prepared.bad))
    sealed = {at for at, title in enumerate(head) if _is_sealed(prepared, title)}
    out = [[*head, *[""] * (width - len(head)), say(LINE), say(WHY)]]
    for bad in prepared.bad:
        cells = _without_numbers(bad.cells, sealed)
        out.append([*cells, *[""] * (width - len(cells)), str(bad.line), private.reduced(say(bad.reason))])
    return out


def write(prepared: Prepared, path: Path) -> None:
    """Write them; the end of the name says as what. Raises Refused."""
    if not prepared.bad:
        raise Refused(Text(NONE.source, file=prepared.table.path.name))
    if path.suffix.lower() == ".xlsx":
        from crm_desktop.exchange import xlsx_out

        xlsx_out.write_rows(path, rows(prepared))
    else:
        write_rows(path, rows(prepared))


def kind_of(prepared: Prepared) -> str:
    """The end of the name for what came in: a workbook goes back as one."""
    return ".xlsx" if isinstance(prepared.table, Sheet) else ".csv"


def keep_refused(prepared: Prepared) -> Path | None:
    """Write them to the data folder, where the person who imported finds them; None when there are none."""
    if not prepared.bad:
        return None
    moment = now().translate({ord(c): None for c in "-:.Z"})
    path = refused_folder() / f"{shortened(prepared.table.path.stem, LONGEST_STEM)}-{moment}{kind_of(prepared)}"
    try:
        private_folder(path.parent)
    except OSError as error:
        raise unwritten(path, error) from error
    write(prepared, path)
    return path


def _is_sealed(prepared: Prepared, title: str) -> bool:
    """True for a column of numbers that are never kept whole."""
    fields = (prepared.mapping.record.by_name.get(take.field) for take in prepared.mapping.takes if title in take.columns)
    return any(field is not None and field.kind == Kind.SEAL for field in fields)


def _without_numbers(cells: Sequence[str], sealed: set[int]) -> list[str]:
    """The cells of a row left out, which goes to a file in clear: ID and card numbers with their last four only."""
    return [cell[-private.LAST :] if at in sealed else private.reduced(cell) for at, cell in enumerate(cells)]

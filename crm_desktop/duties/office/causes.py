"""What of the office has to be followed up: documents nobody dealt with in time, files that did not come back."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.office.rules import LENT, UNFINISHED
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text


def causes(reader: Any, day: str) -> list[Cause]:
    """Documents due by a day, and files that should have been back before it."""
    marks = ", ".join("?" * len(UNFINISHED))
    documents = f"select id, name, due, owner_id, account_id from document where gone is null and state in ({marks}) and due > '' and due <= ? order by due, id"
    loans = "select id, name, due, owner_id from archive_loan where gone is null and state = ? and due < ? order by due, id"
    return [
        *(
            Cause("document", ("document", at), Text("Deal with the document: {what}", what=name), due, owner_id=owner, account_id=account, urgency=3)
            for at, name, due, owner, account in reader.execute(documents, (*UNFINISHED, day)).fetchall()
        ),
        *(
            Cause("archive-loan", ("archive_loan", at), Text("Bring the file back: {what}", what=name), day, owner_id=owner, urgency=3, quiet=1)
            for at, name, due, owner in reader.execute(loans, (LENT, day)).fetchall()
        ),
    ]  # fmt: skip

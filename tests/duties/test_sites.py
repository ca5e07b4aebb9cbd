"""The places of a client: placed by their address, found by their name, and with the client when two become one."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk import merging
from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.clients.records_sites import SITE
from crm_desktop.store import search
from tests.samples import account, added, row


def test_a_site_is_placed_and_found(desk: Desk, reader: Any) -> None:
    client = account(desk, "澄籁精密制造有限公司")
    plant = added(desk, SITE, account_id=client, name="柯桥一厂", kind="plant", address="浙江省绍兴市柯桥区鹿渚路218号", phone="057512345678")
    found = row(desk, SITE, plant)
    assert (found["city"], found["district"]) == ("绍兴", "柯桥区")
    assert str(found["phone"]).startswith("0575")
    for words in ("kqyc", "柯桥一厂", "鹿渚路"):
        assert [hit.id for hit in search.find(reader, words, 5, (SITE,))] == [plant], words


def test_sites_go_where_their_client_goes_and_come_back(desk: Desk) -> None:
    kept, lost = account(desk, "澄籁精密制造有限公司"), account(desk, "诚籁精密制造有限公司")
    plant = added(desk, SITE, account_id=lost, name="二厂")
    change = merging.merge(desk, ACCOUNT, (kept, 1), (lost, 1))
    assert row(desk, SITE, plant)["account_id"] == kept
    merging.unmerge(desk, next(row_id for table, row_id in change.rows if table == "merged"))
    assert row(desk, SITE, plant)["account_id"] == lost

"""What a screen reader hears of the program, over AT-SPI; run by the Python of the system, prints JSON.

Presses buttons as a screen reader does, by their action, and waits for what follows."""

import json
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE, MOST = 30, 80  # seconds; children looked at of one


def program():
    desk = Atspi.get_desktop(0)
    found = [desk.get_child_at_index(n) for n in range(desk.get_child_count())]
    return next((one for one in found if one is not None and one.get_child_count()), None)


def heard(role, under=None):
    """The widgets of a role that are to be seen."""
    out, rest = [], [under or program()]
    while rest:
        here = rest.pop(0)
        if here is None:
            continue
        if here.get_role_name() == role and here.get_state_set().contains(Atspi.StateType.SHOWING):
            out.append(here)
        if here.get_role_name() != "table":
            rest += [here.get_child_at_index(n) for n in range(min(MOST, here.get_child_count()))]
    return out


def wait(look):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.1)
    raise SystemExit(f"not heard: {getattr(look, '__name__', look)}")


def named(role, *begins):
    def look():
        return next((one for one in heard(role) if one.get_name().startswith(begins)), None)

    look.__name__ = f"{role} {begins}"
    return wait(look)


def press(*begins):
    button = named("push button", *begins)
    button.get_action_iface().do_action(0)
    return button


def cells():
    """The first row of the list as it is read out."""
    table = heard("table")[0]
    grid = table.get_table_iface()
    return table.get_name(), grid.get_n_rows(), [grid.get_accessible_at(0, n).get_name() for n in range(4)]


def fields():
    """The fields of the form by their labels: name, and what is said besides."""
    found = {}
    for role in ("text", "combo box"):
        for one in heard(role):
            for each in one.get_relation_set():
                if each.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                    found[each.get_target(0).get_name()] = [role, one.get_description()]
    return found


def spoken():
    """What is announced when there is nothing to take back."""
    said, loop = [], GLib.MainLoop()

    def on_event(event):
        if event.any_data:
            said.append(str(event.any_data))
            loop.quit()

    listener = Atspi.EventListener.new(on_event)
    listener.register("object:announcement")
    GLib.timeout_add(200, lambda: press("Undo", "撤销") and False)
    GLib.timeout_add_seconds(PATIENCE, loop.quit)
    loop.run()
    return said


wait(program)
figure = press("In house", "在店")
number = figure.get_name().replace("：", ":").split(":")[1].replace("，", ",").split(",")[0].strip()


def opened():
    return heard("table") and cells()[1] == int(number)


wait(opened)
told = {"figure": figure.get_name(), "rows": cells()}
press("Guests and contacts", "客人与联系人")
named("table", "People", "客人与联系人", "联系人", "人员")
told["people"] = cells()
told["here"] = [one.get_name() for one in heard("push button") if one.get_description() in ("This page is shown", "当前页面")]
wait(lambda: [one for one in heard("push button") if one.get_name() in ("New", "新建")])[0].get_action_iface().do_action(0)
wait(fields)
told["fields"] = fields()
told["nameless"] = [one.get_role_name() for role in ("push button", "text", "check box", "table") for one in heard(role) if not one.get_name()]
told["spoken"] = spoken()
print(json.dumps(told, ensure_ascii=False))

"""A paper in the window: its pages as they will be printed, its language and size, and its number once it is issued."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from crm_desktop.desk.settings import PAPER_LANGUAGE
from crm_desktop.documents import issuing, long, making
from crm_desktop.documents.making import Look, Made
from crm_desktop.record.paper import BOTH, EN, SIZES, ZH, Ask, PaperForm
from crm_desktop.record.text import Text, language
from crm_desktop.ui import jobs
from crm_desktop.ui.paper_parts import Drop
from crm_desktop.ui.pdf_view import SETTING, Note, PdfView, Shown
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

LANGUAGES = ((ZH, Text("Chinese")), (EN, Text("English")), (BOTH, Text("Both languages")))
TURNED = "turned"
WAYS: tuple[tuple[str, Text | str], ...] = (*((size, size.replace("x", " × ")) for size in SIZES), (TURNED, Text("A4 lying")))
BOXES_SHOWN = 40


class Offer:
    """A paper that may be shown: its form and what it is wanted of."""

    def __init__(self, form: PaperForm, ask: Ask) -> None:
        self.form, self.ask = form, ask


class PaperShown(Shown):
    """A paper that was made just now."""

    def __init__(self, made: Made, name: str, note: Note) -> None:
        super().__init__(made.pdf, name, note)
        self.made = made


class PaperView(PdfView):
    """Shows one of the offered papers."""

    def __init__(self, window: Window, offers: Sequence[Offer]) -> None:
        self._offers = list(offers)
        super().__init__(window, offers[0].form.title)
        self.made: Made | None = None
        self.title.setVisible(len(offers) == 1)
        for drop in (self.form_box, self.language_box, self.size_box):
            drop.chosen.connect(self._on_chosen)
        self.issue_button.clicked.connect(self.issue)
        self.stop_button.clicked.connect(self.stop)
        self._job: jobs.Job | None = None
        self.make()

    def _fill_top(self) -> None:
        super()._fill_top()
        self.form_box = Drop(self, Text("Form"), [(offer.form.key, _called(offer.form)) for offer in self._offers])
        self.form_box.setVisible(len(self._offers) > 1)
        self.language_box = Drop(self, Text("Language of the paper"), LANGUAGES)
        self.language_box.choose(usual_language(self._window, self._offers[0].form))
        self.size_box = Drop(self, Text("Size of the paper"), WAYS)
        self.size_box.choose(_usual_size(self._offers[0].form))
        for at, part in enumerate((self.form_box, self.language_box, self.size_box), 1):
            self.top.insertWidget(at, part)

    def _fill_foot(self) -> None:
        self.issue_button = button(self, Text("Issue under a number"), icon="check")
        self.stop_button = button(self, Text("Cancel"))
        self.stop_button.setAutoDefault(False)
        self.stop_button.hide()
        super()._fill_foot()
        self.foot.insertWidget(1, self.stop_button)
        self.issue_button.hide()

    def tools(self) -> tuple[QPushButton, ...]:
        return self.issue_button, *super().tools()

    # which paper

    @property
    def offer(self) -> Offer:
        """The paper that is chosen."""
        return next(offer for offer in self._offers if offer.form.key == self.form_box.value())

    def about(self) -> tuple[str, int]:
        """The row of the paper that is chosen."""
        return self.offer.form.about, self.offer.ask.row_id

    def look(self) -> Look:
        """How the paper is to be set."""
        size = self.size_box.value()
        return Look("A4" if size == TURNED else size, size == TURNED)

    @Slot()
    def _on_chosen(self) -> None:
        if self.sender() is self.language_box:
            self._window.settings.set(PAPER_LANGUAGE, self.language_box.value())
        if self.sender() is self.form_box:
            self.size_box.choose(_usual_size(self.offer.form))
        self.make()

    def make(self) -> None:
        """Set the chosen paper anew."""
        offer = self.offer
        offer.ask.language = self.language_box.value()
        for part in self.tools():
            part.setEnabled(False)
        self.say(SETTING)
        self.stop_button.hide()
        work = partial(_make, self._window.store, offer.form, offer.ask, self.look())
        self._job = jobs.read(self, work, self._on_made, slot="paper", failed=self.fail, progress=self._on_step)

    @Slot(int, int)
    def _on_step(self, done: int, total: int) -> None:
        """A long table takes a while."""
        self.say(Text("Setting a long table: {percent} %", percent=100 * done // max(1, total)))
        self.stop_button.show()

    @Slot(object)
    def fail(self, error: Exception) -> None:
        """No pages come: nothing is left to be stopped."""
        self.stop_button.hide()
        super().fail(error)

    @Slot()
    def stop(self) -> None:
        """Do not wait for a long table."""
        if self._job is not None:
            self._job.cancel()
        self.stop_button.hide()
        self.say(Text("Stopped; the paper was not set."))

    @Slot(object)
    def _on_made(self, shown: PaperShown) -> None:
        self.made = shown.made
        self.stop_button.hide()
        self.show_pages(shown)
        issued = shown.made.issued
        self.issue_button.setVisible(shown.made.form.numbered)
        self.issue_button.setEnabled(issued is None or bool(shown.made.differences))
        words = Text("Issue under a number") if issued is None else Text("Issue revision {n}", n=int(issued["revision"]) + 1)
        put(self.issue_button, "setText", words)

    @Slot()
    def issue(self) -> None:
        """Give the paper its number and keep it."""
        self.issue_button.setEnabled(False)
        self._job = jobs.act(self, partial(_issue, self.offer, self.look()), self._on_issued, failed=self.fail, progress=self._on_step)

    @Slot(object)
    def _on_issued(self, issue: issuing.Issue) -> None:
        jobs.hub().changed.emit(issue.change)
        self.make()


def open_papers(window: Window, offers: Sequence[Offer]) -> PaperView:
    """Show papers that are made when they are looked at."""
    view = PaperView(window, offers)
    view.open()
    return view


def usual_language(window: Window, form: PaperForm | None = None) -> str:
    """The language a paper begins with: the form's own, the one chosen last, that of the window."""
    own = form.language if form else ""
    return own or window.settings.get(PAPER_LANGUAGE) or (ZH if language() == "zh_CN" else EN)


def _usual_size(form: PaperForm) -> str:
    return TURNED if form.turned and form.size == "A4" else form.size


def _called(form: PaperForm) -> Text:
    return Text("{key} {title}", key=form.key, title=form.title) if form.key.startswith("F") else form.title


def _make(store: Any, form: PaperForm, ask: Ask, look: Look, reader: Any, job: jobs.Job) -> PaperShown:
    look.pdf = long.setter(job.step)
    made = making.make(reader, store, form, ask, look)
    parts = (made.data["head"]["number"], ask.say(form.title), made.name)
    return PaperShown(made, " ".join(part for part in parts if part), note_of(made))


def note_of(made: Made) -> Note:
    """What is worth knowing before it is printed."""
    if made.boxes:
        return Text("No font here has these characters; they are printed as boxes: {letters}", letters=made.boxes[:BOXES_SHOWN]), "warning"
    if made.broken is not None:
        return Text("The hotel's own template is broken, so the one that came with the program was used. {reason}", reason=made.broken.text), "warning"
    row = made.issued
    if row is None:
        return "", "soft"
    number, revision = row["number"], row["revision"]
    if made.differences:
        return Text("{number}: {n} values changed since revision {revision}; they are red. Issue the next revision before it is given out.", number=number, n=made.differences, revision=revision), "warning"
    return Text("{number}, revision {revision}, issued {day} by {who}", number=number, revision=revision, day=row["issued_on"], who=row["issued_by"]), "soft"


def _issue(offer: Offer, look: Look, desk: Any, job: jobs.Job) -> issuing.Issue:
    look.pdf = long.setter(job.step)
    return issuing.issue(desk, offer.form, offer.ask, look)

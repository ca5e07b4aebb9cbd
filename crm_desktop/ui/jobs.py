"""Work off the UI thread, answers on it: two threads read, one writes, one does long work that needs no write lock.

The threads are this program's own, so that each opens, uses and closes its own connection. A task is only ever let go
of on the UI thread: a worker dropping the last reference to a widget would destroy it in the wrong thread."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from shiboken6 import isValid

from crm_desktop.desk import program_log
from crm_desktop.record.text import Text, in_words
from crm_desktop.ui.collecting import Collector

T = TypeVar("T")
READ_THREADS = 2
STEPS = 50_000  # SQLite instructions between two looks at whether the job was cancelled, a millisecond or two: each look waits for Python
PROGRESS_EVERY = 0.1  # seconds
READ, ACT, WORK = "read", "act", "work"


class Reader(Protocol):
    """What `work` of a read gets. It may also have `set_progress_handler` and `close`, which are used then."""

    def execute(self, sql: str, params: Any = ..., /) -> Any: ...
    def interrupt(self) -> None: ...


DeskLike = Any  # crm_desktop.desk.desk.Desk; named so because the window's tests give a small fake
OpenReader = Callable[[], Reader]
OpenDesk = Callable[[], DeskLike]
Failed = Callable[[Exception], None]
Progress = Callable[[int, int], None]
Work = Callable[[Any, "Job"], Any]
_Queue = queue.SimpleQueue["_Task | _Rest | None"]


class Cancelled(Exception):
    """Raised inside work by Job.step, and given to `failed`, when the job was cancelled."""


class Job:
    """One piece of work: cancelled from the UI thread, reporting from its own."""

    def __init__(self, wanted: Callable[[], bool], tell: Callable[[], None]) -> None:
        self._wanted, self._tell = wanted, tell
        self._stop, self._leave, self._lock = threading.Event(), threading.Event(), threading.Lock()
        self._interrupt: Callable[[], None] | None = None
        self._told = 0.0
        self.done = self.total = 0
        self.doing: Text | None = None

    @property
    def cancelled(self) -> bool:
        """True once cancel() was called or nobody is left who wants the answer."""
        return self._stop.is_set() or not self._wanted()

    def cancel(self) -> None:
        """Stop at the next step, and a running SQL statement within milliseconds."""
        self._stop.set()
        with self._lock:
            if self._interrupt:
                self._interrupt()

    def leave(self) -> None:
        """The program closes: what reports steps stops at the next one, a short save is still made."""
        self._leave.set()

    def step(self, done: int, total: int) -> None:
        """Report progress; raises Cancelled when nobody wants the work any more. Cheap enough to call every row."""
        if self.cancelled or self._leave.is_set():
            raise Cancelled
        self.done, self.total = done, total
        moment = time.monotonic()
        if moment - self._told >= PROGRESS_EVERY or done == total:
            self._told = moment
            self._tell()

    def say(self, text: Text) -> None:
        """Tell what is being done now; the `progress` callback finds it in `job.doing`."""
        self.doing = text
        self._tell()

    def guard(self, interrupt: Callable[[], None] | None) -> None:
        """For the worker: how a running statement is stopped; None when none is running."""
        with self._lock:
            self._interrupt = interrupt


class _Task:
    """A job with everything around it. `owner` and the callables are let go of on the UI thread only."""

    def __init__(self, kind: str, owner: QObject, work: Work, tell: Callable[[_Task], None]) -> None:
        self.kind, self.tell = kind, tell
        self.owner: QObject | None = owner
        self.work: Work | None = work
        self.done: Callable[[Any], None] | None = None
        self.failed: Failed | None = None
        self.progress: Progress | None = None
        self.slot = ""
        self.alone = self.replaced = False
        self.result: Any = None
        self.error: Exception | None = None
        self.job = Job(self._is_wanted, self._report)

    def is_orphan(self) -> bool:
        """Its owner is gone: nobody can be told."""
        return self.owner is None or not isValid(self.owner)

    def _is_wanted(self) -> bool:
        return self.kind == ACT or not self.is_orphan()

    def _report(self) -> None:
        if self.progress:
            self.tell(self)

    def run(self, tool: Any) -> None:
        """In a worker thread."""
        if self.work is None or self.job.cancelled:
            self.error = Cancelled()
            return
        begun = time.monotonic()
        try:
            self.result = self.work(tool, self.job)
        except Exception as error:
            # An interrupted statement says so in its engine's own way; why it was interrupted is known here.
            self.error = Cancelled() if self.job.cancelled else in_words(error)
            if not isinstance(self.error, Cancelled):
                program_log.failed(error)
        program_log.slow(self.work, time.monotonic() - begun)

    def free(self) -> None:
        """On the UI thread: a worker may hold the last reference to the task, never to the owner."""
        self.owner = self.work = self.done = self.failed = self.progress = None
        self.result = self.error = None


class _Rest:
    """In a queue: wakes a thread that has nothing to do."""


class _Worker:
    """A thread that does tasks until its queue gives None; its tool is opened at first need, used and closed in it."""

    def __init__(self, tasks: _Queue, answer: Callable[[_Task], None], open_tool: Callable[[], Any]) -> None:
        self._tasks, self._answer, self._open = tasks, answer, open_tool
        self._tool: Any = None
        self._job: Job | None = None
        self._full = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def leave(self) -> None:
        """End after what is queued."""
        self._tasks.put(None)

    def rest(self) -> None:
        """Have its tool forget what it only remembers, now or after what it is doing."""
        self._full = True
        self._tasks.put(_Rest())

    def wait(self) -> None:
        """Until the thread has ended."""
        self._thread.join()

    def _run(self) -> None:
        while task := self._tasks.get():
            if isinstance(task, _Task):
                self._do(task)
                self._answer(task)
            del task  # from here on it belongs to the UI thread
            if self._full and hasattr(self._tool, "rest"):
                self._full = False
                self._tool.rest()
        if hasattr(self._tool, "close"):
            self._tool.close()

    def _do(self, task: _Task) -> None:
        try:
            if not task.alone:
                self._ready()
        except Exception as error:
            task.error = in_words(error)
            return
        self._job = task.job
        task.job.guard(self._interrupt)
        try:
            task.run(self._tool)
        finally:
            task.job.guard(None)
            self._job = None

    def _ready(self) -> None:
        if self._tool is None:
            tool = self._open()
            if hasattr(tool, "set_progress_handler"):
                tool.set_progress_handler(self._given_up, STEPS)
            self._tool = tool

    def _given_up(self) -> bool:
        return self._job is not None and self._job.cancelled

    def _interrupt(self) -> None:
        # With a progress handler the statement stops by itself, also when only its owner is gone.
        if not hasattr(self._tool, "set_progress_handler") and hasattr(self._tool, "interrupt"):
            self._tool.interrupt()


class Hub(QObject):
    """Where answers arrive on the UI thread. `changed` carries each Change an act made, `failed` an exception nobody
    handled, `waiting` the number of acts queued or running; `answered` tells that somebody got an answer."""

    changed = Signal(object)
    failed = Signal(object)
    waiting = Signal(int)
    answered = Signal()
    _answered, _stepped = Signal(object), Signal(object)

    def __init__(self, open_reader: OpenReader, open_desk: OpenDesk, *, threads: bool = True) -> None:
        super().__init__()
        self._open: dict[str, Callable[[], Any]] = {READ: open_reader, ACT: open_desk, WORK: open_reader}
        self._queues: dict[str, _Queue] = {kind: queue.SimpleQueue() for kind in self._open}
        self._workers: list[_Worker] = []
        self._tasks: set[_Task] = set()
        self._acts = 0
        self.collector = Collector(self) if threads else None
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)
        for kind in (*[READ] * READ_THREADS, ACT, WORK) if threads else ():
            self._workers.append(_Worker(self._queues[kind], self._answered.emit, self._open[kind]))

    def task(self, kind: str, owner: QObject, work: Work) -> _Task:
        """A new task, to be completed and given to `begin`."""
        return _Task(kind, owner, work, self._stepped.emit if self._workers else self._on_stepped)

    def begin(self, task: _Task) -> Job:
        """Queue a task; one of the same owner and slot that is still on its way is dropped."""
        if task.slot:
            self._supersede(task)
        self._tasks.add(task)
        self._count(task, 1)
        job = task.job
        if self._workers:
            self._queues[task.kind].put(task)
        else:
            task.run(self._open[task.kind]())
            self._on_answered(task)
        return job

    def _supersede(self, task: _Task) -> None:
        for other in self._tasks:
            if other.owner is task.owner and other.slot == task.slot:
                other.replaced = True
                other.job.cancel()

    def _count(self, task: _Task, more: int) -> None:
        if task.kind == ACT:
            self._acts += more
            self.waiting.emit(self._acts)

    @Slot(object)
    def _on_stepped(self, task: _Task) -> None:
        if task.progress and not task.is_orphan() and not task.job.cancelled:
            task.progress(task.job.done, task.job.total)

    @Slot(object)
    def _on_answered(self, task: _Task) -> None:
        self._tasks.discard(task)
        self._count(task, -1)
        try:
            if task.error is None:
                self._deliver(task)
            else:
                self._deliver_error(task, task.error)
        finally:
            task.free()
            self.answered.emit()

    def reading(self) -> list[QObject]:
        """Who waits for something to be read."""
        return [task.owner for task in self._tasks if task.kind == READ and task.owner is not None and not task.replaced and not task.is_orphan()]

    def _deliver(self, task: _Task) -> None:
        if task.done and not task.is_orphan() and not task.replaced:
            task.done(task.result)
        if task.kind == ACT and hasattr(task.result, "tables"):
            self.changed.emit(task.result)

    def _deliver_error(self, task: _Task, error: Exception) -> None:
        if task.replaced or (task.is_orphan() and task.kind != ACT):
            return
        if task.failed and not task.is_orphan():
            task.failed(error)
        elif not isinstance(error, Cancelled):
            self.failed.emit(error)

    def rest(self) -> None:
        """Have every thread give back what its connection remembers of the data: after a day that was half of what had grown."""
        for worker in self._workers:
            worker.rest()

    def stop(self) -> None:
        """Cancel what can be cancelled, finish what is being saved, end the threads, deliver what they answered."""
        for task in self._tasks:
            task.job.leave()
            if task.kind != ACT:
                task.job.cancel()
        for worker in self._workers:
            worker.leave()
        for worker in self._workers:
            worker.wait()
        if self.collector:
            self.collector.leave()
        QCoreApplication.sendPostedEvents(self)


class _Holder:
    hub: Hub | None = None


def start(open_reader: OpenReader, open_desk: OpenDesk) -> Hub:
    """Begin working with threads; each opens its own reader or desk when it is first needed."""
    close()
    _Holder.hub = Hub(open_reader, open_desk)
    return _Holder.hub


def synchronous(reader: Any, desk: DeskLike) -> Hub:
    """For tests: every job runs at once, in the caller's thread."""
    close()
    _Holder.hub = Hub(lambda: cast(Reader, reader), lambda: desk, threads=False)
    return _Holder.hub


def working() -> bool:
    """False before the program has begun its work and once it has closed: a late timer then asks for nothing."""
    return _Holder.hub is not None


def hub() -> Hub:
    """The one hub. Raises RuntimeError before start()."""
    if _Holder.hub is None:
        raise RuntimeError("jobs.start was not called")
    return _Holder.hub


def close() -> None:
    """Wait for what is running, close the threads' connections; reads and long work are cancelled, saves are not."""
    if _Holder.hub is not None:
        _Holder.hub.stop()
        _Holder.hub = None


def read(
    owner: QObject,
    work: Callable[[Reader, Job], T],
    done: Callable[[T], None],
    *,
    slot: str = "", failed: Failed | None = None, progress: Progress | None = None, alone: bool = False,
) -> Job:
    """Read in one of two threads. With a slot only the newest request of this owner is answered.

    `alone`: it asks nothing of the data, which may be out of reach; the reader it gets is none to be used."""
    task = hub().task(READ, owner, work)
    task.done, task.failed, task.slot, task.progress, task.alone = done, failed, slot, progress, alone
    return hub().begin(task)


def act(
    owner: QObject,
    work: Callable[[DeskLike, Job], T],
    done: Callable[[T], None] | None = None,
    *,
    failed: Failed | None = None, progress: Progress | None = None,
) -> Job:
    """Change something, in the one writing thread, in the order asked for. It is done also when its owner is gone."""
    task = hub().task(ACT, owner, work)
    task.done, task.failed, task.progress = done, failed, progress
    return hub().begin(task)


def work(
    owner: QObject,
    work: Callable[[Reader, Job], T],
    done: Callable[[T], None],
    *,
    failed: Failed | None = None,
    progress: Progress | None = None,
    alone: bool = False,
) -> Job:
    """Long work that needs no write lock (converting a file, exporting), in a thread of its own. `alone`: as of `read`."""
    task = hub().task(WORK, owner, work)
    task.done, task.failed, task.progress, task.alone = done, failed, progress, alone
    return hub().begin(task)

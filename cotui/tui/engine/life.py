"""How long a screen lives: until its leaving begins, which is well before Textual has removed it.

A screen that was popped is still attached, still running and still handles what waits in its queue, while its
widgets are taken out of it one after the other. Whatever comes then (an answer, a timer, a key) finds half a screen.
Here the life of a screen ends in the same turn of the event loop in which leaving it begins: by Esc, by the number
key of its list, with the program. With it end the workers of the screen and its widgets, their timers, what they have
scheduled, and all that was given to `at_end`: subscriptions, tasks, answers that somebody waits for. Of what still
waits for a widget of the screen only what closes it is dealt with.

So a handler, a worker or a callback of a screen runs only while all of its widgets are there. Code that belongs to
nobody's screen, such as the flow of an action, asks `living`.

Textual's own hooks for this are not public: tests/tui/test_left_screens.py says what must come of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from inspect import CORO_CREATED, getcoroutinestate
from types import CoroutineType
from typing import Any, Final, TypeVar
from weakref import ref

from textual import events, messages
from textual._context import active_message_pump
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.await_remove import AwaitRemove
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import AwaitMount, Widget

from cotui.api.transport.tasks import begin_task

Result = TypeVar("Result")

#: what a widget of a screen that is being left still deals with: its end, and what it was made of before
_CLOSING: Final = (messages.Prune, messages.CloseMessages, events.Unmount, events.ScreenSuspend)
_MAKING: Final = (events.Compose, events.Mount)
#: what Textual waits for; and who drives an app from outside counts what was called
_AWAITED: Final = (AwaitComplete, AwaitMount, AwaitRemove)
_OUTSIDE: Final = "textual.pilot"


class Outliving(Message):
    """A message that is handed on by a screen that is being left: it is not about it."""


class LivingScreen(Screen[Result]):
    """A screen that knows when its leaving begins."""

    #: closing what it held on to; awaited before it is gone
    _last_tasks: set[asyncio.Task[None]]

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._living = True
        #: whether its widgets have been made
        self._widgets_made = False
        #: what ends with it, in the order in which it began; by itself
        self._ends: dict[object, Callable[[], object]] = {}
        self._last_tasks = set()
        #: what it was left with; None until then, and where it was left without an answer
        self.answer: Result | None = None

    @property
    def living(self) -> bool:
        """Whether leaving it has not begun: all of its widgets are there once it is mounted."""
        return self._living

    @property
    def below(self) -> Screen[Any]:
        """The screen that this one stands on, whichever tab is in front; itself where there is none."""
        stack = self._own_stack or [self]
        return stack[max(0, stack.index(self) - 1)]

    @property
    def _own_stack(self) -> list[Screen[Any]] | None:
        return next((stack for stack in self.app._screen_stacks.values() if self in stack), None)

    @property
    def ready(self) -> bool:
        """Whether it lives and has been mounted, so that keys find what they act on."""
        return self._living and self.is_mounted

    @property
    def made(self) -> bool:
        """Whether it lives and has its widgets: from then on, while it is mounted, it can say what its keys do."""
        return self._living and self._widgets_made

    async def _compose(self) -> None:
        await super()._compose()
        self._widgets_made = True

    def at_end(self, end: Callable[[], object]) -> Callable[[], None]:
        """Have something ended when leaving the screen begins; at once where that has begun already.

        Args:
            end: stops a subscription, cancels a task, ...; it must not raise.

        Returns:
            Forgets it: it has ended by itself.
        """
        this = object()
        if self._living:
            self._ends[this] = end
        else:
            end()
        return lambda: self._ends.pop(this, None) and None

    def let_go(self, close: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Close something that takes its time, also beyond the life of the screen, which is not gone before."""
        task = begin_task(close())
        self._last_tasks.add(task)
        task.add_done_callback(self._last_tasks.discard)

    def open_screen(self, screen: Screen[Any], then: Callable[[Any], object]) -> None:
        """Show another screen over this one; `then` gets what it was left with, if this one still lives."""
        if not self._living:
            return

        def left(answer: Any) -> None:
            if self._living:
                then(answer)

        self.app.push_screen(screen, left)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave this screen, and no other: not the one on top of it, and not the next one when called twice."""
        stack = self._own_stack
        if not self._living or stack is None:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]  # Textual's
            return nothing
        self.answer = result
        if self is self.app.screen:
            return super().dismiss(result)
        if self._result_callbacks:
            self._result_callbacks[-1](result)
        self._pop_result_callback()
        stack.remove(self)
        self.end_life()
        return AwaitComplete(self.app._replace_screen(self)).call_next(self.app)

    def end_life(self) -> None:
        """Leaving it begins. Does nothing when it has begun already."""
        if not self._living:
            return
        self._living = False
        self._end_workers()
        for node in [*self.walk_children(Widget, with_self=True)]:
            for timer in [*node._timers]:
                timer.stop()
            if node is not self:
                _quieten(node)
        while self._ends:
            self._ends.popitem()[1]()

    def _end_workers(self) -> None:
        """Cancel them, but for the one that is ending the screen."""
        try:
            current = asyncio.current_task()
        except RuntimeError:  # no loop any more
            current = None
        for worker in [*self.workers]:
            if worker._task is not current and self in worker.node.ancestors_with_self:
                worker.cancel()
                work: Any = worker._work
                if isinstance(work, CoroutineType) and getcoroutinestate(work) == CORO_CREATED:
                    work.close()  # it had not begun, and nobody will

    # -- what comes after its end ---------------------------------------------------------------

    async def _dispatch_message(self, message: Message) -> None:
        if self._living or (_goes_on(message) and not isinstance(message, _MAKING)):
            await super()._dispatch_message(message)

    async def _flush_next_callbacks(self) -> None:
        if not self._living:
            _keep_awaited(self)
        await super()._flush_next_callbacks()

    def _invoke_later(self, callback: Callable[[], Any], sender: MessagePump) -> None:
        """Call something after a refresh of this screen, unless it belongs to one that is gone by then.

        Whose it is says the queue that it came through. `sender` is whoever was busy when it was asked for: the app,
        where a key did it.
        """
        super()._invoke_later(partial(_if_it_lives, active_message_pump.get(sender), callback), sender)

    async def _message_loop_exit(self) -> None:
        self.end_life()  # whatever it is that ends it, its widgets are there until now
        if self._last_tasks:
            await asyncio.wait(self._last_tasks)
        await super()._message_loop_exit()


class LivingApp(App[Result]):
    """An app whose screens end when leaving them begins."""

    #: whether the lives of all its screens have ended
    _lives_ended = False

    @property
    def top(self) -> Screen[Any] | None:
        """The screen on top; None before the first one and after the last."""
        stack = self._screen_stacks.get(self._current_mode)
        return stack[-1] if stack else None

    def pop_screen(self) -> AwaitComplete:
        left = self.screen
        popped = super().pop_screen()
        self._end(left)
        return popped

    def switch_screen(self, screen: Screen[Any] | str) -> AwaitComplete:
        left = self.screen
        switched = super().switch_screen(screen)
        if left is not self.screen:
            self._end(left)
        return switched

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        """What is shown when the program ends already has no life: it would be made while it is taken apart."""
        if self._lives_ended and isinstance(screen, LivingScreen):
            screen.end_life()
        return super()._get_screen(screen)

    def _end(self, left: Screen[Any]) -> None:
        """Leaving a screen begins; what others wanted after its next refresh comes after that of the next screen."""
        if isinstance(left, LivingScreen):
            left.end_life()
        self.screen._callbacks += left._callbacks
        left._callbacks.clear()
        self.screen.check_idle()

    @property
    def ending(self) -> bool:
        """Whether the program ends: there is no screen any more that a key could be for."""
        return self._exit or self.top is None

    async def on_event(self, event: events.Event) -> None:
        """What was pressed while the program ends is for nobody."""
        if not (self.ending and isinstance(event, events.InputEvent | events.Paste)):
            await super().on_event(event)

    def exit(self, *words: Any, **named: Any) -> None:
        super().exit(*words, **named)
        self.end_lives()

    async def _close_all(self) -> None:
        self.end_lives()
        await super()._close_all()

    def end_lives(self) -> None:
        """The program ends, and all its screens with it."""
        self._lives_ended = True
        for stack in self._screen_stacks.values():
            for screen in reversed(stack):
                if isinstance(screen, LivingScreen):
                    screen.end_life()

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """Keys and commands act on what is there: not on a screen before it is made, nor after its end."""
        screen = _screen_of(namespace)
        if isinstance(screen, LivingScreen) and not screen.ready:
            return False
        return await super()._dispatch_action(namespace, action_name, params)

    def _check_action_state(self, action: str, default_namespace: DOMNode) -> bool | None:
        """What its keys do is asked of a screen by the one that comes over it, which may be before it is made."""
        screen = _screen_of(default_namespace)
        if isinstance(screen, LivingScreen) and not screen.made:
            return False
        return super()._check_action_state(action, default_namespace)


def open_over(node: Widget, screen: Screen[Any], then: Callable[[Any], object]) -> None:
    """Show another screen over that of a widget, which gets what it was left with, if it still lives."""
    under = node.screen
    assert isinstance(under, LivingScreen)
    under.open_screen(screen, then)


def lives(node: object) -> bool:
    """Whether something may still be done for a part of the app: its screen lives, or it is the app itself."""
    if not isinstance(node, Widget):
        return True
    screen = _screen_of(node)
    return screen is not None and (not isinstance(screen, LivingScreen) or screen.living)


def _if_it_lives(owner: object, callback: Callable[[], Any]) -> Any:
    return callback() if lives(owner) else None


def _screen_of(node: MessagePump) -> Screen[Any] | None:
    at: MessagePump | None = node
    while at is not None and not isinstance(at, Screen):
        at = at._parent
    return at


def _quieten(node: Widget) -> None:
    """Have a widget do nothing any more but close."""
    me = ref(node)  # a widget that held itself would stay until the garbage collector comes

    async def dispatch(message: Message) -> None:
        if (widget := me()) is not None and _goes_on(message):
            await type(widget)._dispatch_message(widget, message)

    async def flush() -> None:
        if (widget := me()) is not None:
            _keep_awaited(widget)
            await type(widget)._flush_next_callbacks(widget)

    node._dispatch_message = dispatch  # type: ignore[method-assign]  # of this widget alone
    node._flush_next_callbacks = flush  # type: ignore[method-assign]  # of this widget alone


def _goes_on(message: Message) -> bool:
    if isinstance(message, events.Callback):
        return _is_awaited(message.callback)
    return isinstance(message, (*_CLOSING, *_MAKING, Outliving))


def _keep_awaited(node: MessagePump) -> None:
    waiting, node._next_callbacks[:] = node._next_callbacks[:], []
    for item in waiting:
        if _is_awaited(item.callback):
            node._next_callbacks.append(item)
        else:
            _forget(item.callback)


def _forget(callback: Any) -> None:
    """It will not be called: neither will what Textual had begun for it."""
    for word in callback.args if isinstance(callback, partial) else ():
        if isinstance(word, Coroutine):
            word.close()
        _forget(word)
    if isinstance(callback, partial):
        _forget(callback.func)


def _is_awaited(callback: Any) -> bool:
    """Whether something else than the screen waits for the call."""
    while isinstance(callback, partial):
        callback = callback.func
    return isinstance(callback, _AWAITED) or getattr(callback, "__module__", "") == _OUTSIDE

"""Keys one at a time: what is typed ahead reaches what the keys before it opened.

Textual hands a key to the widget that has the focus when the key arrives. Over a slow line several keys arrive
in one packet; of "/acme" the letters would then go to the table, where each of them does something of its own.
Here a key waits until the one before it has been dealt with, and one for a row that is on its way until that is here.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from math import inf
from typing import Final, TypeVar

from textual import events, on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from cotui.safety.text import JOINERS, is_visible
from cotui.tui.engine.frame_batching import BatchedApp
from cotui.tui.engine.life import LivingScreen, Outliving

#: seconds after which the next key goes ahead although nobody said that the one before it is done
PATIENCE: Final = 0.5
#: seconds between two keys below which the first may still have consequences
BURST: Final = 0.025
#: a key's action sends a message, whose handler sends another (Enter: the input is submitted, the filter is
#: applied), whose handler moves the focus
LAPS: Final = 3
#: seconds that keys are kept for what is on its way: who has waited that long is told so, and does something else
HOLD: Final = 3.0
#: seconds after a printable key within which the next one may belong to the same text
WORD: Final = 0.5
#: keys that wait for nothing
AT_ONCE: Final = frozenset({"ctrl+q", "ctrl+c", "ctrl+z", "ctrl+l"})

Result = TypeVar("Result")


class KeyDone(Outliving):
    """Goes the way of a key, right behind it: from the widget with the focus up to the app."""

    def __init__(self, number: int, lap: int) -> None:
        super().__init__()
        self.number = number
        self.lap = lap


class KeyQueueApp(BatchedApp[Result]):
    """An app that keeps keys and pastes in order with what they do."""

    def __init__(self) -> None:
        super().__init__()
        #: what has arrived and is not dealt with; the first is under way
        self._typed: deque[events.Event] = deque()
        self._key_number = 0
        self._key_target: Widget | None = None
        self._key_laps = LAPS
        #: forgets to watch the screen that has the key
        self._unwatch: Callable[[], None] | None = None
        self._last_done = 0.0
        self._overdue: asyncio.TimerHandle | None = None
        #: when the printable key before the one that is dealt with arrived
        self._sign_before = self._last_sign = -inf
        #: runs while the first of what has arrived is kept
        self._held: asyncio.TimerHandle | None = None

    @property
    def key_time(self) -> float | None:
        """When the key that is being dealt with arrived, by `clock`; None when it is not a key's turn."""
        return self._typed[0].time if self._typed and self._held is None else None

    @property
    def in_word(self) -> bool:
        """Whether the key that is being dealt with is printable and came right behind another such key.

        Who takes the rows for a line of text types words, numbers and blanks: none of them may do what cannot be taken
        back, the same letter twice neither.
        """
        return self.by_sign and self.after_sign

    @property
    def by_sign(self) -> bool:
        """Whether the key that is being dealt with is printable, so that a text may hold it."""
        first = self._typed[0] if self.key_time is not None else None
        return isinstance(first, events.Key) and first.is_printable

    @property
    def after_sign(self) -> bool:
        """Whether a printable key came so soon before this one that both may be of one text.

        What a key sends on its way, as Enter does on a button, may come when the key itself is done.
        """
        pressed = self.key_time
        if pressed is None:
            return self.clock() - self._last_sign < WORD
        return pressed - self._sign_before < WORD

    @staticmethod
    def clock() -> float:
        """The clock of `key_time`, in seconds."""
        return Message().time

    def key_begins(self) -> None:
        """A key or a paste is about to be dealt with."""

    def key_left_out(self, event: events.Key) -> bool:
        """Whether a key does nothing, because it was meant for somewhere else."""
        del event
        return False

    def key_waits(self, key: str) -> bool:
        """Whether a key is meant for what is on its way. When that may be here, `keys_may_go` has to be called."""
        del key
        return False

    def keys_dropped(self, number: int) -> None:
        """So many keys were kept for what did not come in time; those behind the first meant what it would have led to."""

    def keys_may_go(self) -> None:
        """What a kept key waits for may be here."""
        if self._held is not None:
            self.call_next(self._deal_with_held)

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if self._held is not None and isinstance(event, events.Key):
            if event.key in AT_ONCE:
                await super().on_event(event)
                return
            if event.key == "escape":  # leaves what is waited for, and what was typed meanwhile
                self._release()
                self._typed.clear()
        self._typed.append(event)
        if len(self._typed) == 1:
            if asyncio.get_running_loop().time() - self._last_done < BURST:
                self._typed.appendleft(event)  # stands for the one before, which may still have consequences
                self._follow(lap=2)
            else:
                await self._deal_with_next()

    async def _deal_with_next(self) -> None:
        if not self._typed or self.ending:
            self._release()
            self._typed.clear()
            return
        event = self._typed[0]
        if isinstance(event, events.Key) and self.key_waits(event.key):
            if self._held is None:
                self._held = asyncio.get_running_loop().call_later(HOLD, self._held_too_long)
            return
        self._release()
        self._key_number += 1
        if isinstance(event, events.Key):
            self._sign_before = self._last_sign
            if event.is_printable:
                self._last_sign = event.time
        self.key_begins()
        target = self.focused or self.screen
        self._key_target = target
        if isinstance(event, events.Key) and self.key_left_out(event):
            self._key_laps = 1
            self._follow(lap=1)
            return
        if isinstance(event, events.Key) and event.character in JOINERS:
            _join(target, event.character)
        letter = isinstance(event, events.Key) and event.is_printable and isinstance(target, Input)
        self._key_laps = 1 if letter else LAPS
        await super().on_event(event)
        self._follow(lap=1)

    async def _deal_with_held(self) -> None:
        if self._held is not None and self.top is not None:
            await self._deal_with_next()

    def _held_too_long(self) -> None:
        first = self._typed[0] if self._typed else None
        if isinstance(first, events.Key) and self.key_waits(first.key):
            number = len(self._typed)
            self._release()
            self._typed.clear()
            self.keys_dropped(number)
        else:
            self.keys_may_go()

    def _release(self) -> None:
        if self._held is not None:
            self._held.cancel()
            self._held = None

    def _follow(self, lap: int) -> None:
        """Send word after the key; when it is back at the app, so is everything that went ahead of it."""
        number = self._key_number
        self._stop_waiting()
        self._overdue = asyncio.get_running_loop().call_later(PATIENCE, self._done, number)
        target = self._key_target
        if target is None or not target.post_message(KeyDone(number, lap)):
            self.call_later(self._done, number)
            return
        screen = next((node for node in target.ancestors_with_self if isinstance(node, LivingScreen)), None)
        if screen is not None:
            self._unwatch = screen.at_end(partial(self.call_later, self._follow_elsewhere, number))

    def _follow_elsewhere(self, number: int) -> None:
        """The screen that had the key is being left, with what is in its queues: what the key led to is on top now."""
        if number == self._key_number and self._typed and self.top is not None and not self.ending:
            self._key_target = self.focused or self.screen
            self._follow(lap=1)

    @on(KeyDone)
    def _key_done(self, message: KeyDone) -> None:
        message.stop()
        # behind what was asked of the app meanwhile, a change of focus above all
        self.call_later(self._lap_done, message.number, message.lap)

    def _lap_done(self, number: int, lap: int) -> None:
        if number == self._key_number and len(self._typed) > 1 and lap < self._key_laps:
            self._follow(lap + 1)
        else:
            self._done(number)

    def _done(self, number: int) -> None:
        if number != self._key_number or not self._typed:
            return
        self._stop_waiting()
        self._key_number += 1  # whoever else says that it is done comes too late, and means no other key
        self._last_done = asyncio.get_running_loop().time() if self._key_laps > 1 else 0.0
        self._typed.popleft()
        if self._typed:
            self.call_next(self._deal_with_next)

    def _stop_waiting(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None
        if self._unwatch is not None:
            self._unwatch()
            self._unwatch = None


def _join(target: Widget, joiner: str) -> None:
    """Put a joiner into the text that has the focus. Textual leaves it out, and the text would not be what was typed.

    Behind nothing that can be joined it would only be unseen.
    """
    if isinstance(target, Input):
        before = target.value[: target.cursor_position][-1:]
        if _joins(before):
            target.insert_text_at_cursor(joiner)
        return
    from textual.widgets import TextArea  # there is one only in some forms

    if isinstance(target, TextArea) and not target.read_only:
        row, column = target.cursor_location
        if _joins(target.document[row][:column][-1:]):
            target.insert(joiner)


def _joins(before: str) -> bool:
    return not before.isascii() and is_visible(before) and not before.isspace()

"""Async client library for ChargeOver's REST API v3; works without a terminal.

The public names are loaded when they are first used, so that importing this package costs next to
nothing and a program pays only for the parts it needs.
"""

from __future__ import annotations

from cotui.lazy import LazyImports

with LazyImports(__name__):
    from cotui.api.api import Api as Api
    from cotui.api.calls import Call as Call
    from cotui.api.connection import Connection as Connection
    from cotui.api.errors import ApiError as ApiError
    from cotui.api.errors import BadConnection as BadConnection
    from cotui.api.errors import BadPassword as BadPassword
    from cotui.api.errors import BadRequest as BadRequest
    from cotui.api.errors import BadUrl as BadUrl
    from cotui.api.errors import Closed as Closed
    from cotui.api.errors import ConnectTimedOut as ConnectTimedOut
    from cotui.api.errors import Dropped as Dropped
    from cotui.api.errors import Forbidden as Forbidden
    from cotui.api.errors import LocalFailure as LocalFailure
    from cotui.api.errors import NotFound as NotFound
    from cotui.api.errors import NotJson as NotJson
    from cotui.api.errors import PlainHttpRefused as PlainHttpRefused
    from cotui.api.errors import ProxyFailure as ProxyFailure
    from cotui.api.errors import ProxyUnreachable as ProxyUnreachable
    from cotui.api.errors import RateLimited as RateLimited
    from cotui.api.errors import Refused as Refused
    from cotui.api.errors import ServerFailure as ServerFailure
    from cotui.api.errors import Stopped as Stopped
    from cotui.api.errors import TimedOut as TimedOut
    from cotui.api.errors import TlsFailure as TlsFailure
    from cotui.api.errors import TooLarge as TooLarge
    from cotui.api.errors import Truncated as Truncated
    from cotui.api.errors import Unauthorized as Unauthorized
    from cotui.api.errors import UnknownHost as UnknownHost
    from cotui.api.errors import Unreachable as Unreachable
    from cotui.api.errors import WrongShape as WrongShape
    from cotui.api.errors import WrongUrl as WrongUrl
    from cotui.api.outcome import Outcome as Outcome
    from cotui.api.outcome import Result as Result
    from cotui.api.paging.narrowed import NarrowedSource as NarrowedSource
    from cotui.api.paging.read_all import Reading as Reading
    from cotui.api.paging.read_all import WholeSource as WholeSource
    from cotui.api.paging.read_all import read_all as read_all
    from cotui.api.paging.sources import ListSource as ListSource
    from cotui.api.paging.sources import PageSource as PageSource
    from cotui.api.paging.sources import ReportSource as ReportSource
    from cotui.api.paging.tried_source import TriedSource as TriedSource
    from cotui.api.paging.tried_source import source_of as source_of
    from cotui.api.paging.window import RecordWindow as RecordWindow
    from cotui.api.paging.window_change import Change as Change
    from cotui.api.records import Page as Page
    from cotui.api.records import Record as Record
    from cotui.api.transport.budget import Budget as Budget
    from cotui.api.transport.budget import Priority as Priority
    from cotui.api.transport.envelope import Envelope as Envelope
    from cotui.api.transport.retry import RetryPolicy as RetryPolicy
    from cotui.api.transport.status import Status as Status
    from cotui.api.transport.worker import Worker as Worker
    from cotui.api.write import Write as Write

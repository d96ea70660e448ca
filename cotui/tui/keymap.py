"""Every action that has a name, for `[keys]` of the configuration."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding

from cotui.tui.acting import ACTION_BINDINGS
from cotui.tui.app import CotuiApp
from cotui.tui.dialogs.base import Dialog
from cotui.tui.dialogs.bulk_confirm import BulkConfirm
from cotui.tui.dialogs.bulk_export import BulkExport
from cotui.tui.dialogs.bulk_progress import BulkProgress
from cotui.tui.dialogs.columns import ColumnsDialog
from cotui.tui.dialogs.confirm import ConfirmDialog
from cotui.tui.dialogs.conflict import ConflictDialog
from cotui.tui.dialogs.invoice_line import LineDialog
from cotui.tui.dialogs.link import LinkDialog
from cotui.tui.dialogs.password import PasswordDialog
from cotui.tui.dialogs.pay_method import PayMethodDialog
from cotui.tui.dialogs.picker import RecordPicker
from cotui.tui.dialogs.qr import QrScreen
from cotui.tui.forms.pane import FieldsPane
from cotui.tui.marks import MARK_BINDINGS
from cotui.tui.screens.base_form import BaseForm
from cotui.tui.screens.browse import BrowseScreen
from cotui.tui.screens.invoice_form import InvoiceForm
from cotui.tui.screens.record import RecordScreen
from cotui.tui.screens.setup import SetupScreen
from cotui.tui.widgets.filter_input import FilterInput
from cotui.tui.widgets.find_bar import FindBar
from cotui.tui.widgets.line_editor import LineEditor
from cotui.tui.widgets.page_view import PageView
from cotui.tui.widgets.payment_editor import PaymentEditor
from cotui.tui.widgets.record_table import RecordTable
from cotui.tui.widgets.record_view import RecordView

_HOLDERS = (
    CotuiApp,
    BrowseScreen,
    RecordTable,
    FilterInput,
    FindBar,
    RecordScreen,
    RecordView,
    PageView,
    ColumnsDialog,
    ConfirmDialog,
    LinkDialog,
    QrScreen,
    PasswordDialog,
    PayMethodDialog,
    BulkConfirm,
    BulkProgress,
    BulkExport,
    Dialog,
    SetupScreen,
    BaseForm,
    FieldsPane,
    RecordPicker,
    ConflictDialog,
    InvoiceForm,
    LineEditor,
    LineDialog,
    PaymentEditor,
)


def named_bindings() -> Iterator[Binding]:
    """Every binding with a name (`Binding.id`), once, in the order of the screens."""
    seen: set[str] = set()
    for bindings in (*(holder.BINDINGS for holder in _HOLDERS), ACTION_BINDINGS, MARK_BINDINGS):
        for binding in bindings:
            if isinstance(binding, Binding) and binding.id and binding.id not in seen:
                seen.add(binding.id)
                yield binding

"""Every action that has a name, for `[keys]` of the configuration."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding

from cotui.tui.access.password import PasswordDialog
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.actions.dispatch import action_bindings
from cotui.tui.actions.link import LinkDialog
from cotui.tui.actions.qr_dialog import QrScreen
from cotui.tui.base.dialog import Dialog
from cotui.tui.bulk.bulk_confirm import BulkConfirm
from cotui.tui.bulk.bulk_export_dialog import BulkExport
from cotui.tui.bulk.bulk_progress import BulkProgress
from cotui.tui.forms.base_form import BaseForm
from cotui.tui.forms.conflict import ConflictDialog
from cotui.tui.forms.pane import FieldsPane
from cotui.tui.forms.picker import RecordPicker
from cotui.tui.invoice_lines.invoice_form import InvoiceForm
from cotui.tui.invoice_lines.invoice_line import LineDialog
from cotui.tui.invoice_lines.line_editor import LineEditor
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.lists.columns import ColumnsDialog
from cotui.tui.lists.filter_input import FilterInput
from cotui.tui.lists.find_bar import FindBar
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.lists.selection import MARK_BINDINGS
from cotui.tui.payments.pay_method import PayMethodDialog
from cotui.tui.payments.payment_editor import PaymentEditor
from cotui.tui.records.page_view import PageView
from cotui.tui.records.record import RecordScreen
from cotui.tui.records.record_view import RecordView
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.setup import SetupScreen

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
    for bindings in (*(holder.BINDINGS for holder in _HOLDERS), action_bindings(), MARK_BINDINGS):
        for binding in bindings:
            if isinstance(binding, Binding) and binding.id and binding.id not in seen:
                seen.add(binding.id)
                yield binding

"""What a customer gets for it: an amount by policy, a manager's yes or no above the limit."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.dispatch.compensating import Money
from console.domain.cases import Step
from console.tongues import tr
from console.ui.caption import PLAIN, STRONG, Caption
from console.ui.labels import cost_of
from console.ui.theme.theme import Theme

MOST = 100_000.0


class MoneyPart(QWidget):
    """``paid`` tells an amount; ``approved`` and ``declined`` are a manager's answers."""

    paid = Signal(float)
    approved = Signal()
    declined = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(Caption(theme, STRONG, tr("Compensation")))
        self.said = Caption(theme, PLAIN, "", wrap=True)
        rows.addWidget(self.said)
        row = QHBoxLayout()
        self.amount = QDoubleSpinBox()
        self.amount.setRange(0, MOST)
        self.amount.setAccessibleName(tr("Compensation"))
        self.pay_button = QPushButton(tr("Pay"))
        self.yes_button, self.no_button = QPushButton(tr("Approve")), QPushButton(tr("Decline"))
        row.addWidget(self.amount, 1)
        for button in (self.pay_button, self.yes_button, self.no_button):
            row.addWidget(button)
        rows.addLayout(row)
        self.pay_button.clicked.connect(lambda: self.paid.emit(self.amount.value()))
        self.yes_button.clicked.connect(self.approved)
        self.no_button.clicked.connect(self.declined)

    def show_money(self, money: Money, currency: str, *, may_approve: bool) -> None:
        """As it stands; the policy's amount is filled in."""
        is_open = money.step in (None, Step.DECLINED)
        for widget in (self.amount, self.pay_button):
            widget.setVisible(is_open)
        for button in (self.yes_button, self.no_button):
            button.setVisible(money.waits)
            button.setEnabled(may_approve)
        self.amount.setValue(money.proposed)
        self.said.say(_said(money, currency))


def _said(money: Money, currency: str) -> str:
    if money.step is None:
        return tr("By policy: {money}", money=cost_of(money.proposed, currency))
    told = cost_of(money.amount, currency)
    if money.waits:
        return tr("{money} wait for a manager's yes.", money=told)
    if money.step is Step.DECLINED:
        return tr("{money} were declined.", money=told)
    return tr("Paid: {money}", money=told)

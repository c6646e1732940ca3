"""How bad an exception is, in words."""

from console.domain.cases import Severity
from console.tongues import tr

SEVERITIES = {
    Severity.CRITICAL: tr("Critical"),
    Severity.HIGH: tr("High"),
    Severity.NORMAL: tr("Normal"),
    Severity.LOW: tr("Low"),
}

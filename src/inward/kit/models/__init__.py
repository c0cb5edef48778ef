"""The kit's tables, one module per subject. Import them from here."""

from inward.kit.models.audit import AuditRow, AuditSeal
from inward.kit.models.idempotency import IdempotencyReceipt
from inward.kit.models.outbox import Heartbeat, Task
from inward.kit.models.versions import Version

__all__ = [
    "AuditRow",
    "AuditSeal",
    "Heartbeat",
    "IdempotencyReceipt",
    "Task",
    "Version",
]

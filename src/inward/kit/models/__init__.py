"""The kit's tables, one module per subject. Import them from here."""

from inward.kit.models.audit import AuditRow, AuditSeal
from inward.kit.models.files import File
from inward.kit.models.idempotency import IdempotencyReceipt
from inward.kit.models.imports import Import, ImportedRow
from inward.kit.models.links import UsedLink
from inward.kit.models.lists import SavedList
from inward.kit.models.outbox import Heartbeat, Task
from inward.kit.models.search import SearchEntry
from inward.kit.models.subjects import Subject
from inward.kit.models.versions import Version

__all__ = [
    "AuditRow",
    "AuditSeal",
    "File",
    "Heartbeat",
    "IdempotencyReceipt",
    "Import",
    "ImportedRow",
    "SavedList",
    "SearchEntry",
    "Subject",
    "Task",
    "UsedLink",
    "Version",
]

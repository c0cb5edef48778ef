"""The workbench of case handlers, and the page of whoever owns a service."""

"""The dealing itself: quotes, orders, approvals, deliveries, returns. See README.md."""

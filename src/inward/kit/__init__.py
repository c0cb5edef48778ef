"""What Django lacks for us: clock, actor, transactions, the write set, outbox, audit and the like.

Plumbing without one word of the trade: a library for beekeepers could use every module here. Rules live in the core and
in the rooms; nothing here knows a party, a price or an order.
"""

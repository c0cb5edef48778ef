"""The internal customer: what waits for me, the shop, the basket, my orders, my allowance; and those who approve and deliver."""

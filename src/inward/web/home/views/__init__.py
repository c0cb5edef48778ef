"""The views of home, one module for each place: start, shop, basket, orders. Each reads, calls once, and answers."""

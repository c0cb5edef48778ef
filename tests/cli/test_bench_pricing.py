"""What ``inward bench`` says of pricing: two rates, of orders that ask for every item and everybody in turn."""

from tests.core.pricing.conftest import ON, book, item, listed, scheme, staff_rule, world

from inward.cli import bench_pricing


def test_both_ways_are_measured_on_the_lines_that_were_asked_for(monkeypatch):
    ticks = iter(range(0, 100, 2))
    monkeypatch.setattr(bench_pricing.time, "process_time", lambda: next(ticks))
    prices = book(
        staff_rule(), listed(), listed("40.00", "kettle"), offerings=[item(), item("kettle")], schemes=[scheme()]
    )
    found = bench_pricing.measured(world(), prices, items=["machine", "kettle"], on=ON, lines=50)
    assert found == {"lines_a_second_with_trace": 25, "lines_a_second_without_trace": 25}

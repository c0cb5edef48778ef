"""The example of every rule, reckoned: a rule that does not give what its own example says is entered wrongly."""

from dataclasses import dataclass

from inward.core.benefit.law import Law
from inward.core.benefit.reading import case, example
from inward.core.benefit.reckoning import statement
from inward.core.benefit.rules import Rule
from inward.core.terms import Fact, Fields, Money, Reason, Refusal, as_currency


@dataclass(frozen=True, slots=True)
class Example:
    """What a rule's example says should come out, and what does."""

    rule: Rule
    taxable: Money
    exempt: Money
    found_taxable: Money
    found_exempt: Money


def reckoned(law: Law, rule: Rule) -> Example:
    """The rule's example under the law. Refusal for a rule without one, and for one that cannot be read."""
    told = example(rule)
    if told is None:
        raise Refusal(Reason.of("benefit_example_missing", rule=rule.id), where=f"rule {rule.id}")
    found = statement(law=law, year=told.whole("year"), case=case(told, law))
    return Example(rule, _amount(told, "taxable", law), _amount(told, "exempt", law), found.taxable, found.exempt)


def check_examples(law: Law) -> None:
    """Reckon the example of every rule. Refusal, naming rule and figures, for the first that comes out otherwise."""
    for rule in law.rules:
        done = reckoned(law, rule)
        if (done.found_taxable, done.found_exempt) != (done.taxable, done.exempt):
            facts: dict[str, Fact] = {"rule": rule.id, "taxable": done.taxable, "found": done.found_taxable}
            facts |= {"exempt": done.exempt, "found_exempt": done.found_exempt}
            raise Refusal(Reason.of("benefit_example_differs", **facts), where=f"rule {rule.id}")


def _amount(told: Fields, name: str, law: Law) -> Money:
    return Money.of(told.text(name), as_currency(law.currency))

"""The fields of a definition of inside in plain words: for the form, the page, and the line in the list."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.classification import Definition, WorkKind
from inward.kit import vocabularies
from inward.web.components import formats
from inward.web.office.declaring import Text

CHOICES: Final[Mapping[str, tuple[Text, Mapping[str, Text]]]] = {
    "basis": (
        __("Which share decides"),
        {
            "votes": __("votes"),
            "capital": __("capital"),
            "value": __("value, taken from the capital"),
            "either": __("votes or capital: one is enough"),
            "both": __("votes and capital: both"),
        },
    ),
    "operator": (__("How much of it"), {">": __("more than"), ">=": __("at least")}),
    "indirect": (
        __("What is held through others"),
        {
            "full_through_controlled": __("counts whole where the other is controlled"),
            "product": __("is multiplied along every way, circles included"),
            "product_simple_paths": __("is multiplied along every way that passes nobody twice"),
            "chain_only": __("counts link by link and is never added up"),
        },
    ),
    "subsidiary_votes_in_parent": (
        __("Votes of a subsidiary in its parent"),
        {"count": __("count"), "suspended": __("rest")},
    ),
    "joint_control": (
        __("Those who control only together"),
        {
            "neither": __("are not inside with what they control"),
            "each": __("are each inside with it"),
            "proportional": __("are each inside with it, the books take their part"),
        },
    ),
    "associates": (
        __("Holdings of notable influence"),
        {"out": __("are told as nothing more"), "related": __("are told as associates, outside")},
    ),
    "funds": (
        __("A fund belongs"),
        {
            "out": __("to nobody's group"),
            "umbrella": __("to its umbrella"),
            "manager": __("to its manager, umbrella and master"),
        },
    ),
    "branches": (__("A branch"), {"same": __("is one with its head office"), "apart": __("stands for itself")}),
    "family": (
        __("Family of a person"),
        {
            "none": __("is not asked for"),
            "spouse_minor": __("spouse, partner and children"),
            "first_degree": __("spouse, partner, children and parents"),
        },
    ),
    "date_rule": (
        __("On which day the facts are looked at"),
        {
            "at_dealing": __("on the day of the dealing"),
            "31_december": __("on 31 December of its year"),
            "accounting_period": __("on the last day of its accounting year"),
        },
    ),
    "unknown": (
        __("Where facts are missing that could decide"),
        {"not_known": __("the answer is: not known"), "external": __("the answer is: outside")},
    ),
}
"""Fields that take one of several words: what the field is called, and what each word means."""

FLAGS: Final[Mapping[str, Text]] = {
    "aggregate": __("Several ways are added up"),
    "nominees": __("Nominees vote as their principals say"),
    "board_right": __("A right to appoint most of the board gives control"),
    "contract_control": __("Control by contract, articles or law counts"),
    "de_facto": __("Control in fact counts, where somebody has found it"),
    "consolidation": __("Being consolidated counts as control"),
    "natural_persons_as_parents": __("A person who controls two companies makes them one inside"),
    "state_as_parent": __("A state that controls two companies makes them one inside"),
}

SHARES: Final[Mapping[str, Text]] = {
    "threshold": __("The threshold in percent"),
    "associate_threshold": __("Notable influence from, in percent"),
    "identical_threshold": __("The same five hands at most: more than, in percent"),
    "identical_together": __("Those hands together at least, in percent"),
    "attribution_floor": __("Less than so much of a body passes nothing on, in percent"),
    "shareholder_threshold": __("A person who holds so much of a company of the group, in percent"),
}
"""Fields that take a share, in percent; empty is none but for the first two."""

KINDS: Final[Mapping[str, Text]] = {
    "staff_kinds": __("Work that makes staff"),
    "stakeholder_kinds": __("Work that is inside by policy"),
}


def choices(name: str) -> Iterable[tuple[str, str]]:
    """The words that a field may take, each with what it means."""
    return [(value, str(meaning)) for value, meaning in CHOICES[name][1].items()]


def work_kinds() -> Iterable[tuple[str, str]]:
    """The kinds of work, as people call them."""
    language = formats.language()
    return [(kind.value, vocabularies.label("work_kind", kind.value, language)) for kind in WorkKind]


def kinds_told(kinds: Iterable[str]) -> str:
    """Kinds of work in one line."""
    names = dict(work_kinds())
    return ", ".join(names[kind] for kind in kinds)


def called(code: str, name: str) -> str:
    """What a definition is called: one that ships in the reader's language, one of one's own by its name."""
    return name or vocabularies.label("definition", code, formats.language())


def test_of(definition: Definition) -> str:
    """The test in a line: "votes, more than 50 %"."""
    body = definition.as_json()
    return _("%(share)s: %(how)s %(threshold)s") % {
        "share": CHOICES["basis"][1][body["basis"]],
        "how": CHOICES["operator"][1][body["operator"]],
        "threshold": percent(definition.threshold),
    }


def told(definition: Definition) -> Iterable[tuple[Text, str]]:
    """Every field and what it says, in the order of the form; shares and exceptions that are none are left out."""
    body = definition.as_json()
    for name, (label, words) in CHOICES.items():
        yield label, str(words[body[name]])
        if name == "operator":
            yield SHARES["threshold"], percent(definition.threshold)
    for name, label in FLAGS.items():
        yield label, _("yes") if body[name] else _("no")
    for name, label in SHARES.items():
        share = getattr(definition, name)
        if name != "threshold" and share:
            yield label, percent(share)
    for name, label in KINDS.items():
        yield label, kinds_told(body[name])
    if definition.excluded:
        yield __("Inside with nobody"), ", ".join(sorted(definition.excluded))
    for each in definition.exceptions:
        verdict = _("inside") if each.inside else _("outside")
        facts = {"one": each.one, "other": each.other, "verdict": verdict, "why": each.why, "who": each.signed_by}
        yield __("Decided against the facts"), _("%(one)s and %(other)s: %(verdict)s. %(why)s (%(who)s)") % facts


def percent(share: Fraction) -> str:
    """A fraction of one as percent."""
    return f"{formats.count(share * 100)} %"


def typed(definition: Definition) -> dict[str, Any]:
    """A definition as the form takes it; shares as fractions of one."""
    body = definition.as_json()
    shares = {name: getattr(definition, name) for name in SHARES}
    others = {name: body[name] for name in (*CHOICES, *FLAGS, *KINDS)}
    return {**others, **shares, "year_ends_in": definition.year_ends_in}

"""Who helps whom in the named world: queues, what is often asked, promises; and the requests of the last weeks in every state.

Played through the operations of the desk in the order of time. What is hand-made comes first, the daily run is the same for the
same seed. Nothing happens on the day of the story itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from inward.core.classification import Kind
from inward.demo.history import Actors
from inward.demo.people import SEED
from inward.desk import operations as desk
from inward.desk.casewords import HandingOut, Impact, Urgency
from inward.desk.lines import read_chain, read_form, read_holds, read_targets
from inward.desk.operations import Ask
from inward.desk.speakingup import UNNAMED
from inward.desk.vocabulary import HoldReason
from inward.kit import versions
from inward.kit.actor import Actor

_HOUSE = Actor.system("demo", via="cli")
_OFFICE: Final = "RESPOND = 240 min\nRESPOND URGENT = 30 min\nRESOLVE = 3 days\nRESOLVE URGENT = 240 min"
_WAITS: Final = "CUSTOMER = RESOLVE, UPDATE; 2400 min\nSUPPLIER = RESOLVE; 2400 min\nAGREED_DAY = RESOLVE"

PROMISES: Final = (
    # code, supplier, name, kinds, targets
    ("abc-it-help", "abc-it", "Help with computers", (), _OFFICE),
    ("abc-it-sisters", "abc-it", "Help for sister companies", (Kind.AFFILIATE,), "RESPOND = 480 min\nRESOLVE = 5 days"),
    ("bellavista-it-help", "bellavista-it", "The hotel’s systems", (), "RESPOND = 60 min\nRESOLVE = 480 min"),
    ("kitchen-minutes", "bellavista-kitchen", "From the kitchen", (), "OWN = 2 min\nRESOLVE = 12 min"),
    ("abc-hr-advice", "abc-hr", "Personnel advice", (), "RESPOND = 2 days\nRESOLVE = 10 days"),
    ("jkl-hr-advice", "jkl-hr", "Personnel advice of the group", (), "RESPOND = 2 days\nRESOLVE = 10 days"),
    (
        "plant-running",
        "xyz-plant",
        "Machines that run",
        (),
        "RESPOND = 30 min\nRESOLVE = 480 min\nRESOLVE URGENT = 120 min",
    ),
    ("marketing-work", "abc-marketing", "What marketing makes", (), "RESPOND = 480 min\nRESOLVE = 10 days, end of day"),
    ("shops-care", "abc-shops", "Care for customers", (), "RESPOND = 480 min\nRESOLVE = 5 days"),
)
CHAINS: Final = {"bellavista-it-help": "bellavista-it = 3\nabc-it = 1"}
"""On whom a promise rests, where it rests on several: the hotel's server stands at ABC Retail's."""
QUEUES: Final = (
    # code, supplier, name, words, confidential, handing out
    ("abc-it", "abc-it", "IT of ABC Retail", "Computers, tills, telephones and access.", False, HandingOut.BY_HAND),
    (
        "bellavista-it",
        "bellavista-it",
        "IT of the hotel",
        "The property system, tills and the network.",
        False,
        HandingOut.BY_HAND,
    ),
    (
        "kitchen",
        "bellavista-kitchen",
        "Kitchen",
        "What the service needs at the table, now.",
        False,
        HandingOut.BY_HAND,
    ),
    (
        "abc-hr",
        "abc-hr",
        "Personnel, ABC Retail",
        "Pay, leave, and what nobody else should read.",
        True,
        HandingOut.BY_HAND,
    ),
    (
        "jkl-hr",
        "jkl-hr",
        "Personnel, JKL Group",
        "Pay, leave, and what nobody else should read.",
        True,
        HandingOut.BY_HAND,
    ),
    ("plant", "xyz-plant", "Plant", "Machines that stand still, tools, safety.", False, HandingOut.IN_TURN),
    ("marketing", "abc-marketing", "Marketing", "Newsletters, signs, pictures.", False, HandingOut.BY_HAND),
    (
        "shops-care",
        "abc-shops",
        "Customer care",
        "What was bought at ABC Retail and is not as it should be.",
        False,
        HandingOut.BY_HAND,
    ),
)
_HOTEL: Final = (Kind.STAFF, Kind.DEPARTMENT, Kind.SAME_UNIT)
_IT_OF_ABC: Final = (Kind.STAFF, Kind.DEPARTMENT, Kind.SAME_UNIT, Kind.GROUP_STAFF, Kind.AFFILIATE)
REQUESTS: Final[tuple[Mapping[str, Any], ...]] = (
    {
        "code": "till-stands-still",
        "queue": "abc-it",
        "name": "A till stands still",
        "fields": "till: Which till? | NUMBER | needed\nhow: What do you see? | CHOICE nothing; an error; it is slow | needed\n"
        "error: What does the error say? | TEXT | if how = an error",
        "impact": Impact.SOME,
        "urgency": Urgency.NOW,
        "kinds": _IT_OF_ABC,
    },
    {
        "code": "access",
        "queue": "abc-it",
        "name": "Access to a program",
        "fields": "program: Which program? | TEXT | needed\nuntil: Until when? | DAY",
        "kinds": _IT_OF_ABC,
    },
    {
        "code": "new-laptop",
        "queue": "abc-it",
        "name": "A new laptop",
        "fields": "why: What is it for? | LONG_TEXT | needed",
        "urgency": Urgency.LATER,
        "offering": "laptop-pro",
        "kinds": _IT_OF_ABC,
    },
    {
        "code": "account-here",
        "queue": "abc-it",
        "name": "A sign-in for somebody new",
        "fields": "name: Who begins? | TEXT | needed\nfirst: First day? | DAY | needed",
        "kinds": _IT_OF_ABC,
    },
    {
        "code": "contract-here",
        "queue": "abc-hr",
        "name": "A contract for somebody new",
        "fields": "name: Who begins? | TEXT | needed\nfirst: First day? | DAY | needed",
    },
    {
        "code": "speak-up",
        "queue": "jkl-hr",
        "name": "Something is not right",
        "words": "Harassment, fraud, danger, broken rules: anywhere in the group.",
        "fields": "where: Where does it happen? | TEXT\nstill: Does it go on? | YES_NO",
        "protected": True,
        "outsiders": True,
    },
    {
        "code": "joiner",
        "queue": "abc-hr",
        "name": "Somebody begins here",
        "words": "One request; each department does its part.",
        "fields": "name: Who begins? | TEXT | needed\nfirst: First day? | DAY | needed",
        "parts": ("account-here", "contract-here"),
    },
    {
        "code": "more-bread",
        "queue": "kitchen",
        "name": "More bread",
        "kinds": _HOTEL,
        "fields": "table: Which table? | NUMBER | needed",
        "quick": True,
        "urgency": Urgency.NOW,
    },
    {
        "code": "allergy",
        "queue": "kitchen",
        "name": "An allergy at the table",
        "kinds": _HOTEL,
        "fields": "table: Which table? | NUMBER | needed\nwhat: What must not be in it? | TEXT | needed",
        "quick": True,
        "urgency": Urgency.NOW,
        "impact": Impact.SOME,
    },
    {
        "code": "machine-stands",
        "queue": "plant",
        "name": "A machine stands still",
        "fields": "machine: Which machine? | TEXT | needed\nsafe: Is anybody in danger? | YES_NO | needed",
        "impact": Impact.MANY,
        "urgency": Urgency.NOW,
    },
    {
        "code": "newsletter",
        "queue": "marketing",
        "name": "A newsletter to customers",
        "fields": "about: What about? | TEXT | needed\nday: On which day? | DAY",
        "urgency": Urgency.LATER,
    },
    {
        "code": "faulty",
        "queue": "shops-care",
        "name": "Something is faulty",
        "fields": "what: What did you buy? | TEXT | needed\nhow: What is wrong with it? | LONG_TEXT | needed",
    },
)


MACROS: Final = (
    # code, queue, name, acts
    (
        "which-number",
        "abc-it",
        "Ask for the number",
        ({"act": "ASSIGN"}, {"act": "ANSWER", "text": "Hello {name}, which number stands on its back?"}),
    ),
    (
        "started-again",
        "abc-it",
        "Solved: started again",
        ({"act": "ASSIGN"}, {"act": "SOLVE", "text": "It was started again and answers. Please try it, {name}."}),
    ),
)
THINGS: Final = (
    # code, department, name, sort, serial, who or what has it, where it stands
    ("till-2", "abc-it", "Till 2", "Till", "T-20771", "abc-shop-centre", "At the main door"),
    ("till-3", "abc-it", "Till 3", "Till", "T-20772", "abc-shop-centre", "At the side door"),
    ("label-printer", "abc-it", "Label printer", "Printer", "P-4410", "abc-purchasing", "Goods entrance"),
    ("laptop-ines", "abc-it", "Laptop", "Computer", "L-0093", "ines-contarini", ""),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One request and what became of it: so many days before the story, at a time of day, each act (what, who, minutes later, words)."""

    days: int
    clock: str
    who: str
    queue: str
    text: str
    acts: tuple[tuple[str, str, int, str], ...] = ()
    request: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    acting_for: str | None = None
    name: str = ""


SCENES: Final = (
    Scene(
        -6,
        "08:10",
        "anna-ragioni",
        "bellavista-it",
        "I cannot reach the property system, and the night audit has to go out today.",
        (
            (
                "answer",
                "matteo-reti",
                12,
                "I see it: the certificate of the server ended tonight. I put in the new one.",
            ),
            ("note", "matteo-reti", 14, "Renew it by a job from now on; the date stood in a drawer."),
            ("solve", "matteo-reti", 55, "It answers again. Please try."),
            ("yes", "anna-ragioni", 80, "The audit is out. Thank you!"),
        ),
    ),
    # The hotel's promise rests on two departments; the second used more than its part.
    Scene(
        -7,
        "08:30",
        "anna-ragioni",
        "bellavista-it",
        "The property system takes minutes for every invoice.",
        (
            ("assign", "matteo-reti", 15, ""),
            ("hand:abc-it", "matteo-reti", 80, "The server at ABC Retail answers slowly; ours does nothing else."),
            ("answer", "sam-techter", 150, "The disk of the server was full. I am moving old reports away."),
            ("solve", "sam-techter", 330, "There is room again, and it answers at once."),
            ("yes", "anna-ragioni", 360, "Quick as before."),
        ),
    ),
    Scene(
        -1,
        "09:05",
        "anna-ragioni",
        "bellavista-it",
        "The printer in accounts prints every page twice.",
        (("wait", "matteo-reti", 40, "Does it do so from every program, or only from the property system?"),),
    ),
    # What IT has in hand today: one waits for an answer, one for a supplier, one is under way.
    Scene(
        -1,
        "12:40",
        "jonas-vik",
        "abc-it",
        "The hand scanner at the goods entrance reads every second box only.",
        (
            ("assign", "sam-techter", 20, ""),
            ("wait", "sam-techter", 30, "Which number stands on its back? Then I bring the right battery."),
        ),
    ),
    Scene(
        -3,
        "09:50",
        "tor-bergli",
        "abc-it",
        "The till at the side door needs a new drawer.",
        (
            ("assign", "noor-dewit", 30, ""),
            ("answer", "noor-dewit", 35, "It is ordered from the maker; use till 3 until it comes."),
            ("pause", "noor-dewit", 36, ""),
        ),
    ),
    Scene(
        -1,
        "13:15",
        "bas-zendeling",
        "abc-it",
        "",
        (
            ("assign", "sam-techter", 25, ""),
            ("answer", "sam-techter", 35, "Your head has to agree; I have asked her."),
        ),
        request="access",
        answers={"program": "Pictures of all items"},
    ),
    # Three tills of two shops at once: the first case gathers the others.
    Scene(
        -9,
        "10:20",
        "maya-lund",
        "abc-it",
        "",
        request="till-stands-still",
        answers={"till": "2", "how": "nothing"},
        name="outage",
    ),
    Scene(
        -9,
        "10:22",
        "jonas-vik",
        "abc-it",
        "",
        (("join", "sam-techter", 18, "outage"),),
        request="till-stands-still",
        answers={"till": "7", "how": "an error", "error": "No line"},
    ),
    Scene(
        -9,
        "10:25",
        "tor-bergli",
        "abc-it",
        "",
        (
            ("join", "sam-techter", 17, "outage"),
            (
                "answer:outage",
                "sam-techter",
                20,
                "It is the line to the shops. The supplier is on it; card payments go by the spare line.",
            ),
            ("pause:outage", "sam-techter", 22, ""),
            ("resume:outage", "sam-techter", 65, ""),
            ("solve:outage", "noor-dewit", 70, "The line is back; all tills work."),
            ("yes:outage", "maya-lund", 95, ""),
        ),
        request="till-stands-still",
        answers={"till": "1", "how": "nothing"},
        acting_for="abc-shop-centre",
    ),
    # The designer of the mail is late, so its sender is.
    Scene(
        -12,
        "11:00",
        "tor-bergli",
        "marketing",
        "",
        (
            ("answer", "bas-zendeling", 60, "With pleasure. Dewi makes the pictures, I send it."),
            ("task:design", "dewi-santosa", 61, "Pictures for the newsletter"),
            ("task:send", "bas-zendeling", 62, "Send the newsletter"),
            ("waits", "bas-zendeling", 63, "send after design"),
        ),
        request="newsletter",
        answers={"about": "Christmas coffee"},
        acting_for="abc-shop-centre",
    ),
    Scene(
        -5,
        "13:30",
        "nora-quistgaard",
        "shops-care",
        "",
        (
            (
                "answer",
                "tor-bergli",
                150,
                "I am sorry. Bring it by, or send a picture of the seal: then I send the part today.",
            ),
            (
                "write",
                "nora-quistgaard",
                1300,
                "The seal is torn on one side. I cannot bring it, I have one left for the guests.",
            ),
            ("answer", "tor-bergli", 1420, "The part is on its way and is with you tomorrow."),
        ),
        request="faulty",
        answers={"what": "Coffee machine", "how": "It leaks at the front."},
        acting_for="kestrel",
    ),
    # The same help for somebody inside, so that both sorts of customers stand side by side.
    Scene(
        -10,
        "12:10",
        "jonas-vik",
        "shops-care",
        "",
        (
            ("answer", "tor-bergli", 65, "Bring it along to your next shift; I look at it."),
            ("solve", "tor-bergli", 400, "A new one waits for you at the counter."),
            ("yes", "jonas-vik", 900, ""),
        ),
        request="faulty",
        answers={"what": "Toaster", "how": "It does not get warm on one side."},
    ),
    Scene(
        -20,
        "14:00",
        "enzo-rossini",
        "shops-care",
        "The invoice for the garden chairs has the old address.",
        (
            ("solve", "tor-bergli", 300, "The new invoice is on its way."),
            ("no", "enzo-rossini", 1500, "It has the old address again."),
            ("solve", "tor-bergli", 1700, "Now with the right one; I looked myself."),
            ("yes", "enzo-rossini", 1800, ""),
        ),
        acting_for="rossi",
    ),
    Scene(
        -3,
        "07:40",
        "karin-assem",
        "plant",
        "",
        (
            ("assign", "piet-moulder", 9, ""),
            ("answer", "piet-moulder", 10, "Nobody goes near it; I am there in five minutes."),
        ),
        request="machine-stands",
        answers={"machine": "Press 4", "safe": "NO"},
        acting_for="xyz-assembly",
    ),
    Scene(
        -15,
        "09:30",
        "maya-lund",
        "abc-hr",
        "My overtime of last month is missing from my pay.",
        (
            ("answer", "wilma-kuiper", 400, "You are right: three hours. They come with this month’s pay."),
            ("solve", "wilma-kuiper", 410, "It is corrected."),
            ("yes", "maya-lund", 900, ""),
        ),
    ),
    Scene(
        -2,
        "10:45",
        "jonas-vik",
        "abc-hr",
        "I would like to talk about my hours after probation.",
        (("answer", "wilma-kuiper", 200, "Of course. Does Thursday at ten suit you?"),),
    ),
    Scene(
        -4,
        "15:10",
        "siti-hartati",
        "jkl-hr",
        "How many days of leave can I take along into next year?",
        (("solve", "hanne-sunde", 120, "Five, until the end of March."), ("yes", "siti-hartati", 240, "")),
    ),
    Scene(
        -1,
        "12:05",
        "paolo-servente",
        "kitchen",
        "",
        (
            ("assign", "giulia-marinelli", 1, ""),
            ("solve", "giulia-marinelli", 6, "On the pass."),
            ("yes", "paolo-servente", 8, ""),
        ),
        request="more-bread",
        answers={"table": "12"},
        acting_for="bellavista-service",
    ),
    Scene(
        -1,
        "12:31",
        "paolo-servente",
        "kitchen",
        "",
        (
            ("assign", "giulia-marinelli", 4, ""),
            ("solve", "giulia-marinelli", 21, "A new plate, without nuts."),
            ("yes", "paolo-servente", 24, ""),
        ),
        request="allergy",
        answers={"table": "3", "what": "Nuts"},
        acting_for="bellavista-service",
    ),
    Scene(-1, "14:20", "dina-claes", "abc-it", "The list of claims does not open any more.", ()),
    Scene(
        -8,
        "09:15",
        "ines-contarini",
        "abc-it",
        "I want to see stock of XYZ in my program.",
        (("withdraw", "ines-contarini", 60, "I have found it."),),
    ),
    Scene(
        -2,
        "11:30",
        "henk-verhoef",
        "abc-it",
        "",
        (),
        request="new-laptop",
        answers={"why": "For the buyer who begins in January."},
        acting_for="abc-purchasing",
    ),
)
_DAILY: Final[tuple[tuple[str, Mapping[str, str], str, str], ...]] = (
    # request, answers, what is said first, how it is solved
    ("till-stands-still", {"till": "4", "how": "it is slow"}, "I look at it from here.", "It was full; I emptied it."),
    ("access", {"program": "Stock"}, "Your head has to agree; I have asked.", "You can sign in to it now."),
    ("access", {"program": "Roster"}, "I look who may give that.", "It is there."),
    ("", {}, "Which screen is it?", "The cable was loose."),
    ("", {}, "I come by this afternoon.", "A new one stands on your desk."),
)
_WORDS: Final = (
    "My screen flickers.",
    "The handheld scanner does not charge.",
    "I get no letters since this morning.",
    "My telephone rings at another desk.",
    "The label printer prints on two labels.",
)
DAILY_DAYS: Final = 28
RETURN_CODE: Final = "HEARD-HEARD-HEARD-HEARD-HEARD"
"""By which the message without a name of the named world is read."""
_SATURDAY, _DAY = 5, 24 * 60


def arrange(*, at: datetime) -> None:
    """Queues, what is often asked of them, and what is promised, since always."""
    for code, supplier, name, kinds, targets in PROMISES:
        terms = {
            "kinds": [kind.value for kind in kinds],
            "targets": read_targets(targets),
            "holds": read_holds(_WAITS),
            "chain": read_chain(CHAINS.get(code, "")),
        }
        desk.set_standard(
            by=_HOUSE, at=at, code=code, supplier=supplier, name=name, terms=terms, source="the named world"
        )
    for code, supplier, name, words, confidential, handing_out in QUEUES:
        desk.set_queue(
            by=_HOUSE,
            at=at,
            code=code,
            supplier=supplier,
            name=name,
            words=words,
            confidential=confidential,
            handing_out=handing_out,
        )
    for request in REQUESTS:
        desk.set_request(by=_HOUSE, at=at, **{**request, "fields": read_form(request["fields"])})
    for code, queue, name, given in MACROS:
        desk.set_macro(by=_HOUSE, at=at, code=code, queue=queue, name=name, given=given)
    for code, supplier, name, sort, serial, holder, place in THINGS:
        desk.set_equipment(by=_HOUSE, at=at, code=code, supplier=supplier, name=name, sort=sort, serial=serial)
        desk.hold_equipment(by=_HOUSE, at=at, code=code, holder=holder, place=place, valid_from=at.date())


def play(*, on: date, actors: Actors, askers: Sequence[str]) -> int:
    """Everything asked in the weeks before ``on``; ``askers`` are people of ABC Retail without a part. Returns how many were opened."""
    scenes = sorted((*SCENES, *_daily_run(on, askers)), key=lambda scene: (scene.days, scene.clock))
    told = _Told(on, actors, {}, {})
    for number, scene in enumerate(scenes):
        with versions.seen_once():  # as in one request: nothing here changes what is kept in memory
            told.play(number, scene)
    _speak_up(on, actors)
    return len(scenes)


def _speak_up(on: date, actors: Actors) -> None:
    """A message without a name, answered, and written on by the code; by whom not even this telling knows."""
    at = datetime.combine(on - timedelta(days=10), time(19, 15), tzinfo=UTC)
    answers = {"where": "The warehouse of XYZ Widgets", "still": "YES"}
    sent = desk.speak_up(
        by=UNNAMED,
        at=at,
        line="speak-up",
        code=RETURN_CODE,
        text="The emergency exit behind rack 14 is locked at night, and we are told not to ask.",
        answers=answers,
    )
    morning, evening = at + timedelta(hours=13), at + timedelta(days=1)
    words = "Thank you for telling us. We look at it tonight ourselves, without naming anybody. Is it every night?"
    desk.answer(by=actors("hanne-sunde", None), at=morning, case=sent.reference, text=words)
    desk.write_on(by=UNNAMED, at=evening, code=RETURN_CODE, key="on", text="Since October, every night but Friday.")


@dataclass(frozen=True, slots=True)
class _Told:
    """A telling: the day, who acts, and what was opened by its name in the story."""

    on: date
    actors: Actors
    named: dict[str, str]
    tasks: dict[str, str]

    def play(self, number: int, scene: Scene) -> None:
        """Ask, then everything that became of it before the day of the story."""
        at = self._at(scene)
        ask = Ask(queue=scene.queue, request_type=scene.request, text=scene.text, answers=scene.answers)
        by = self.actors(scene.who, scene.acting_for)
        case = desk.open_case(by=by, at=at, key=f"help {number}", ask=ask).reference
        if scene.name:
            self.named[scene.name] = case
        for act, who, later, words in scene.acts:
            moment = at + timedelta(minutes=later)
            if moment.date() < self.on:
                kind, _, name = act.partition(":")
                acting_for = scene.acting_for if who == scene.who else None
                self._act(kind, name, case, self.actors(who, acting_for), moment, words)

    def _at(self, scene: Scene) -> datetime:
        day = self.on + timedelta(days=scene.days)
        return datetime.combine(day, time.fromisoformat(scene.clock), tzinfo=UTC) - timedelta(hours=1)

    def _act(self, kind: str, name: str, case: str, by: Actor, at: datetime, words: str) -> None:
        if kind == "task":
            due = self.on + timedelta(days=-3 if name == "design" else -1)
            self.tasks[name] = desk.add_task(
                by=self.actors("bas-zendeling", None),
                at=at,
                case=case,
                title=words,
                owner=by.person,
                due_on=due,
                blocks=True,
            )
        elif kind == "waits":
            task, _, first = words.partition(" after ")
            desk.wait_for(by=by, at=at, case=case, task=self.tasks[task], other=self.tasks[first])
        elif kind == "hand":
            desk.hand_over(by=by, at=at, case=case, queue=name, words=words)
        elif kind == "join":
            desk.join(by=by, at=at, case=case, into=self.named[words])
        else:
            _ACTS[kind](by=by, at=at, case=self.named.get(name, case), words=words)


def _daily_run(on: date, askers: Sequence[str]) -> Iterator[Scene]:
    """One or two a working day for IT of ABC Retail, the same for the same seed, in whatever state they would be by now."""
    chance = Random(SEED + 7)
    people = tuple(askers) or ("maya-lund", "jonas-vik", "tess-tempelaar")
    for days in range(-DAILY_DAYS, 0):
        weekday = (on + timedelta(days=days)).weekday()
        for _ in range(chance.choice((1, 1, 1, 2)) if weekday < _SATURDAY else 0):
            request, answers, first, solved = chance.choice(_DAILY)
            who, handler = chance.choice(people), chance.choice(("sam-techter", "sam-techter", "noor-dewit"))
            next_day = _DAY * (3 if weekday == _SATURDAY - 1 else 1)
            begun = chance.choice((10, 25, 40, 55, 70, 130, next_day))
            done = begun + chance.choice((20, 45, 90, next_day, next_day + 75))
            ends = chance.choice(("yes", "yes", "yes", "silent", "no"))
            yield Scene(
                days,
                f"{chance.randrange(9, 14):02}:{chance.randrange(60):02}",
                who,
                "abc-it",
                "" if request else chance.choice(_WORDS),
                tuple(_ends(ends, who, handler, begun, done, first, solved)),
                request=request,
                answers=answers,
            )


def _ends(
    ends: str, who: str, handler: str, begun: int, done: int, first: str, solved: str
) -> Iterator[tuple[str, str, int, str]]:
    yield "assign", handler, begun, ""
    if done % 3 == 0:
        yield "answer", handler, begun + 2, first
        yield "time", handler, done, ""
    yield "solve", handler, done, solved
    if ends == "no":
        yield "no", who, done + 30, "It is the same again this morning."
        yield "solve", handler, done + 60, "A part had to be replaced."
    if ends != "silent":
        yield "yes", who, done + 75, ""


def _time(*, by: Actor, at: datetime, case: str, words: str) -> None:
    desk.spend(by=by, at=at, case=case, minutes=15 + at.minute, words=words)


def _take(*, by: Actor, at: datetime, case: str, words: str) -> None:
    assert not words  # nothing is said with it
    desk.assign(by=by, at=at, case=case, owner=by.person)


def _resume(*, by: Actor, at: datetime, case: str, words: str) -> None:
    assert not words  # nothing is said with it
    desk.resume(by=by, at=at, case=case)


def _pause(*, by: Actor, at: datetime, case: str, words: str) -> None:
    desk.pause(by=by, at=at, case=case, reason=HoldReason.SUPPLIER, words=words)


_ACTS: Final[Mapping[str, Callable[..., object]]] = {
    "answer": lambda *, words, **how: desk.answer(text=words, **how),
    "note": lambda *, words, **how: desk.note_down(text=words, **how),
    "write": lambda *, words, **how: desk.write(text=words, **how),
    "solve": lambda *, words, **how: desk.solve(words=words, **how),
    "yes": lambda *, words, **how: desk.confirm(solved=True, words=words, **how),
    "no": lambda *, words, **how: desk.confirm(solved=False, words=words, **how),
    "wait": lambda *, words, **how: desk.pause(reason=HoldReason.CUSTOMER, words=words, **how),
    "pause": _pause,
    "resume": _resume,
    "withdraw": desk.withdraw,
    "assign": _take,
    "time": _time,
}

"""Writes a file of GLEIF's shape with generated entities and relationships, to measure what loading it takes.

    python -m tools.registers entities 2500000 > lei.xml
    python -m tools.registers relationships 400000 > rr.xml

The names and LEIs are nobody's; their check digits fit. The same numbers give the same file.
"""

import sys
from collections.abc import Iterator

_ENTITY = (
    '<lei:LEIRecord><lei:LEI>{lei}</lei:LEI><lei:Entity><lei:LegalName xml:lang="en">Generated Works {number} Ltd'
    "</lei:LegalName><lei:RegistrationAuthority><lei:RegistrationAuthorityID>RA000585</lei:RegistrationAuthorityID>"
    "<lei:RegistrationAuthorityEntityID>{number:08}</lei:RegistrationAuthorityEntityID></lei:RegistrationAuthority>"
    "<lei:LegalJurisdiction>GB</lei:LegalJurisdiction><lei:EntityCategory>GENERAL</lei:EntityCategory>"
    "<lei:EntityStatus>ACTIVE</lei:EntityStatus><lei:EntityCreationDate>2012-05-01T00:00:00Z</lei:EntityCreationDate>"
    "</lei:Entity><lei:Registration><lei:LastUpdateDate>2024-05-18T15:41:20Z</lei:LastUpdateDate>"
    "<lei:RegistrationStatus>ISSUED</lei:RegistrationStatus></lei:Registration></lei:LEIRecord>\n"
)
_RELATIONSHIP = (
    "<lei:RelationshipRecord><lei:Relationship><lei:StartNode><lei:NodeID>{lei}</lei:NodeID></lei:StartNode>"
    "<lei:EndNode><lei:NodeID>{parent}</lei:NodeID></lei:EndNode>"
    "<lei:RelationshipType>{kind}</lei:RelationshipType><lei:RelationshipPeriods><lei:RelationshipPeriod>"
    "<lei:StartDate>2018-03-01T00:00:00Z</lei:StartDate><lei:PeriodType>RELATIONSHIP_PERIOD</lei:PeriodType>"
    "</lei:RelationshipPeriod></lei:RelationshipPeriods><lei:RelationshipStatus>ACTIVE</lei:RelationshipStatus>"
    "</lei:Relationship><lei:Registration><lei:LastUpdateDate>2024-05-18T15:41:20Z</lei:LastUpdateDate>"
    "<lei:RegistrationStatus>PUBLISHED</lei:RegistrationStatus></lei:Registration></lei:RelationshipRecord>\n"
)
_ROOTS = {
    "entities": ("LEIData", "LEIRecords"),
    "relationships": ("RelationshipData", "RelationshipRecords"),
}


def lei(number: int) -> str:
    """An LEI of nobody, with check digits that fit (ISO 7064 MOD 97-10)."""
    body = f"GENERATED{number:09}"
    return f"{body}{98 - int(''.join(str(int(sign, 36)) for sign in body + '00')) % 97:02}"


def records(kind: str, count: int) -> Iterator[str]:
    """The records: entities by number; each entity's parent is the one of half its number, directly and by turns ultimately."""
    for number in range(count):
        if kind == "entities":
            yield _ENTITY.format(lei=lei(number), number=number)
        else:
            sort = "IS_ULTIMATELY_CONSOLIDATED_BY" if number % 2 else "IS_DIRECTLY_CONSOLIDATED_BY"
            yield _RELATIONSHIP.format(lei=lei(number + 1), parent=lei((number + 1) // 2), kind=sort)


def main(kind: str, count: int) -> None:
    """Write the file to standard output."""
    root, list_name = _ROOTS[kind]
    sys.stdout.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<lei:{root} xmlns:lei="urn:generated"><lei:{list_name}>\n'
    )
    sys.stdout.writelines(records(kind, count))
    sys.stdout.write(f"</lei:{list_name}></lei:{root}>\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

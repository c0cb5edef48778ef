"""Tables come out the same whether a migration draws anew what it changes or, as Django does, all that is related to it."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from inward.kit.lean_migrations import DJANGOS_OWN, _models_to_draw

pytestmark = [pytest.mark.django_db(transaction=True)]

APP = "lean"
SEEN = []


def look(apps, schema_editor):
    """What code in a migration sees of models related to each other, and writes through them."""
    box, thing = apps.get_model(APP, "Box"), apps.get_model(APP, "Thing")
    held = box.objects.create(id="a" * 10, name="first")
    thing.objects.create(id=1, box=held, label="one")
    SEEN.append([(each.box.name, each.box._meta.get_field("name").max_length) for each in thing.objects.all()])
    SEEN.append([each.label for each in box.objects.get().thing_set.all()])


def key(**more):
    return models.CharField(max_length=10, primary_key=True, **more)


OPERATIONS = [
    migrations.CreateModel("Box", [("id", key()), ("old", models.CharField(max_length=5, default=""))]),
    migrations.CreateModel(
        "Thing",
        [("id", models.BigIntegerField(primary_key=True)), ("box", models.ForeignKey("lean.Box", models.PROTECT))],
    ),
    migrations.CreateModel(
        "Part",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("thing", models.ForeignKey("lean.Thing", models.CASCADE)),
            ("whole", models.ForeignKey("self", models.CASCADE, null=True)),
        ],
    ),
    migrations.RenameField("Box", "old", "name"),
    migrations.AlterField("Box", "name", models.CharField(max_length=40)),
    migrations.AddField("Thing", "label", models.CharField(max_length=9, default="x", db_index=True)),
    migrations.AddIndex("Thing", models.Index(fields=["box", "label"], name="lean_by_label")),
    migrations.AddConstraint("Box", models.CheckConstraint(condition=~models.Q(name="bad"), name="lean_not_bad")),
    migrations.AlterField("Box", "id", models.CharField(max_length=60, primary_key=True)),  # others' columns follow
    migrations.RunPython(look, migrations.RunPython.noop),
    migrations.CreateModel(
        "Tie",
        [("id", models.BigAutoField(primary_key=True)), ("boxes", models.ManyToManyField("lean.Box"))],
    ),
    migrations.RenameModel("Part", "Piece"),
    migrations.AddField("Piece", "box", models.ForeignKey("lean.Box", models.SET_NULL, null=True)),
    migrations.RemoveField("Piece", "thing"),
]


def schema():
    """All that the database says of the tables: columns with types and lengths, keys, indexes, checks."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE tbl_name LIKE 'lean%' ORDER BY 1, 2")
            return cursor.fetchall()
        cursor.execute(
            "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable "
            "FROM information_schema.columns WHERE table_name LIKE 'lean%' ORDER BY 1, ordinal_position"
        )
        columns = cursor.fetchall()
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid::regclass::text LIKE 'lean%' ORDER BY 1, 2"
        )
        keys = cursor.fetchall()
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'lean%' ORDER BY 1")
        return columns, keys, cursor.fetchall()


def made(monkeypatch, how):
    """What is in the database, and what code saw, after all operations; then everything is taken away again."""
    monkeypatch.setattr(ProjectState, "_find_reload_model", how)
    SEEN.clear()
    state = ProjectState()
    assert state.apps  # drawn, as in a run of migrations
    for operation in OPERATIONS:
        before = state.clone()
        operation.state_forwards(APP, state)
        with connection.schema_editor(atomic=True) as editor:
            operation.database_forwards(APP, editor, before, state)
    found = schema(), list(SEEN)
    with connection.schema_editor() as editor:
        state.clear_delayed_apps_cache()
        for name in ("Tie", "Piece", "Thing", "Box"):
            editor.delete_model(state.apps.get_model(APP, name))
    assert not any(table.startswith(APP) for table in connection.introspection.table_names())
    return found


def test_tables_keys_and_what_code_sees_are_the_same(monkeypatch):
    lean, own = made(monkeypatch, _models_to_draw), made(monkeypatch, DJANGOS_OWN)
    assert lean == own
    assert lean[1] == [[("first", 40)], ["one"]]
    said = str(lean[0])
    assert "lean_by_label" in said
    assert "lean_not_bad" in said
    assert said.count("60") >= 3  # the key, and the columns of others that refer to it


def test_what_is_new_or_changes_no_reference_is_drawn_alone(monkeypatch):
    monkeypatch.setattr(ProjectState, "_find_reload_model", _models_to_draw)
    state = ProjectState()
    assert state.apps
    for operation in OPERATIONS[:3]:
        operation.state_forwards(APP, state)
    assert _models_to_draw(state, APP, "part", delay=True) == {(APP, "part")}
    assert _models_to_draw(state, APP, "unheard_of") == {(APP, "unheard_of")}
    assert _models_to_draw(state, APP, "box") == {(APP, "box"), (APP, "thing")}
    assert state.is_delayed

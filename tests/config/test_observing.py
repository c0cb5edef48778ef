"""What the log says of a request and what it never says; what is counted, over several processes; who may read it."""

import json
import logging
import os
import subprocess
import sys
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.db import OperationalError
from django.http import Http404
from django.test import Client, RequestFactory
from tests.builders import AT
from tests.cast import MAYA

from inward.access.models import User
from inward.config import health, logs, metrics
from inward.config.observing import ObservingMiddleware
from inward.core.terms import Reason, Refusal
from inward.kit import clock, outbox, worker
from inward.kit.transaction import transaction

pytestmark = pytest.mark.django_db
SECRETS = ("ada@example.org", "s3cret-token", "Maya", "Lund", "hunter2-hunter2", "inw_")


@pytest.fixture
def house(house):
    with clock.shifted(AT):
        yield house


@pytest.fixture(params=["json", "plain"])
def log(request):
    """What is written on standard error, at the level and in the form of an installation."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines() if request.param == "json" else logs.PlainLines())
    settings = logs.settings(request.param, "debug", debug=False)
    root, before = logging.getLogger(), logging.getLogger().level
    levels = {name: logging.getLogger(name).level for name in settings["loggers"]}
    for name, kept in settings["loggers"].items():
        logging.getLogger(name).setLevel(kept["level"])
    root.addHandler(handler)
    root.setLevel("WARNING")
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def counts(tmp_path, monkeypatch):
    """Counts of their own."""
    shared = metrics.Shared(tmp_path / "metrics")
    monkeypatch.setattr(metrics, "shared", shared)
    monkeypatch.setattr("inward.config.observing.shared", shared)
    return shared


def client(**headers):
    return Client(raise_request_exception=False, HTTP_HOST="localhost", **headers)


class TestTheLog:
    def test_a_request_is_one_line_with_route_status_and_subject(self, house, log, counts):
        browser = client()
        browser.force_login(User.objects.get(username=MAYA.code))
        log.truncate(0)
        log.seek(0)
        answer = browser.get("/shop/?q=Maya+Lund", headers={"X-Request-ID": "given-by-proxy"})

        assert answer["X-Request-ID"] == "given-by-proxy"
        (line,) = log.getvalue().splitlines()
        subject = User.objects.get(username=MAYA.code).subject
        if line.startswith("{"):
            said = json.loads(line)
            assert (said["route"], said["status"], said["method"]) == ("shop", 200, "GET")
            assert (said["request"], said["subject"]) == ("given-by-proxy", subject)
            assert said["ms"] > 0
        else:
            assert "route=shop status=200" in line
            assert f"subject={subject}" in line
        assert "Lund" not in line

    def test_secrets_sent_through_every_door_are_not_in_it(self, house, log, counts):
        browser = client()
        headers = {
            "Authorization": "Bearer inw_s3cret-token",
            "User-Agent": "hunter2-hunter2",
            "Referer": "/ada@example.org",
        }
        browser.post("/door/login/?next=/ada@example.org", {"login": "ada@example.org", "password": "hunter2-hunter2"})
        browser.get("/api/v1/orders?token=s3cret-token", headers=headers)
        browser.post("/api/v1/orders", '{"person": "Maya Lund', content_type="application/json", headers=headers)
        browser.get("/nowhere/ada@example.org/?q=s3cret-token", headers=headers)
        browser.get("/", headers={"Host": "ada@example.org", "X-Request-ID": "ada@example.org s3cret-token"})
        browser.post("/door/language/", {"language": "Maya Lund"}, headers=headers)

        written = log.getvalue()
        assert written.count("request") >= 6
        assert [secret for secret in SECRETS if secret in written] == []

    def test_an_error_is_said_by_kind_and_place_alone(self, house, log, counts, monkeypatch):
        def broken(*_args, **_more):
            raise ValueError("ada@example.org hunter2-hunter2")

        monkeypatch.setattr("inward.web.home.views.shop.render", broken)
        browser = client()
        browser.force_login(User.objects.get(username=MAYA.code))
        answer = browser.get("/shop/")

        assert answer.status_code == 500
        written = log.getvalue()
        assert "ValueError" in written
        assert "shop.py:" in written
        assert [secret for secret in SECRETS if secret in written] == []
        assert answer["X-Request-ID"] in written
        assert answer["X-Request-ID"] in answer.content.decode()

    def test_other_libraries_are_quoted_without_what_they_filled_in(self, log):
        logging.getLogger("somebody.elses").warning("could not write to %s", "ada@example.org")
        logging.getLogger("inward.worker").warning("task %s\nfailed", 7)
        first, second = log.getvalue().splitlines()
        assert "could not write to %s" in first
        assert "ada" not in first
        assert "task 7" in second

    def test_a_failing_task_does_not_tell_whom_it_was_for(self, log, monkeypatch):
        monkeypatch.setattr(
            worker, "_do", lambda task, at: (_ for _ in ()).throw(ValueError("no mailbox ada@example.org"))
        )
        with transaction():
            outbox.schedule("kit.forget_done_tasks", clock.now(), at=clock.now())
        worker.drain(limit=1)
        assert "ValueError" in log.getvalue()
        assert "ada" not in log.getvalue()

    def test_debugging_shows_everything(self):
        settings = logs.settings("json", "info", debug=True)
        assert settings["formatters"]["lines"]["()"].endswith("EverythingLines")
        assert settings["loggers"]["django.request"]["level"] == "WARNING"


class TestHealth:
    def test_a_probe_needs_no_host_name_and_no_session(self, counts):
        answer = Client(HTTP_HOST="10.0.0.7:8000").get("/healthz")
        assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
        assert counts.total() == {}

    def test_ready_says_what_is_well(self):
        answer = client().get("/readyz")
        checks = {"database": True, "tables": True, "queue": True, "worker": False}
        assert (answer.status_code, answer.json()) == (200, {"status": "ready", "checks": checks})
        at = clock.now()
        worker.beat("one", started_at=at, at=at, handled=0)
        assert client().get("/readyz").json()["checks"]["worker"] is True

    def test_a_queue_that_stands_still_is_not_ready(self):
        at = clock.now()
        with transaction():
            outbox.schedule("kit.forget_done_tasks", at - timedelta(minutes=4), at=at)
        assert client().get("/readyz").status_code == 200
        with transaction():
            outbox.schedule("kit.forget_done_tasks", at - timedelta(minutes=6), at=at)
        answer = client().get("/readyz")
        assert (answer.status_code, answer.json()["checks"]["queue"]) == (503, False)

    def test_tables_of_another_version_are_not_ready(self, monkeypatch):
        monkeypatch.setattr(health, "_tables", health._Tables())
        monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["one to come"])
        assert client().get("/readyz").status_code == 503

    def test_a_database_that_is_away_is_not_ready(self, monkeypatch):
        class Away:
            def cursor(self):
                raise OperationalError("connection refused")

            def close(self):
                pass

        monkeypatch.setattr(health, "connection", Away())
        answer = Client().get("/readyz")
        assert (answer.status_code, answer.json()["checks"]["database"]) == (503, False)


class TestFigures:
    def read(self, **headers):
        answer = client().get("/metrics", headers=headers)
        return answer.status_code, answer.content.decode()

    def test_requests_are_counted_by_route_and_status_with_their_time(self, house, counts):
        browser = client()
        browser.force_login(User.objects.get(username=MAYA.code))
        browser.get("/shop/")
        browser.get("/shop/")
        browser.get("/shop/no-such-thing/")
        browser.get("/static/inward/css/inward.css")
        status, text = self.read()

        assert status == 200
        assert 'inward_requests_total{route="shop",method="GET",status="200"} 2' in text
        assert 'inward_requests_total{route="offering",method="GET",status="404"} 1' in text
        assert 'inward_request_seconds_bucket{route="shop",le="+Inf"} 2' in text
        assert 'inward_request_seconds_count{route="shop"} 2' in text
        assert 'inward_database_queries_total{route="shop"}' in text
        assert "static" not in text
        assert 'inward_queue_tasks{state="stuck"} 0' in text
        assert "inward_orders_placed_total 0" in text
        assert "inward_database_up 1" in text
        for line in text.splitlines():
            assert line.startswith("#") or line.rpartition(" ")[2].replace(".", "").replace("e-", "").isdigit(), line

    def test_refusals_are_counted_by_reason(self, house, counts):
        def refusing(request):
            request.refused_with = ("allowance_spent",)
            from django.http import HttpResponse

            return HttpResponse(status=422)

        request = RequestFactory().post("/x")
        request.resolver_match = None
        ObservingMiddleware(refusing)(request)
        assert 'inward_refusals_total{reason="allowance_spent"} 1' in self.read()[1]

    def test_a_refusal_on_a_page_and_in_the_api_says_its_reason(self, rf):
        from http import HTTPStatus

        from inward.api.problems import problem
        from inward.web.components.errors import problem_of

        request = rf.get("/")
        problem_of(request, Refusal(Reason.of("list_cursor")))
        assert request.refused_with == ("list_cursor",)
        problem(request, HTTPStatus.NOT_FOUND, "x", reasons=(Reason.of("link_over"),))
        assert request.refused_with == ("link_over",)

    def test_only_this_machine_reads_them_without_a_token(self, counts, settings):
        assert self.read()[0] == 200
        assert self.read(**{"X-Forwarded-For": "203.0.113.7"})[0] == 404
        assert client().get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
        assert client().get("/metrics", REMOTE_ADDR="").status_code == 404
        settings.INWARD_METRICS_TOKEN = "watching"
        assert self.read()[0] == 404
        assert self.read(Authorization="Bearer watchinG")[0] == 404
        through = {"Authorization": "Bearer watching", "X-Forwarded-For": "203.0.113.7"}
        assert self.read(**through)[0] == 200

    def test_processes_are_added_up(self, tmp_path):
        code = (
            "import sys, pathlib\nfrom inward.config.metrics import Shared, REQUESTS, SECONDS\n"
            "s = Shared(pathlib.Path(sys.argv[1])); c = s.started()\n"
            "c.add(REQUESTS, 'shop', 'GET', '200', by=3); c.observe(SECONDS, 'shop', seconds=0.02); s.write()\n"
        )
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "inward.config.settings"}
        for _ in range(2):
            subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=env, check=True)
        here = metrics.Shared(tmp_path)
        here.started().add(metrics.REQUESTS, "shop", "GET", "200")

        text = metrics.text(metrics.COUNTED, here.total(), {})
        assert 'inward_requests_total{route="shop",method="GET",status="200"} 7' in text
        assert 'inward_request_seconds_bucket{route="shop",le="0.01"} 0' in text
        assert 'inward_request_seconds_bucket{route="shop",le="0.025"} 2' in text

    def test_a_full_disk_makes_figures_late_and_nothing_else(self, tmp_path):
        (tmp_path / "metrics").write_text("in the way", encoding="utf-8")
        here = metrics.Shared(tmp_path / "metrics")
        here.started().add(metrics.REQUESTS, "shop", "GET", "200")
        here.write()
        assert sum(here.total().values()) == 1
        (tmp_path / "metrics").unlink()
        here.write()
        assert len(list((tmp_path / "metrics").glob("*.json"))) == 1

    def test_counting_from_many_threads_loses_nothing(self, tmp_path):
        counts = metrics.Shared(tmp_path).started()

        def count():
            for _ in range(500):
                counts.add(metrics.REFUSALS, "x")

        threads = [threading.Thread(target=count) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(counts.sums.values()) == 2000


def test_a_request_that_ends_in_an_error_outside_views_still_says_its_id(rf):
    def gone(_request):
        raise Http404

    with pytest.raises(Http404):
        ObservingMiddleware(gone)(rf.get("/"))
    assert logs.REQUEST_ID.get() == ""

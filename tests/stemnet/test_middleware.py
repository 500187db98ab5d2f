"""Where a request comes from, and what the logs hold."""

import json
import logging

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from stemnet.middleware import answering, asking
from stemnet.middleware.headers import TextGZipMiddleware
from stemnet.observing import fault_reports, log
from tests.factories import a_user


def a_request(path="/networks/", **extra):
    """Make a request from 10.0.0.9."""
    request = RequestFactory().get(path, REMOTE_ADDR="10.0.0.9", **extra)
    request.resolver_match = None
    return request


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.1.1.1, 2.2.2.2", "10.0.0.9"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "9.9.9.9, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "2.2.2.2", "2.2.2.2"),
        (1, "", "10.0.0.9"),
        (1, "192.0.2.1:4711", "192.0.2.1"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "[2001:db8::1]", "2001:db8::1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "::ffff:192.0.2.1", "192.0.2.1"),
        (1, "unknown", "10.0.0.9"),
        (1, "_hidden, 999.1.1.1", "10.0.0.9"),
    ],
)
def test_client_address_trusts_as_many_proxies_as_are_ours(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    assert asking.client_address(a_request(headers={"X-Forwarded-For": forwarded})) == address


@pytest.fixture
def lines(monkeypatch, settings):
    """Collect what the request log writes."""
    settings.TESTING = False
    written = []
    monkeypatch.setattr(
        answering, "log", type("Log", (), {"info": lambda _self, event, **values: written.append(values)})()
    )
    return written


def test_request_log_holds_no_path_no_query_and_no_person(lines):
    answering.RequestLogMiddleware(lambda _request: HttpResponse())(a_request("/verify/SECRET/?q=ada"))
    assert [set(line) for line in lines] == [{"method", "view", "status", "ms"}]


def test_request_log_knows_nothing_of_evaluations(lines):
    answering.RequestLogMiddleware(lambda _request: HttpResponse())(a_request("/learning/x/evaluation/"))
    assert lines == []


def a_record(level, path, exc_info=None):
    """Make the record that Django writes for a bad answer."""
    record = logging.LogRecord("django.request", level, "", 1, "Bad: %s", (path,), exc_info)
    record.request = a_request(path)
    return record


def test_a_warning_about_an_evaluation_is_not_written():
    record = a_record(logging.WARNING, "/learning/x/evaluation/")
    assert log.EvaluationsUnseen().filter(record) is False


def test_a_fault_in_an_evaluation_is_written_without_path_or_answer():
    error = ValueError("my answer")
    record = a_record(logging.ERROR, "/learning/x/evaluation/", (ValueError, error, None))
    assert log.EvaluationsUnseen().filter(record) is True
    assert (record.getMessage(), record.exc_info) == ("An evaluation: ValueError", None)
    assert not hasattr(record, "request")


@pytest.mark.parametrize(
    ("route", "written"), [("u/<str:token>/", "u/<str:token>/"), ("", "no such address")]
)
def test_a_warning_holds_the_pattern_of_an_address_and_no_private_link(route, written):
    record = a_record(logging.WARNING, "/u/SECRET/")
    record.request.resolver_match = type("Match", (), {"route": route})() if route else None
    assert log.PathsUnseen().filter(record) is True
    assert record.getMessage() == f"Bad: {written}"


def test_other_warnings_are_written():
    assert log.EvaluationsUnseen().filter(a_record(logging.WARNING, "/networks/")) is True


def test_fault_reports_drop_evaluations_and_queries():
    dropped = fault_reports.without_evaluations({"request": {"url": "https://x/learning/a/evaluation/"}}, {})
    kept = fault_reports.without_evaluations(
        {"request": {"url": "https://x/networks/", "query_string": "q=ada", "cookies": {"a": "b"}}}, {}
    )
    assert (dropped, kept) == (None, {"request": {"url": "https://x/networks/"}})


def sent(client, path, **headers):
    """Return the answer to a browser, and its bytes."""
    answer = client.get(path, headers={"accept-encoding": "gzip, br", **headers})
    return answer, b"".join(answer)


@pytest.mark.django_db
def test_a_page_is_sent_compressed_with_padding_of_a_random_length(client):
    answers = [sent(client, "/accessibility/") for _time in range(10)]
    assert {answer.headers["Content-Encoding"] for answer, _body in answers} == {"gzip"}
    assert len({len(body) for _answer, body in answers}) > 1


@pytest.mark.parametrize(
    ("path", "encoding"),
    [
        ("/static/css/portal.css", "gzip"),
        ("/static/js/portal.js", "gzip"),
        ("/static/vendor/inter/files/inter-latin-wght-normal.woff2", ""),
    ],
)
def test_of_files_only_text_is_sent_compressed(client, path, encoding):
    answer, _body = sent(client, path)
    assert answer.headers.get("Content-Encoding", "") == encoding


def test_a_piece_of_a_file_is_sent_as_it_is(client):
    answer, body = sent(client, "/static/css/portal.css", range="bytes=0-99")
    assert (len(body), answer.headers.get("Content-Encoding")) == (100, None)


def test_a_compressed_file_that_did_not_change_is_not_sent_again(client):
    first, _body = sent(client, "/static/css/portal.css")
    again, body = sent(client, first.request["PATH_INFO"], **{"if-modified-since": first["Last-Modified"]})
    assert (again.status_code, body) == (304, b"")


def test_a_no_is_written_without_a_traceback():
    record = a_record(logging.WARNING, "/staff/", (ValueError, ValueError("no"), None))
    assert log.PathsUnseen().filter(record) is True
    assert record.exc_info is None


def test_a_fault_keeps_its_traceback_and_gets_its_number():
    record = a_record(logging.ERROR, "/staff/", (ValueError, ValueError("no"), None))
    record.request.fault_number = "ABCD2345"
    assert log.FaultNumbers().filter(record) and log.PathsUnseen().filter(record)
    line = json.loads(log.json_formatter().format(record))
    assert (line["fault"], "ValueError" in line["exception"]) == ("ABCD2345", True)


def test_what_is_streamed_is_compressed_piece_by_piece(rf):
    written = []

    def rows():
        for number in range(3):
            written.append(number)
            yield f"row {number}," * 100 + "\n"

    answer = TextGZipMiddleware(lambda request: StreamingHttpResponse(rows(), content_type="text/csv"))(
        rf.get("/", headers={"accept-encoding": "gzip"})
    )
    assert (answer.streaming, answer["Content-Encoding"], written) == (True, "gzip", [])
    pieces = iter(answer)
    next(pieces)
    assert len(written) < 3
    b"".join(pieces)


@pytest.mark.django_db
def test_a_page_for_one_person_is_compressed_and_stored_by_nobody(client):
    client.force_login(a_user())
    answer, _body = sent(client, "/learning/")
    assert (answer["Content-Encoding"], "no-store" in answer["Cache-Control"]) == ("gzip", True)

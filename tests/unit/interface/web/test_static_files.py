from django.conf import settings
from django.test import Client

from timpora.interface.web.static_files import StaticFiles

ADDRESS = "/static/css/cases.css"


def test_a_static_file_comes_in_one_piece_and_is_known_again():
    answer = Client().get(ADDRESS)
    assert (answer.status_code, answer.streaming) == (200, False)
    assert b".case-form" in answer.content
    assert answer["Content-Type"].startswith("text/css")
    assert int(answer["Content-Length"]) == len(answer.content)
    again = Client().get(ADDRESS, headers={"if-modified-since": answer["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_part_of_it_and_its_head_alone_are_answered_too():
    whole = Client().get(ADDRESS).content
    part = Client().get(ADDRESS, headers={"range": "bytes=2-5"})
    assert (part.status_code, part.content) == (206, whole[2:6])
    head = Client().head(ADDRESS)
    assert (head.content, int(head["Content-Length"])) == (b"", len(whole))


def test_the_program_serves_its_files_so_and_says_nothing_of_refusals():
    named = f"{StaticFiles.__module__}.{StaticFiles.__qualname__}"
    assert named in settings.MIDDLEWARE
    assert not [name for name in settings.MIDDLEWARE if name.startswith("whitenoise")]
    levels = {name: told["level"] for name, told in settings.LOGGING["loggers"].items()}
    assert levels["django.request"] == levels["django.security.csrf"] == "ERROR"

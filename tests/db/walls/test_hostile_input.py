"""What no form would send: every field, query, path, header and cookie of every address (P29).

Nothing may break (5xx) or hang; which refusal it is, is told elsewhere. Values are bytes as they travel,
so that no helper of ours mends them on the way.
"""

import time

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from tests.db.walls.addresses import asks_query, doors, forms_of, names_asked, names_read
from tests.db.walls.bodies import URLENCODED, files_of, of_classes
from tests.db.walls.house import house_kept
from tests.depth import share

pytestmark = pytest.mark.django_db
SECONDS = 2.0
LONG = b"x" * 100_000
STORM = b"A%00%1b%ED%A0%80%E2%80%AE%D9%85%F0%9F%98%80%EF%BF%BFz"
RAW = {
    "storm": STORM,
    "overlong": b"%C0%80%E0%80%AF%FF%FE%80%",
    "long": LONG,
    "digits": b"9" * 5_000,
    "code": b"%7B%7B7*7%7D%7D%25s%7B0%7D%0D%0ASet-Cookie:+jahat=1%3Cscript%3E%27%3B--",
}
IN_FORMS = {"storm", "overlong", "long"}
IN_QUERIES_OF_THINGS = ("storm",)
DAYS = (b"9999-12-31", b"0001-01-01")
NUMBERS = (b"9" * 30, b"%EF%BC%91%EF%BC%92")
PATHS = ("%00", "%ED%A0%80", "%C0%80", "%FF", "x" * 10_000, "%F0%9F%98%80", "..%2f..%2f", "9" * 400, "%0d%0a")
ODD_HEADERS = {
    "Accept": ["*/*;q=\x00", ";;;,,,", "a/b;" * 5_000],
    "Accept-Language": ["id\x00", "x" * 100_000, "en;q=9e999," * 500, "\xff\xfe"],
    "Accept-Encoding": ["gzip;q=nan", "\xff"],
    "HX-Request": ["\xff"],
    "HX-Current-URL": ["http://[", "http://\x00", "//" * 5_000, "\xff"],
    "If-Modified-Since": ["Thu, 99 Foo 99999 99:99:99 GMT"],
    "If-None-Match": ['"' * 10_000, "W/" * 1_000],
    "Origin": ["null", "http://[::1", "\xff"],
    "Range": ["bytes=" + "0-1," * 5_000, "bytes=9-" + "9" * 400],
    "Referer": ["http://[", "\x00", "\xff", "//" * 5_000],
    "X-Forwarded-For": ["\x00", "1" * 100_000, "::ffff:%en0"],
    "X-Forwarded-Host": ["jahat.example", "[", "\xff"],
    "X-Forwarded-Proto": ["https", "\x00"],
}


def faults(client, asks):
    """Send each (name, verb, url, body, kind, headers); return those that broke or took too long."""
    found = {}
    for name, verb, url, body, kind, headers in asks:
        began = time.process_time()
        with house_kept(client):
            answer = client.generic(verb, url, body, kind, headers=headers)
            status = answer.status_code
        took = time.process_time() - began
        if status >= 500 or took > SECONDS:
            found[name] = (status, round(took, 1))
    return found


def raw(values):
    return b"&".join(name.encode() + b"=" + value for name, value in values)


def telling(filled):
    """Return filled fields as they travel."""
    return [
        (name, value.encode().hex("%", 1).join(("%", "")).encode() if value else b"")
        for name, told in filled.items()
        for value in told
    ]


TAKING = [door for door in doors() if "POST" in door.verbs]
GIVING = [door for door in doors() if "GET" in door.verbs]


@pytest.mark.parametrize("door", TAKING, ids=str)
def test_no_field_of_a_form_breaks_it(door, house, pages):
    url, client = reverse(door.name, kwargs=house.own(door)), house.reader(door)
    right = of_classes(door) | pages.get(door.name, {})
    fields = {n: f for form in forms_of(door.module) for n, f in form.base_fields.items()}
    asks = [(kind, raw((name, value) for name in right)) for kind, value in RAW.items() if kind in IN_FORMS]
    typed = sorted(right.keys() & (names_read(door.view) | pages.get(door.name, {}).keys()))
    for name in share(typed, 3):
        rest = telling({n: told for n, told in right.items() if n != name})
        asks += [(f"{name} {value[:20]}", raw([*rest, (name, value)])) for value in odd(fields.get(name))]
    told = faults(client, [(name, "POST", url, body, URLENCODED, {}) for name, body in asks])
    assert told == {}


def odd(field):
    """Return what to put into one field alone, while all others are right."""
    if isinstance(field, forms.DateField):
        return DAYS
    if isinstance(field, forms.IntegerField):
        return NUMBERS
    if isinstance(field, forms.ChoiceField | forms.UUIDField | forms.FileField):
        return ()  # refused by the field itself, which all of them together show
    return (STORM,)


def test_no_query_breaks_a_page(house):
    asks = {}
    # A page of a thing whose view never looks at the query answers as one that was asked without.
    for door in (door for door in GIVING if not door.params or asks_query(door.view)):
        url, names = reverse(door.name, kwargs=house.own(door)), sorted(names_asked(door.module))
        # A page that lists reads its query; one of a thing reads it seldom.
        kinds = IN_QUERIES_OF_THINGS if door.params else RAW
        queries = {kind: raw((name, RAW[kind][:4_000]) for name in names) for kind in kinds}
        if not door.params:
            queries |= {n: raw([(n, STORM)]) for n in names_read(door.view)}
        asks.setdefault(house.reader(door), []).extend(
            (f"{door} {kind}", "GET", f"{url}?{query.decode()}", b"", "", {})
            for kind, query in share(queries.items(), 2)
        )
    assert {k: v for client, sent in asks.items() for k, v in faults(client, sent).items()} == {}


def test_no_path_breaks_the_program(house):
    """Every part of a path that is text or a number, as bytes."""
    told = {}
    for door in doors():
        for name, converter in door.params:
            if converter == "UUIDConverter":
                continue
            mark = 4242424242 if converter == "IntConverter" else "tandatanda"
            url = reverse(door.name, kwargs=house.own(door) | {name: mark})
            asks = [
                (f"{door} {p[:9]}", v, url.replace(str(mark), p), b"", URLENCODED, {})
                for p in PATHS
                for v in sorted(door.verbs)
            ]
            told |= faults(house.reader(door), asks)
    assert told == {}


def test_no_header_breaks_a_page(house):
    client = house.client("inteldakim_head")
    urls = ["/masuk", reverse("operations:list"), reverse("map:boundaries", args=["ID"])]
    asks = [
        (f"{url} {name} {value[:12]!r}", "GET", url, b"", "", {name: value})
        for url in urls
        for name, values in ODD_HEADERS.items()
        for value in values
    ]
    assert faults(client, asks) == {}


def test_no_cookie_breaks_a_page(house):
    told = {}
    for name in ("timpora_session", "timpora_csrf", "timpora_language", "messages", "lain"):
        for value in ('"\\000"', "x" * 8_000, "\xff\xfe", "{}", "; ; =", "W1siX19qc29uX21lc3NhZ2UiXQ"):
            client = Client(raise_request_exception=False, enforce_csrf_checks=True)
            headers = {"cookie": f"{name}={value}"}
            asks = [
                (f"{name} {value[:9]!r} {verb}", verb, "/masuk", b"username=a", URLENCODED, headers)
                for verb in ("GET", "POST")
            ]
            told |= faults(client, asks)
    assert told == {}


def part(disposition, body=b"a", extra=b""):
    return b"--x\r\nContent-Disposition: " + disposition + b"\r\n" + extra + b"\r\n" + body + b"\r\n"


END = b"--x--\r\n"
FILE = b'form-data; name="%s"; filename="%s"'
ODDITIES = {
    "no file name": part(b'form-data; name="berkas"; filename=""') + END,
    "path": part(FILE % (b"berkas", b"../../../etc/passwd"), b"Nama;No Paspor\r\nA;B1\r\n") + END,
    "windows path": part(FILE % (b"berkas", b"C:\\\\x\\\\y.csv")) + END,
    "nul": part(FILE % (b"berkas", b"a\x00.csv")) + END,
    "long name": part(FILE % (b"berkas", b"n" * 20_000 + b".csv")) + END,
    "surrogate": part(FILE % (b"berkas", b"\xed\xa0\x80.csv")) + END,
    "encoded name": part(b"form-data; name=\"berkas\"; filename*=UTF-8''%00%FF..%2f.csv") + END,
    "odd encoded name": part(b"form-data; name=\"berkas\"; filename*=hex''zz") + END,
    "empty": part(FILE % (b"berkas", b"a.csv"), b"") + END,
    "no name": part(b"form-data") + END,
    "no disposition": b"--x\r\n\r\na\r\n" + END,
    "not base64": part(FILE % (b"berkas", b"a.csv"), b"!!!", b"Content-Transfer-Encoding: base64\r\n") + END,
    "cut": part(FILE % (b"berkas", b"a.csv"))[:-5],
    "nothing": b"",
    "1,001 fields": b"".join(part(b'form-data; name="f%d"' % n) for n in range(1_001)) + END,
    "2,001 fields": b"".join(part(b'form-data; name="f%d"' % n) for n in range(2_001)) + END,
    "101 files": b"".join(part(FILE % (b"berkas", b"a.csv")) for _ in range(101)) + END,
    "a thousand headers": part(FILE % (b"berkas", b"a.csv"), b"a", b"X-A: b\r\n" * 1_000) + END,
    "field of 6 MB": part(b'form-data; name="keadaan"', b"x" * 6_000_000) + END,
}
KINDS = (
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "y" * 300,
    "multipart/form-data; boundary=\xff",
    "multipart/mixed; boundary=x",
)


def test_no_odd_parcel_breaks_a_form(house):
    told = {}
    for door in (d for d in TAKING if files_of(d) or d.name in {"identity:sign-in", "api:report-submit"}):
        url, client = reverse(door.name, kwargs=house.own(door)), house.reader(door)
        day = part(b'form-data; name="keadaan"', b"22-08-2024")
        asks = [(f"{door} {name}", "POST", url, day + body, KINDS[0], {}) for name, body in ODDITIES.items()]
        asks += [(f"{door} {kind[:40]}", "POST", url, ODDITIES["path"], kind, {}) for kind in KINDS[1:]]
        asks = share(asks, 3)
        told |= faults(client, asks)
        strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
        strict.cookies.load({n: m.value for n, m in client.cookies.items()})
        told |= {f"strict {name}": found for name, found in faults(strict, asks).items()}
    assert told == {}


def test_a_field_beyond_the_limit_is_told_with_the_limit(house):
    client = house.client("inteldakim_head")
    with house_kept(client):
        answer = client.post("/tujuan", b"reference=" + b"x" * 6_000_000, URLENCODED)
    assert answer.status_code == 413
    assert "5 MB" in answer.content.decode()

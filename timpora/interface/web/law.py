"""The law as the program knows it: articles with their versions, dated values, loaded files."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from timpora.domain.law.cite import Article, LawBook, Value
from timpora.domain.rules.registry import ALL_RULES
from timpora.domain.rules.rule import Rule
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.interface.web.zones import zone_of_actor
from timpora.kernel import clock
from timpora.kernel.access import P
from timpora.kernel.lawbook.store import law_files, lawbook


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute with its articles, the newest version of each."""

    id: str
    title: str
    articles: tuple[Article, ...]

    @property
    def unverified(self) -> int:
        """Return how many of its articles were not read in their source."""
        return sum(not article.is_verified for article in self.articles)


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A number of law with its article; `is_now` says whether it holds on the day."""

    value: Value
    article: Article
    is_now: bool


def statutes_of(book: LawBook) -> list[Statute]:
    """Return all statutes by title, each with its articles in the order of the file."""
    found: dict[str, list[Article]] = defaultdict(list)
    for versions in book.texts.values():
        found[versions[-1].statute].append(versions[-1])
    statutes = [
        Statute(key, rows[0].statute_title, tuple(sorted(rows, key=_order))) for key, rows in found.items()
    ]
    return sorted(statutes, key=lambda statute: statute.title)


def _order(article: Article) -> tuple[tuple[int, str], ...]:
    """Return what sorts Pasal 9 before Pasal 78."""
    parts = re.findall(r"[0-9]+|[^0-9]+", article.id)
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def values_of(book: LawBook, on: date) -> list[ValueLine]:
    """Return every dated number, by title and then newest first."""
    lines = [
        ValueLine(value, book.versions(value.cite)[-1], on in value.period)
        for versions in book.values.values()
        for value in versions
    ]
    return sorted(lines, key=lambda line: (line.value.title, -line.value.period.starts.toordinal()))


@require_GET
@needs(P.LAW_BOOK_READ)
def listing(request: OfficerRequest) -> HttpResponse:
    """List statutes, the numbers of law with their days, and the files an office has loaded."""
    book, zone = lawbook(), zone_of_actor(request.actor)
    page = {
        "statutes": statutes_of(book),
        "values": values_of(book, clock.today(zone)),
        "files": law_files(),
        "digest": book.digest,
        "zone": zone,
    }
    return render(request, "law/list.html", page)


@require_GET
@needs(P.LAW_BOOK_READ)
def article(request: OfficerRequest, cite: str) -> HttpResponse:
    """Show an article with its versions, or a statute with its articles."""
    book, on = lawbook(), clock.today(zone_of_actor(request.actor))
    statute = {statute.id: statute for statute in statutes_of(book)}.get(cite.partition("/")[0])
    versions = book.texts.get(cite, ())
    if statute is None or not (versions or cite == statute.id):
        raise Http404
    page = {
        "cite": cite,
        "statute": statute,
        "versions": [(version, on in version.period) for version in reversed(versions)],
        "others": [other for other in statute.articles if other.id != cite],
        "values": [line for line in values_of(book, on) if line.value.cite == cite],
        "rules": _rules_on(cite, ALL_RULES),
        "digest": book.digest,
    }
    return render(request, "law/article.html", page)


def _rules_on(cite: str, rules: Mapping[str, Rule]) -> list[Rule]:
    return [rule for rule in rules.values() if cite in rule.articles]


app_name = "law"
urlpatterns = [
    path("hukum", listing, name="list"),
    path("hukum/<path:cite>", article, name="article"),
]

"""How the office writes instants, days, figures and names."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.utils.translation import override

from timpora.interface.web.templatetags import office
from timpora.kernel import clock

NOON = datetime(2024, 8, 21, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "said"),
    [
        (NOON, "WITA", "hari ini 12.05 WITA"),
        (NOON, "Asia/Makassar", "hari ini 12.05 WITA"),
        (NOON, "WIB", "hari ini 11.05 WIB"),
        (datetime(2024, 8, 20, 3, 0, tzinfo=UTC), "WITA", "kemarin 11.00 WITA"),
        # Half past midnight in the east is already tomorrow, whatever Greenwich thinks.
        (datetime(2024, 8, 21, 15, 30, tzinfo=UTC), "WIT", "besok 00.30 WIT"),
        (datetime(2024, 8, 12, 3, 0, tzinfo=UTC), "WITA", "12-08-2024 11.00 WITA"),
    ],
)
def test_when_speaks_of_the_place(at: datetime, zone: str, said: str) -> None:
    with clock.standing_at(NOON):
        text = office.when(at, zone)
    assert f">{said}</time>" in text
    assert "UTC+0" in text


def test_unknown_is_said_and_not_invented() -> None:
    assert office.when(None) == "belum diketahui"
    assert office.day(None) == "tidak diketahui"
    assert office.ago(None) == "belum pernah"
    assert office.due(None) == "tanpa tenggat"
    assert "tidak diketahui" in office.marked(None, "A")


def test_two_texts_with_little_in_common_are_not_marked_all_over() -> None:
    assert office.marked("Mess Lontar Nusa", "Hotel Sinar Pagi") == "Mess Lontar Nusa"
    assert office.marked("EJ7970293", "EJ7970239").count("<mark>") == 1


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "baru saja"), (5, "5 menit lalu"), (60, "1 jam lalu"), (179, "2 jam lalu"), (1440, "1 hari lalu")],
)
def test_ago(minutes: int, said: str) -> None:
    with clock.standing_at(NOON):
        assert f">{said}</time>" in office.ago(NOON - timedelta(minutes=minutes))


def test_deadlines_name_their_day() -> None:
    with clock.standing_at(NOON):
        assert ">6 hari lagi (27-08-2024)<" in office.due(date(2024, 8, 27), "WITA")
        assert ">hari ini (21-08-2024)<" in office.due(date(2024, 8, 21), "WITA")
        assert ">lewat 2 hari (19-08-2024)<" in office.due(date(2024, 8, 19), "WITA")
    assert ">3 hari kerja lagi (27-08-2024)<" in office.due_text(date(2024, 8, 27), 3)


def test_figures() -> None:
    assert office.number(40130) == "40.130"
    assert office.number(Decimal("12.5")) == "12,5"
    with override("en"):
        assert office.number(40130) == "40.130"
    assert office.number(0) == "0"
    assert office.number(None) == "–"
    assert office.rupiah(60_000_000) == "Rp60.000.000"
    assert office.plain_number(0.5) == "0.5"
    assert office.percent_of(999, 1000) == 99
    assert office.percent_of(1, 0) == 0


def test_a_masked_name_keeps_its_shape_only() -> None:
    assert office.masked("MUHAMMAD ALI") == "M••••• A••"
    assert office.masked("SITI") == "S•••"
    assert office.masked(None) == ""


def test_marks_only_what_differs_and_escapes() -> None:
    assert office.marked("ALI", "ALY") == "AL<mark>I</mark>"
    assert office.marked("ALI", "ALI") == "ALI"
    assert "<b>" not in office.marked("<b>", "x")
    assert "<b>" not in office.marked("<b>", None)
    assert "<b>" not in office.marked("<b>", "<b>")


def test_icons_escape_and_hide_from_readers() -> None:
    assert 'aria-hidden="true"' in office.icon("check")
    assert 'aria-label="&lt;b&gt;"' in office.icon("check", "<b>")


def test_phone_shows_four_places_at_most() -> None:
    def places(count: int) -> list[dict[str, object]]:
        return [{"label": i, "is_on_phone": i % 2 == 0} for i in range(count)]

    assert len(office.phone_places(places(4))) == 4
    assert [place["label"] for place in office.phone_places(places(7))] == [0, 2, 4]


class _Form(forms.Form):
    name = forms.CharField(help_text="Seperti tertulis.")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    is_ready = forms.BooleanField()


def test_controls_are_dressed_and_described() -> None:
    form = _Form({"name": ""})
    drawn = office.control(form["name"])
    assert 'class="form-control"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert "form-control" not in office.control(form["kind"])
    assert office.is_choices(form["kind"])
    assert not office.is_choices(form["name"])
    assert office.is_box(form["is_ready"])
    assert not office.is_box(form["kind"])


def test_no_line_breaks_within_a_day_and_what_is_written_stays_escaped() -> None:
    said = office.whole_days("Berakhir 15-07-2024 <b>")
    assert said == 'Berakhir <span class="nowrap">15-07-2024</span> &lt;b&gt;'

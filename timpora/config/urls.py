"""All addresses of the program; officers read them, so they are Indonesian."""

from django.urls import include, path

from timpora.interface.api import reports
from timpora.interface.field import views as field
from timpora.interface.web import (
    accountability,
    accounts,
    cases,
    devices,
    errors,
    identity,
    indications,
    intake,
    join,
    law,
    maps,
    offices,
    operations,
    posko,
    posts,
    protection,
    registry,
    start,
    style,
    verify,
    wilayah,
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("", include(start)),
    path("", include(field)),
    path("", include(accountability)),
    path("", include(accounts)),
    path("", include(cases)),
    path("", include(devices)),
    path("", include(identity)),
    path("", include(indications)),
    path("", include(intake)),
    path("", include(join)),
    path("", include(law)),
    path("", include(maps)),
    path("", include(offices)),
    path("", include(operations)),
    path("", include(posko)),
    path("", include(posts)),
    path("", include(protection)),
    path("", include(registry)),
    path("", include(reports)),
    path("", include(style)),
    path("", include(verify)),
    path("", include(wilayah)),
]

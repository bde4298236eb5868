"""The product's addresses and the empty view."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from yifa.site import urls
from yifa.site.urls import handler500 as handler500


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("bench/empty/", empty), *urls.urlpatterns]

"""Coming and going."""

from urllib.parse import urlsplit

from django.contrib.auth import views
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from greysift.review.visit import MemberRequest


class Login(views.LoginView):
    """The login page.

    A partial that was asked for after the session had ended must not show it inside a page: the whole
    page goes to the login then, and comes back afterwards.
    """

    template_name = "review/login.html"
    redirect_authenticated_user = True

    def get(self, request: MemberRequest, *args: object, **kwargs: object) -> HttpResponse:  # type: ignore[override]
        """Show the form, or send a page that wanted a partial here."""
        if request.htmx:
            back = urlsplit(request.htmx.current_url or "").path
            return HttpResponseClientRedirect(f"{resolve_url('login')}?next={back}")
        return super().get(request, *args, **kwargs)


class Logout(views.LogoutView):
    """The way out; by POST only, so that no picture or link can log anybody out."""

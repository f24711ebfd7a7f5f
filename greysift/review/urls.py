"""Addresses of the pages. All of a review's pages lie under its slug."""

from django.urls import URLPattern, path

from greysift.review.views import decisions, home, pictures, queue, record, session, source, sources, vote

REVIEW = "reviews/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("login/", session.Login.as_view(), name="login"),
    path("logout/", session.Logout.as_view(), name="logout"),
    path(f"{REVIEW}/queue", queue.queue, name="queue"),
    path(f"{REVIEW}/screen", record.screen, name="screen"),
    path(f"{REVIEW}/records/<int:candidate_id>", record.record, name="record"),
    path(f"{REVIEW}/records/<int:candidate_id>/vote", vote.cast, name="vote"),
    path(f"{REVIEW}/undo", vote.undo, name="undo"),
    path(f"{REVIEW}/decisions", decisions.decisions, name="decisions"),
    path(f"{REVIEW}/sources", sources.sources, name="sources"),
    path(f"{REVIEW}/sources/<slug:source_slug>", source.source, name="source"),
    path(f"{REVIEW}/sources/<slug:source_slug>/running", source.running, name="source-running"),
    path(f"{REVIEW}/sources/<slug:source_slug>/schedule", source.schedule, name="source-schedule"),
    path(f"{REVIEW}/sources/<slug:source_slug>/terms", sources.confirm, name="confirm-terms"),
    path(f"{REVIEW}/documents/<int:report_id>/paper", pictures.paper, name="paper"),
    path(f"{REVIEW}/documents/<int:report_id>/pages/<int:page>.png", pictures.picture, name="picture"),
]

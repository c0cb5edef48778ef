"""Addresses of the demo's own pages; included by the demo's settings alone."""

from django.urls import path

from inward.demo.front import views

urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("welcome/step-in/", views.step_in, name="step_in"),
    path("welcome/letters/", views.outbox, name="outbox"),
    path("welcome/letters/<slug:key>/", views.letter, name="letter"),
    path("welcome/start-over/", views.start_over, name="start_over"),
    path("welcome/tour/", views.tour, name="tour"),
    path("welcome/tour/<slug:name>/", views.tour_seen, name="tour_seen"),
    path("welcome/sell/", views.sell, name="sell"),
    path("welcome/rise/", views.rise, name="rise"),
    path("welcome/yours/", views.now_yours, name="yours"),
]

"""Addresses of the books."""

from django.urls import path

from inward.web.books import views

urlpatterns = [
    path("", views.start, name="books"),
    path("entries/<int:key>/", views.entry, name="books_entry"),
    path("<str:company>/", views.journal, name="books_journal"),
    path("<str:company>/balance/", views.balance, name="books_balance"),
    path("<str:company>/accounts/", views.accounts, name="books_accounts"),
    path("<str:company>/months/", views.months, name="books_months"),
    path("<str:company>/exports/", views.exports, name="books_exports"),
    path("<str:company>/exports/<int:number>.csv", views.download, name="books_download"),
]

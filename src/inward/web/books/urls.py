"""Addresses of the books."""

from django.urls import path

from inward.web.books import related, views

urlpatterns = [
    path("", views.start, name="books"),
    path("entries/<int:key>/", views.entry, name="books_entry"),
    path("<str:company>/", views.journal, name="books_journal"),
    path("<str:company>/balance/", views.balance, name="books_balance"),
    path("<str:company>/accounts/", views.accounts, name="books_accounts"),
    path("<str:company>/months/", views.months, name="books_months"),
    path("<str:company>/exports/", views.exports, name="books_exports"),
    path("<str:company>/exports/<int:number>.csv", views.download, name="books_download"),
    path("<str:company>/related/", related.page, name="books_related"),
    path("<str:company>/related/file.<slug:form>", related.download, name="books_related_file"),
    path("<str:company>/related/<str:party>/", related.party, name="books_related_party"),
]

"""Addresses of the office. No key begins with a hyphen, so that what is new has a place of its own."""

from django.urls import path

from inward.web.office import views

urlpatterns = [
    path("", views.start, name="office"),
    path("<slug:thing>/", views.listed, name="office_list"),
    path("<slug:thing>/-/list.<slug:form>", views.exported, name="office_export"),
    path("<slug:thing>/-/keep/", views.save_list, name="office_save_list"),
    path("<slug:thing>/-/forget/", views.forget_list, name="office_forget_list"),
    path("<slug:thing>/-/new/<slug:act>/", views.new, name="office_new"),
    path("<slug:thing>/<str:key>/", views.page, name="office_page"),
    path("<slug:thing>/<str:key>/history/", views.history, name="office_history"),
    path("<slug:thing>/<str:key>/do/<slug:act>/", views.change, name="office_change"),
]

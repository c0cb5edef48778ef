"""Addresses of the office. No key begins with a hyphen, so that what is new has a place of its own."""

from django.urls import path

from inward.web.components.keys import KEY
from inward.web.office import beside, helpfiles, importing, months, papers, quality, views, whatif

urlpatterns = [
    path("", views.start, name="office"),
    path("imports/", importing.listed, name="office_imports"),
    path("imports/new/", importing.bring, name="office_import_new"),
    path("imports/<str:reference>/", importing.page, name="office_import"),
    path("imports/<str:reference>/columns/", importing.columns, name="office_import_columns"),
    path("imports/<str:reference>/refused.csv", importing.refused, name="office_import_refused"),
    path("imports/<str:reference>/load/", importing.load, name="office_import_load"),
    path("imports/<str:reference>/undo/", importing.undo, name="office_import_undo"),
    path("imports/<str:reference>/away/", importing.throw_away, name="office_import_away"),
    path("help-files/", helpfiles.page, name="office_help_files"),
    path("quality/", quality.board, name="office_quality"),
    path("quality/<slug:check>/", quality.check, name="office_quality_check"),
    path("quality/<slug:check>/leave/", quality.leave, name="office_quality_leave"),
    path("quality/<slug:check>/again/", quality.take_up, name="office_quality_take_up"),
    path(f"calendars/{KEY}/month/<str:month>/", months.month, name="office_month"),
    path("files/<str:reference>/content/", papers.paper, name="office_paper"),
    path("schemes/beside/", beside.page, name="office_beside"),
    path("what-if/", whatif.page, name="office_what_if"),
    path("what-if/dealings.<slug:form>", whatif.dealings, name="office_what_if_dealings"),
    path("<slug:thing>/", views.listed, name="office_list"),
    path("<slug:thing>/-/list.<slug:form>", views.exported, name="office_export"),
    path("<slug:thing>/-/keep/", views.save_list, name="office_save_list"),
    path("<slug:thing>/-/forget/", views.forget_list, name="office_forget_list"),
    path("<slug:thing>/-/new/<slug:act>/", views.new, name="office_new"),
    path(f"<slug:thing>/{KEY}/", views.page, name="office_page"),
    path(f"<slug:thing>/{KEY}/history/", views.history, name="office_history"),
    path(f"<slug:thing>/{KEY}/do/<slug:act>/", views.change, name="office_change"),
]

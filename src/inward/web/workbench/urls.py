"""Addresses of the workbench, below ``desk/``."""

from django.urls import path

from inward.web.workbench import benches, bulk, case, letters, log, service, wall

urlpatterns = [
    path("", benches.desk, name="desk"),
    path("export.<str:form>", benches.export, name="desk_export"),
    path("board/", benches.board, name="desk_board"),
    path("next/", benches.best, name="desk_next"),
    path("views/save/", benches.save, name="desk_save"),
    path("views/forget/", benches.forget, name="desk_forget"),
    path("log/", log.page, name="desk_log"),
    path("several/", bulk.page, name="desk_several"),
    path("several/undo/", bulk.undo, name="desk_undo"),
    path("service/", service.page, name="desk_service"),
    path("wall/", wall.mine, name="walls"),
    path("wall/make/", wall.make, name="wall_make"),
    path("wall/end/", wall.end, name="wall_end"),
    path("wall/show/<str:token>/", wall.show, name="wall"),
    path("letters/", letters.page, name="desk_letters"),
    path("letters/<str:reference>/", letters.one, name="desk_letter"),
    path("letters/<str:reference>/letter.eml", letters.raw, name="desk_letter_raw"),
    path("letters/<str:reference>/<slug:act>/", letters.act, name="desk_letter_act"),
    path("<str:reference>/", case.one, name="desk_case"),
    path("<str:reference>/news/", case.news, name="desk_news"),
    path("<str:reference>/read/", case.read, name="desk_read"),
    path("<str:reference>/files/<str:file>", case.file, name="desk_file"),
    path("<str:reference>/<slug:act>/", case.act, name="desk_act"),
]

"""Addresses of home, at the root of the site."""

from django.urls import path

from inward.web.home.views import basket, benefit, budgets, household, inside, orders, shop, start, terms

urlpatterns = [
    path("", start.home, name="home"),
    path("shop/", shop.shop, name="shop"),
    path("shop/<path:code>/", shop.offering, name="offering"),
    path("basket/", basket.show, name="basket"),
    path("basket/put/", basket.put, name="basket_put"),
    path("basket/change/", basket.change, name="basket_change"),
    path("orders/", orders.mine, name="orders"),
    path("orders/all/", orders.every, name="orders_all"),
    path("orders/place/", basket.place, name="order_place"),
    path("orders/export/<str:which>.<str:form>", orders.export, name="orders_export"),
    path("orders/<str:reference>/", orders.order, name="order"),
    path("orders/<str:reference>/receipt/", orders.receipt, name="order_receipt"),
    path("orders/<str:reference>/approve/", orders.approve, name="order_approve"),
    path("orders/<str:reference>/decline/", orders.decline, name="order_decline"),
    path("orders/<str:reference>/cancel/", orders.cancel, name="order_cancel"),
    path("orders/<str:reference>/deliver/", orders.deliver, name="order_deliver"),
    path("orders/<str:reference>/return/", orders.take_back, name="order_return"),
    path("approvals/", orders.approvals, name="approvals"),
    path("approvals/above/", orders.above_limit, name="approvals_above"),
    path("deliveries/", orders.deliveries, name="deliveries"),
    path("budgets/", budgets.mine, name="budgets"),
    path("receipts/", orders.receipts, name="receipts"),
    path("orders/<str:reference>/receive/", orders.receive, name="order_receive"),
    path("allowance/", start.allowance, name="allowance"),
    path("benefit/", benefit.mine, name="benefit"),
    path("benefit/<str:key>/", benefit.year, name="benefit_year"),
    path("benefit/<str:key>/statement.<str:form>", benefit.file, name="benefit_file"),
    path("terms/", terms.mine, name="terms"),
    path("terms/<str:key>/", terms.one, name="terms_one"),
    path("terms/<str:key>/accept/", terms.accept, name="terms_accept"),
    path("terms/<str:key>/withdraw/", terms.withdraw, name="terms_withdraw"),
    path("household/", household.household, name="household"),
    path("household/<str:key>/", household.one, name="household_one"),
    path("household/<str:key>/end/", household.end, name="household_end"),
    path("household/<str:key>/take-back/", household.take_back, name="household_take_back"),
    path("inside/", inside.inside, name="inside"),
]

"""The addresses of news."""

from django.urls import URLPattern, URLResolver, path

from partners.news.views import news

urlpatterns: list[URLPattern | URLResolver] = [
    path("news/", news.NewsList.as_view(), name="news"),
    path("news/feed/", news.news_feed, name="news_feed"),
    path("news/new/", news.news_edit, name="news_new"),
    path("news/<slug:slug>/", news.news_post, name="news_post"),
    path("news/<slug:slug>/edit/", news.news_edit, name="news_edit"),
    path("news/<slug:slug>/<slug:act>/", news.news_act, name="news_act"),
]

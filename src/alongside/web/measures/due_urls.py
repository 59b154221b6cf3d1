"""The address of what is due to be asked, beside the families that it is asked of."""

from django.urls import path

from alongside.web.measures.due import due

app_name = "asking"
urlpatterns = [path("", due, name="due")]

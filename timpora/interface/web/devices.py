"""The phones of the field as the office sees them."""

from timpora.interface.web import device_files

app_name = "devices"
urlpatterns = [*device_files.paths]

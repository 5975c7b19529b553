"""The stages of the way of a news item: poll, fetch, extract, dedupe, enrich, load."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("khabar")
except PackageNotFoundError:  # a checkout that is used without being installed
    __version__ = "0"

"""The web: feeds answered by a thin layer, a JSON API, pages that need no script."""

"""One module per page: read the form, call one service or selector, answer."""

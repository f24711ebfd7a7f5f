"""Text and tables out of PDFs with known truth, beside the tools that others use."""

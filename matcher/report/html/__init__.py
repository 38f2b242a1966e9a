"""The report as one self-contained HTML file: what a ministry reads, prints and files."""

from matcher.report.html.page import render_report, write_report

__all__ = ["render_report", "write_report"]

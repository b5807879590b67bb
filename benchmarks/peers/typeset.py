"""Sets a book in HTML as PDF with WeasyPrint: `python typeset.py BOOK.html BOOK.pdf`."""

from __future__ import annotations

import sys

from weasyprint import HTML


def main() -> None:
    HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main()

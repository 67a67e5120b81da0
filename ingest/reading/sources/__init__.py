"""One reader per kind of file; ``choice`` picks it by content. Each yields the blocks of ``reading.blocks``.

- PDF: ``pdf`` decides page by page. Tagged pages are read by ``reading.pdf.tagged``, with ``drawn_figures`` for tables
  that were pasted as pictures. Untagged pages are read by ``printed_pdf``: ``ruled_tables`` for tables whose cells are
  ruled, ``unruled_tables`` for others. Both start from words and lines (``printed_words``, ``printed_lines``,
  ``horizontal_rules``) and find columns, headers and rows (``printed_columns``, ``header_lines``, ``header_spans``,
  ``printed_rows``, ``tall_rows``).
- Text: ``text`` decides. ``layout_text`` and the ``layout_…`` modules read text that keeps its columns aligned, then
  treat it as an untagged page. ``page_text``, the ``text_…`` modules, ``row_led_tables`` and ``header_fit`` read text
  with single spaces. ``cell_lines`` and ``column_lines`` read one cell per line, ``tab_text`` tabs, ``structure_dump``
  and ``tree_tables`` a printed structure tree.
- Office: ``word`` with ``word_numbers``, ``excel`` with ``sheet_regions``.
- Shared by all sources with pages: ``page_areas``, ``page_breaks``.
"""

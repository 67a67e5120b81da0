"""What a file holds decides who reads it (``choice``); each source gives the small table model of ``blocks``.

- Tagged PDF pages: ``pdf`` chooses by page, ``tagged_pdf`` reads; helped by ``pdf_structure``, ``pdf_text``,
  ``omitted_cells``, ``torn_structure``, ``drawn_figures``.
- Untagged PDF pages: ``printed_pdf``. Ruled cells in ``ruled_tables``, all others in ``unruled_tables``; from words and
  lines (``printed_words``, ``printed_lines``, ``horizontal_rules``) over columns, heads and rows (``printed_columns``,
  ``header_lines``, ``head_spans``, ``printed_rows``, ``tall_rows``) to tables.
- Text: ``text`` chooses. ``layout_text`` with its ``layout_…`` modules keeps columns below each other and then reads as
  an untagged page does; ``page_text`` with its ``text_…`` modules, ``row_led_tables`` and ``header_fit`` has one space
  between all; ``cell_lines`` and ``column_lines`` have a cell a line; ``tab_text`` has tabs; ``structure_dump`` with
  ``tree_tables`` repeats a structure tree.
- Office: ``word`` with ``word_numbers``, ``excel`` with ``sheet_regions``.
- All that have pages: ``page_areas``, ``page_breaks``, ``upright_pages``.
"""

"""What schema ``raw`` must look like before anything is built on it, table by table.

Here stand the checks on what landed: structure, keys, vocabularies, counts of cells. dbt tests what figures mean.
"""

from great_expectations import expectations as gxe
from great_expectations.expectations.expectation import Expectation

from ingest.tables import DOCUMENT_KINDS
from ingest.workbook_layout import LONGEST_CELL

QUERIES = {
    "report_documents": "select * from raw.report_documents",
    "report_tables": "select * from raw.report_tables",
    "report_columns": "select * from raw.report_columns",
    "report_rows": "select * from raw.report_rows",
    "report_cells": "select * from raw.report_cells",
    "report_grid": """
        with
            expected as (
                select rows.document_id, rows.table_no, rows.row_no, count(*) as expected_cells
                from raw.report_rows as rows
                inner join raw.report_columns as columns using (document_id, table_no)
                where not columns.is_commentary
                group by all
            ),
            found as (
                select document_id, table_no, row_no, count(*) as cells from raw.report_cells group by all
            )
        select document_id, table_no, row_no, coalesce(expected_cells, 0) as expected_cells, coalesce(cells, 0) as cells
        from expected full outer join found using (document_id, table_no, row_no)
    """,
    "key_figure_values": "select * from raw.key_figure_values",
    # Millions of rows: counted in SQL, a row a KPI, and only the counts are looked at here.
    "kolada_values": """
        select
            kpi_id,
            count(*) filter (where gender not in ('T', 'K', 'M')) as wrong_genders,
            count(*) filter (where "year" not between 1900 and 2100) as wrong_years,
            count(*) filter (where length(municipality_code) not between 4 and 8) as wrong_areas,
            count(*) filter (where is_deleted and "value" is not null) as deleted_with_value
        from raw.kolada_values
        group by kpi_id
    """,
    "kolada_kpis": "select * from raw.kolada_kpis",
}


def expectations_for(table: str) -> list[Expectation]:
    """The critical expectations on one of QUERIES."""
    return _EXPECTATIONS[table]


def _key(*columns: str) -> list[Expectation]:
    unique = (
        gxe.ExpectColumnValuesToBeUnique(column=columns[0])
        if len(columns) == 1
        else gxe.ExpectCompoundColumnsToBeUnique(column_list=list(columns))
    )
    return [unique, *(gxe.ExpectColumnValuesToNotBeNull(column=column) for column in columns)]


_EXPECTATIONS: dict[str, list[Expectation]] = {
    "report_documents": [
        gxe.ExpectTableRowCountToBeBetween(min_value=1),
        *_key("document_id"),
        gxe.ExpectColumnValuesToBeUnique(column="file_name"),
        gxe.ExpectColumnValuesToBeInSet(column="document_kind", value_set=list(DOCUMENT_KINDS)),
        gxe.ExpectColumnValuesToMatchRegex(column="municipality_code", regex=r"^\d{4}$"),
        gxe.ExpectColumnValuesToMatchRegex(column="information_date", regex=r"^\d{4}-\d{2}-\d{2}$"),
        gxe.ExpectColumnValueLengthsToBeBetween(column="committee", min_value=1),
        gxe.ExpectColumnValueLengthsToBeBetween(column="file_hash", min_value=64, max_value=64),
    ],
    "report_tables": [
        gxe.ExpectTableRowCountToBeBetween(min_value=1),
        *_key("document_id", "table_no"),
        gxe.ExpectColumnValueLengthsToBeBetween(column="section", min_value=1),
        gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=1),
    ],
    "report_columns": [
        *_key("document_id", "table_no", "col_no"),
        gxe.ExpectColumnValuesToBeBetween(column="col_no", min_value=1, max_value=60),
        gxe.ExpectColumnValuesToNotBeNull(column="is_commentary"),
    ],
    "report_rows": [
        *_key("document_id", "table_no", "row_no"),
        gxe.ExpectColumnValuesToBeBetween(column="row_no", min_value=1),
        gxe.ExpectColumnValuesToNotBeNull(column="is_heading"),
    ],
    "report_cells": [
        *_key("document_id", "table_no", "row_no", "col_no"),
        gxe.ExpectColumnValuesToMatchRegex(column="cell_ref", regex=r"^T\d{2,}![A-Z]+\d+$"),
        gxe.ExpectColumnValuesToNotBeNull(column="raw_text"),
        # Running text belongs to commentary columns, which have no cells.
        gxe.ExpectColumnValueLengthsToBeBetween(column="raw_text", max_value=LONGEST_CELL),
    ],
    "report_grid": [gxe.ExpectColumnPairValuesToBeEqual(column_A="expected_cells", column_B="cells")],
    "key_figure_values": [
        gxe.ExpectColumnValuesToMatchRegex(column="kpi_id", regex=r"^[A-Z]\d{5}$"),
        gxe.ExpectColumnValuesToMatchRegex(column="municipality_code", regex=r"^(\d{4}|G\d+)$"),
        gxe.ExpectColumnValuesToBeInSet(column="gender", value_set=["T", "K", "M"]),
        gxe.ExpectColumnValuesToMatchRegex(column="year", regex=r"^(19|20)\d{2}$"),
    ],
    "kolada_values": [
        gxe.ExpectColumnValuesToMatchRegex(column="kpi_id", regex=r"^[A-Z]\d{5}$"),
        *(
            gxe.ExpectColumnValuesToBeInSet(column=column, value_set=[0])
            for column in ("wrong_genders", "wrong_years", "wrong_areas", "deleted_with_value")
        ),
    ],
    "kolada_kpis": [*_key("kpi_id"), gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=1)],
}

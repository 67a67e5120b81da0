"""Conditions on schema ``raw`` before anything is built on it, table by table.

These check structure, keys, vocabularies and counts of cells. dbt tests what figures mean.
"""

from great_expectations import expectations as gxe

from ingest.document import DOCUMENT_KINDS, ISSUER_KINDS
from ingest.workbook.layout import LONGEST_CELL
from kommunlager.checks.expectations.suite import Suite, key

_GRID = """
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
"""

# There may be millions of values, but only a few distinct codes.
_KEY_FIGURE_CODES = " union all by name ".join(
    f"select distinct {column} from raw.key_figure_values"
    for column in ("kpi_id", "municipality_code", "gender", "year")
)

# Millions of rows: counted in SQL, one row per KPI, so that only the counts are read.
_KOLADA_VALUES = """
    select
        kpi_id,
        count(*) filter (where gender not in ('T', 'K', 'M')) as wrong_genders,
        count(*) filter (where "year" not between 1900 and 2100) as wrong_years,
        count(*) filter (where length(municipality_code) not between 4 and 8) as wrong_areas,
        count(*) filter (where is_deleted and "value" is not null) as deleted_with_value
    from raw.kolada_values
    group by kpi_id
"""

SUITES = (
    Suite(
        "raw.report_documents",
        "select * from raw.report_documents",
        ("document_id",),
        (
            gxe.ExpectTableRowCountToBeBetween(min_value=1),
            *key("document_id"),
            gxe.ExpectColumnValuesToBeUnique(column="file_name"),
            gxe.ExpectColumnValuesToBeInSet(column="document_kind", value_set=list(DOCUMENT_KINDS)),
            gxe.ExpectColumnValuesToMatchRegex(column="municipality_code", regex=r"^\d{4}$"),
            gxe.ExpectColumnValuesToMatchRegex(column="information_date", regex=r"^\d{4}-\d{2}-\d{2}$"),
            gxe.ExpectColumnValuesToBeInSet(column="issuer_kind", value_set=list(ISSUER_KINDS)),
            gxe.ExpectColumnValueLengthsToBeBetween(column="file_hash", min_value=64, max_value=64),
        ),
    ),
    Suite(
        "raw.report_documents_of_committees",
        "select * from raw.report_documents where issuer_kind = 'committee'",
        ("document_id",),
        (gxe.ExpectColumnValueLengthsToBeBetween(column="committee", min_value=1),),
    ),
    Suite(
        "raw.report_tables",
        "select * from raw.report_tables",
        ("document_id", "table_no"),
        (
            gxe.ExpectTableRowCountToBeBetween(min_value=1),
            *key("document_id", "table_no"),
            gxe.ExpectColumnValueLengthsToBeBetween(column="section", min_value=1),
            gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=1),
        ),
    ),
    Suite(
        "raw.report_columns",
        "select * from raw.report_columns",
        ("document_id", "table_no", "col_no"),
        (
            *key("document_id", "table_no", "col_no"),
            gxe.ExpectColumnValuesToBeBetween(column="col_no", min_value=1, max_value=60),
            gxe.ExpectColumnValuesToNotBeNull(column="is_commentary"),
        ),
    ),
    Suite(
        "raw.report_rows",
        "select * from raw.report_rows",
        ("document_id", "table_no", "row_no"),
        (
            *key("document_id", "table_no", "row_no"),
            gxe.ExpectColumnValuesToBeBetween(column="row_no", min_value=1),
            gxe.ExpectColumnValuesToNotBeNull(column="is_heading"),
        ),
    ),
    Suite(
        "raw.report_cells",
        "select * from raw.report_cells",
        ("document_id", "cell_ref"),
        (
            *key("document_id", "table_no", "row_no", "col_no"),
            gxe.ExpectColumnValuesToMatchRegex(column="cell_ref", regex=r"^T\d{2,}![A-Z]+\d+$"),
            gxe.ExpectColumnValuesToNotBeNull(column="raw_text"),
            # Running text belongs to commentary columns, which have no cells.
            gxe.ExpectColumnValueLengthsToBeBetween(column="raw_text", max_value=LONGEST_CELL),
        ),
    ),
    Suite(
        "raw.report_grid",
        _GRID,
        ("document_id", "table_no", "row_no"),
        (gxe.ExpectColumnPairValuesToBeEqual(column_A="expected_cells", column_B="cells"),),
    ),
    Suite(
        "raw.key_figure_values",
        _KEY_FIGURE_CODES,
        (),
        (
            gxe.ExpectColumnValuesToMatchRegex(column="kpi_id", regex=r"^[A-Z]\d{5}$"),
            gxe.ExpectColumnValuesToMatchRegex(column="municipality_code", regex=r"^(\d{4}|G\d+)$"),
            gxe.ExpectColumnValuesToBeInSet(column="gender", value_set=["T", "K", "M"]),
            gxe.ExpectColumnValuesToMatchRegex(column="year", regex=r"^(19|20)\d{2}$"),
        ),
    ),
    Suite(
        "raw.kolada_values",
        _KOLADA_VALUES,
        ("kpi_id",),
        (
            gxe.ExpectColumnValuesToMatchRegex(column="kpi_id", regex=r"^[A-Z]\d{5}$"),
            *(
                gxe.ExpectColumnValuesToBeInSet(column=column, value_set=[0])
                for column in ("wrong_genders", "wrong_years", "wrong_areas", "deleted_with_value")
            ),
        ),
    ),
    Suite(
        "raw.kolada_kpis",
        "select * from raw.kolada_kpis",
        ("kpi_id",),
        (*key("kpi_id"), gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=1)),
    ),
)

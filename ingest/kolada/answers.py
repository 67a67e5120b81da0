"""Landed pages as DuckDB relations: Kolada's JSON is taken apart in SQL, many files at once."""

from ingest.kolada.limits import FIRST_YEAR, LARGEST_COUNT, LAST_YEAR

# Numbers are read as double, which holds any of them, so that one out of range doesn't stop the others.
_DATA_ROW = (
    "struct(kpi varchar, municipality varchar, period double,"
    ' "values" struct(gender varchar, count double, status varchar, value double, isdeleted boolean)[])'
)
_KPI = (
    "struct(id varchar, title varchar, description varchar, is_divided_by_gender boolean, municipality_type varchar,"
    " auspice varchar, operating_area varchar, perspective varchar, prel_publication_date varchar,"
    " publication_date varchar, publ_period varchar, has_ou_data boolean)"
)
_AREA = 'struct(id varchar, title varchar, "type" varchar)'
_GROUP = "struct(id varchar, title varchar, members struct(member_id varchar, member_title varchar)[])"

# NaN is greater than any number in DuckDB, so that no comparison holds for it either.
_FIGURES = f"""
    with
        figures as (
            select item.kpi as kpi_id, item.municipality as municipality_code, item.period as "year",
                unnest(item."values") as figure, batch_no, seen_at
            from items
        ),
        judged as (
            select kpi_id, municipality_code, "year", figure.gender as gender,
                case when not coalesce(figure.isdeleted, false) then figure."value" end as "value",
                figure.status as status, figure."count" as value_count,
                coalesce(figure.isdeleted, false) as is_deleted,
                case
                    when "year" not between {FIRST_YEAR} and {LAST_YEAR} or "year" <> floor("year") then 'year'
                    when not is_deleted and not isfinite("value") then 'value'
                    when value_count not between 0 and {LARGEST_COUNT} or value_count <> floor(value_count)
                    then 'value_count'
                end as problem,
                batch_no, seen_at
            from figures
        )
"""
_VALUES = f"""
    {_FIGURES}
    select kpi_id, municipality_code, try_cast("year" as integer) as "year", gender, "value", status,
        try_cast(value_count as integer) as value_count, is_deleted, batch_no, seen_at
    from judged
    where problem is null
"""
_REFUSED = f"""
    {_FIGURES}
    select kpi_id, municipality_code, "year", gender, problem,
        case problem when 'year' then "year" when 'value' then "value" else value_count end as found, batch_no, seen_at
    from judged
    where problem is not null
"""
_KPIS = """
    select item.id as kpi_id, item.title, item.description, item.is_divided_by_gender, item.municipality_type,
        item.auspice, item.operating_area, item.perspective, item.prel_publication_date, item.publication_date,
        item.publ_period, item.has_ou_data, false as is_deleted, batch_no, seen_at
    from items
"""
_AREAS = """
    select item.id as municipality_code, item.title, item."type" as "type", false as is_deleted, batch_no, seen_at
    from items
"""
_GROUPS = """
    select kind as group_kind, item.id as group_id, item.title, false as is_deleted, batch_no, seen_at
    from items
"""
_MEMBERS = """
    select group_kind, group_id, member.member_id as member_id, member.member_title as member_title,
        false as is_deleted, batch_no, seen_at
    from (
        select kind as group_kind, item.id as group_id, unnest(item.members) as member, batch_no, seen_at
        from items
    )
"""
_SHAPES = {
    "kolada_values": (_DATA_ROW, _VALUES),
    "kolada_refused_figures": (_DATA_ROW, _REFUSED),
    "kolada_kpis": (_KPI, _KPIS),
    "kolada_municipalities": (_AREA, _AREAS),
    "kolada_groups": (_GROUP, _GROUPS),
    "kolada_group_members": (_GROUP, _MEMBERS),
}


def answer_query(table: str, files: list[str]) -> str:
    """A query that returns the rows for ``raw.<table>`` from landed ``files``.

    Needs the temporary table ``loading`` (file, kind, batch_no, seen_at).
    """
    item, rows = _SHAPES[table]
    paths = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    return f"""
        with
            pages as (
                select filename, "values"
                from read_json([{paths}], columns = {{'values': '{item}[]'}}, format = 'unstructured', filename = true)
            ),
            items as (
                select loading.kind, loading.batch_no, loading.seen_at, unnest(pages."values") as item
                from pages
                inner join loading on pages.filename = loading.file
            )
        from ({rows})
    """

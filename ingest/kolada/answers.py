"""Landed pages as DuckDB relations: Kolada's JSON is taken apart in SQL, many files at once."""

_DATA_ROW = (
    "struct(kpi varchar, municipality varchar, period integer,"
    ' "values" struct(gender varchar, count integer, status varchar, value double, isdeleted boolean)[])'
)
_KPI = (
    "struct(id varchar, title varchar, description varchar, is_divided_by_gender boolean, municipality_type varchar,"
    " auspice varchar, operating_area varchar, perspective varchar, prel_publication_date varchar,"
    " publication_date varchar, publ_period varchar, has_ou_data boolean)"
)
_AREA = 'struct(id varchar, title varchar, "type" varchar)'
_GROUP = "struct(id varchar, title varchar, members struct(member_id varchar, member_title varchar)[])"

_VALUES = """
    select kpi_id, municipality_code, "year", figure.gender as gender,
        case when not coalesce(figure.isdeleted, false) then figure."value" end as "value",
        figure.status as status, figure."count" as value_count, coalesce(figure.isdeleted, false) as is_deleted,
        batch_no, seen_at
    from (
        select item.kpi as kpi_id, item.municipality as municipality_code, item.period as "year",
            unnest(item."values") as figure, batch_no, seen_at
        from items
    )
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
        {rows}
    """

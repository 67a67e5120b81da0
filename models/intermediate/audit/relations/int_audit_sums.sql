-- Totals that are the sum of a run of lines of their table.
with lines as (select * from {{ ref("int_audit_lines") }}), {{ learned_sums("lines") }}

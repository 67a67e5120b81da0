-- Totals that are the sum of consecutive lines of their table.
with lines as (select * from {{ ref("int_audit_lines") }}), {{ learned_sums("lines") }}

select
    severity_sv,
    status_sv,
    municipality,
    committee,
    document_id,
    row_label,
    column_header,
    printed_text,
    message_sv
from marts.audit_findings
where severity in ('error', 'needs_a_look')
order by status desc, severity, municipality, document_id, finding_id

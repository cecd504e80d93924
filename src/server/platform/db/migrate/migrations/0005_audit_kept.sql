-- TRUNCATE fires no row trigger: without this the log could be emptied at one stroke.
create trigger audit_event_is_not_emptied before truncate on audit_event for each statement execute function refuse_audit_change();

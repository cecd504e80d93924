-- More filters and orders of the list, each found or walked by an index of its own.

drop index phone_number_by_provider;
create index phone_number_by_provider on phone_number (provider, id) where deleted_at is null;
-- Numbers of no one country sort behind all others; ZZ is no country's code.
create index phone_number_by_country on phone_number ((coalesce(country, 'ZZ')), id) where deleted_at is null;
-- Sought from either side, and by expressions that the planner has no other way to write.
create index phone_number_label_count on phone_number ((cardinality(label_keys))) where deleted_at is null;
create index phone_number_has_credential on phone_number ((case credential_fingerprints when '{}' then 0 else 1 end)) where deleted_at is null;
-- What a partial index learns of an expression the planner does not use.
create statistics phone_number_country on (coalesce(country, 'ZZ')) from phone_number;
create statistics phone_number_labels on (cardinality(label_keys)) from phone_number;
create statistics phone_number_credentials (mcv) on provider, (case credential_fingerprints when '{}' then 0 else 1 end) from phone_number;
analyze phone_number;

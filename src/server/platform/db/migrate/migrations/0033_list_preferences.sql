-- How the list of numbers looks to an operator. Null: the usual columns.
alter table operator
  add column list_columns text[],
  add column compact_rows boolean not null default false;

-- A dump made and loaded by the same steps gives its tables the same oids: the database system is told apart, too.
-- Null until the next start of a server, which takes the one it finds for its own.
alter table job_home add column database_system text;

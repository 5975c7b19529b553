insert or replace into schema_log (name, sha256, applied_at)
values ($name, $sha256, $applied_at)

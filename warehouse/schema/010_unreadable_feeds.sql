-- A body that could not be read as a feed is kept once, and its poll says where.

alter table feeds add column rejected_sha256 varchar; -- hash of the last body that could not be read

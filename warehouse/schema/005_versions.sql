-- Articles are looked at again, and what changed is told sentence by sentence.

alter table frontier add column born_at timestamptz; -- when the feed says it was published, or when it was first seen if that was earlier: its age counts from here
alter table frontier add column etag varchar; -- validator of the last good answer, opaque
alter table frontier add column last_modified varchar; -- validator of the last good answer, opaque
alter table frontier add column body_sha256 varchar; -- hash of the last good body
alter table frontier add column removed_at timestamptz; -- since when the address, which showed an article, shows none; null: it is there

alter table pages add column etag varchar; -- validator that the server sent
alter table pages add column last_modified varchar; -- validator that the server sent

alter table article_versions add column compared_with integer; -- version that the changes are counted against: the last one that could be read; null: the first version
alter table article_versions add column sentences_added varchar[]; -- sentences that are new; null: the first version, or one that hides the text
alter table article_versions add column sentences_removed varchar[]; -- sentences that are gone
alter table article_versions add column sentences_changed struct("before" varchar, "after" varchar)[]; -- sentences that were reworded

comment on column pages.outcome is 'ok (the bytes are in the archive), not_modified (looked at again: the same bytes), removed (looked at again: the article is gone) or failed';
comment on column frontier.next_fetch_at is 'not fetched before; null: never again. Of an address that is done: when it is looked at again';
comment on column frontier.attempts is 'failed fetches since the last good one';
comment on column articles.version is 'number of the current version: the last one that can be read';

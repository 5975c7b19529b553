-- What enrichment adds: who, what, how relevant, who said it, each with its evidence.

-- One row: the version of the tables in config/ that `entities` and `roles` show.
create table subject_state (
    subject varchar primary key, -- always 'subject'
    version varchar not null -- hash of actors, roles and topics
);

alter table entities add column tier integer; -- 1 central to the subject, 2 frequent, 3 occasional
alter table entities add column side varchar; -- PK or US where a mention is presence of that country

alter table roles add column form varchar; -- acting, caretaker, ...; empty: in full
alter table roles add column start_stated varchar; -- first day as known: a day, a month or a year
alter table roles add column end_stated varchar; -- last day as known; null: in office

alter table mentions add column how varchar; -- full, context (ambiguous form with a second cue), surname, office or misprint
alter table mentions add column flags varchar[]; -- misprint, former, coming (elect, designate), handover (two holders that day), holder_unknown, anachronism, date_assumed
alter table mentions add column spans json; -- every place: surface, start, in_title, how
alter table mentions add column rule_version varchar; -- version of the rules that made the row

alter table article_topics add column topic_rank integer; -- 1 primary, 2 and 3 further topics; null: not chosen
alter table article_topics add column rule_version varchar; -- version of the rules that made the row

alter table articles add column relevance_sentence varchar; -- sentence that shows the link of the two countries best
alter table articles add column relevance_features json; -- what the score is made of, to set another threshold in SQL
alter table articles add column enriched_sha256 varchar; -- content_sha256 of what the marks were read from; null: not marked yet
alter table articles add column enriched_day date; -- date on which offices were looked up
alter table articles add column enricher_version varchar; -- version of the rules behind relevance, mentions, topics and quotes

alter table quotes add column cue_class varchar; -- neutral, asserting, claiming, denying, requesting, warning, approving, disapproving or revealing
alter table quotes add column end_offset integer; -- character offset behind the quotation
alter table quotes add column source_kind varchar; -- person, office, institution, document, media, anonymous or unknown
alter table quotes add column anonymity_reason varchar; -- why the speaker is not named, where the text says so
alter table quotes add column confidence double; -- 0-1; indirect speech is less sure than direct
alter table quotes add column quote_key varchar; -- same for the same words in other articles, whatever the marks
alter table quotes add column rule_version varchar; -- version of the rules that made the row

-- What the dedupe stage remembers: one index of sampled text for copies, one of telling words for stories.

-- One row per article that the dedupe stage has looked at: at which version of the rules, and what it noted of the text.
create table dedupe_state (
    article_id varchar primary key, -- the article
    stage_version varchar not null, -- version of the rules
    extractor_version varchar, -- version of extraction that the text came from
    read_at timestamptz, -- page that the text was read from, by its time
    day date, -- day of publication (or of first sight), UTC: the window in which copies are looked for
    whole_hash bigint, -- hash of the text without signs and blanks: equal texts have equal hashes
    handout boolean, -- whether the text names a statement, handout or spokesperson as its source
    told varchar, -- source that the text names in passing ('told Anadolu', 'according to Arab News')
    told_full boolean, -- whether that makes the text the source's own ('told Anadolu' does)
    withdrawn boolean not null default false, -- true: it was an article once and is none now
    code varchar, -- why it could not be looked at
    deduped_at timestamptz not null -- when
);

-- One row per sampled piece of an article's text (3 words, or 10 letters of Arabic script), in order of days.
create table fingerprints (
    day date not null, -- day of the article
    hash bigint not null, -- hash of the piece; the lowest eighth of all, but at least 32 of an article
    article_id varchar not null -- the article
);

-- One row per article and other article that shares copy with it; each pair stands here twice.
create table shared_copy (
    article_id varchar not null, -- the article
    other_id varchar not null, -- the other article
    kind varchar not null, -- near (almost all of both), reprint (cut, edited) or excerpt (a passage)
    jaccard double, -- common shingles as a share of all
    share double, -- share of this text's shingles that stand in the other
    covered double, -- share of this text's words that stand in runs common to both
    own double, -- share of this text's words in longer stretches that the other doesn't have
    shared_words integer, -- words in common runs
    quoted double, -- share of them that stand in quotation marks
    paragraphs double[] -- share of the words of each paragraph that stand in the other text
);

-- One row per telling word of an article's headline and first words, in order of days.
create table story_terms (
    day date not null, -- day of the article
    term bigint not null, -- hash of the word, number or actor
    kind integer not null, -- 0 word, 1 name, 2 figure, 3 actor, 4 everyday word
    weight integer not null, -- weight in ten-thousandths; the squares of an article's weights sum to 1
    arabic boolean not null, -- whether the article is written in Arabic script
    article_id varchar not null -- the article
);

-- One row per pair of articles that may be on one event.
create table story_links (
    article_a varchar not null, -- the article with the lower identifier
    article_b varchar not null, -- the other
    similarity double not null, -- 0 to 1, less for each day between them
    sure boolean not null -- false: in two scripts, so that only actors and figures could be compared
);

-- One row per article, with the story it belongs to and how well.
create table story_members (
    article_id varchar primary key, -- the article
    story_id varchar not null, -- the story
    similarity double, -- to the story's other articles: half the mean, half the highest; null: alone, or a copy
    sure boolean not null -- false: it may also be on another event
);

-- The same quotation in several articles: which wordings are one, and how they differ.

alter table quotes add column quotation_id varchar; -- same for all wordings of one quotation, in whatever article; null: indirect speech
alter table quotes add column wording varchar; -- against the fullest wording: full (equal words), cut (begins later or ends earlier), silent (words left out, nothing says so), marked (dots or brackets say so), changed (other words), part (another piece of the sentence)
alter table quotes add column left_out varchar; -- words of the fullest wording that are left out inside
alter table quotes add column put_in varchar; -- words that the fullest wording doesn't have; in brackets what the paper put in brackets
alter table quotes add column goes_on boolean; -- whether it goes on with the sentence of the quotation before, which 'he said' interrupts

-- One row per quotation and hash by which wordings of one quotation find each other.
create table quote_prints (
    day date not null, -- day of the article
    hash bigint not null, -- hash of all its words, of two that carry meaning, or (Arabic script) of ten letters
    prints integer not null, -- hashes of this quotation
    article_id varchar not null, -- the article
    quote_no integer not null -- order in the article
);

-- One row per pair of quotations that are wordings of one, or pieces of one sentence.
create table quote_ties (
    article_a varchar not null, -- the article with the lower identifier
    quote_a integer not null, -- quotation in it
    article_b varchar not null, -- the other article, or the same
    quote_b integer not null, -- quotation in that
    likeness double not null -- share of the shorter one's words that stands in the other; 1 for pieces of one sentence
);

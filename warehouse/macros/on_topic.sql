-- Whether a topic is the one asked for or below it: 'sec' is above 'sec.defence_arms'.
create or replace macro on_topic(topic_id, asked) as
    topic_id = asked
    or starts_with(topic_id, asked || '.');

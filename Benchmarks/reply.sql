\set topic random(1, :topics)
\set author random(1, 200)
BEGIN;
UPDATE topics SET highest_post_number = highest_post_number + 1, posts_count = posts_count + 1,
    last_post_user_id = :author, last_posted_at = now(), bumped_at = now()
WHERE id = :topic RETURNING highest_post_number AS number \gset
INSERT INTO posts (topic_id, post_number, user_id, raw, cooked)
VALUES (:topic, :number, :author, repeat('Some words to fill a post of common length. ', 10),
    '<p>' || repeat('Some words to fill a post of common length. ', 10) || '</p>')
RETURNING id AS post \gset
INSERT INTO post_search_data (post_id, topic_id, search_data) VALUES (:post, :topic,
    to_tsvector('english', repeat('Some words to fill a post of common length. ', 10)));
UPDATE users SET last_posted_at = now() WHERE id = :author;
COMMIT;

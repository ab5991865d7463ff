\set topic random(1, :topics)
SELECT t.id, t.title, t.slug, t.posts_count, t.highest_post_number, t.views, t.like_count,
    t.category_id, t.closed, t.archived, t.created_at, t.last_posted_at, u.username
FROM topics t JOIN users u ON u.id = t.user_id WHERE t.id = :topic;
SELECT p.id, p.post_number, p.cooked, p.created_at, p.updated_at, p.reply_count, p.like_count,
    p.reply_to_post_number, p.version, u.id, u.username, u.name, u.trust_level
FROM posts p JOIN users u ON u.id = p.user_id
WHERE p.topic_id = :topic AND p.deleted_at IS NULL ORDER BY p.post_number LIMIT 20;

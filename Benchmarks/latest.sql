SELECT t.id, t.title, t.fancy_title, t.slug, t.posts_count, t.reply_count, t.highest_post_number,
    t.created_at, t.last_posted_at, t.bumped_at, t.views, t.like_count, t.category_id, t.closed,
    t.archived, t.excerpt, u.username, lp.username
FROM topics t JOIN users u ON u.id = t.user_id JOIN users lp ON lp.id = t.last_post_user_id
WHERE t.deleted_at IS NULL AND t.archetype = 'regular'
ORDER BY t.bumped_at DESC, t.id DESC LIMIT 30;

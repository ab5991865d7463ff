-- Who wants every post by mail is asked for each post.
CREATE INDEX users_in_mailing_list_mode ON users (id) WHERE (options ->> 'mailing_list_mode') = 'true';

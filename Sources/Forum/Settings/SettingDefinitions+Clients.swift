extension SettingDefinition {
    /// What programs are told before they write or ask: Discourse's `client` settings, those that exist
    /// here. Nothing of how mail, requests and abuse are judged is among them.
    package static let forClients: [SettingDefinition] = all.filter {
        clientNames.contains($0.name)
    }

    private static let clientNames: Set<String> = [
        "title", "site_description", "default_locale", "login_required", "invite_only",
        "allow_new_registrations", "must_approve_users",
        "min_topic_title_length", "max_topic_title_length", "min_first_post_length",
        "min_post_length", "max_post_length", "min_personal_message_title_length",
        "min_personal_message_post_length", "max_mentions_per_post",
        "allow_uncategorized_topics", "min_search_term_length",
        "tagging_enabled", "max_tags_per_topic", "max_tag_length", "min_trust_to_create_tag",
        "editing_grace_period", "post_edit_time_limit", "tl2_post_edit_time_limit",
        "email_in", "unsubscribe_via_email", "disable_mailing_list_mode", "enable_user_status",
        "min_trust_level_for_user_api_key", "min_trust_to_flag_posts", "max_here_mentioned",
        "authorized_extensions", "max_image_size_kb", "max_attachment_size_kb",
        "default_other_auto_track_topics_after_msecs", "read_only",
    ]
}

extension SettingDefinition {
    static let requestsToOthers: [SettingDefinition] = [
        .text(
            "allowed_internal_hosts",
            \.allowedInternalHosts,
            maximum: 4000,
            "Hosts inside your network that webhooks and pushed notices may go to, by |; any port of "
                + "theirs is open to them."
        ),
        .text(
            "allowed_egress_ports",
            \.allowedEgressPorts,
            check: { text in
                let wrong = text.split(separator: "|").first {
                    !(1...65_535).contains(Int($0) ?? 0)
                }
                return wrong.map { "has no port \($0)" }
            },
            "Ports of other hosts that webhooks and pushed notices may go to, by |."
        ),
        .number(
            "push_notification_time_window_mins",
            \.pushNotificationTimeWindowMins,
            0...1440,
            "Minutes that a member has to be away before a notice is pushed."
        ),
        .text(
            "push_api_secret_key",
            \.pushAPISecretKey,
            "What receivers of pushed notices know the site by."
        ).asSecret,
    ]
}

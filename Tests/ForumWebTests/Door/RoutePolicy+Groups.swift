/// Groups and messages. The group is one that the forum keeps, so that nobody changes who is in it.
extension RoutePolicyTests {
    private static let nobody = [403, 403, 403, 403]
    private static let forAdmins = [404, 404, 404, 200]
    private static let refusedToAdmins = [404, 404, 404, 403]

    /// One route below `/groups`, and the same below `/g`.
    private static func both(
        _ method: String,
        _ path: String,
        _ uri: String,
        _ body: String?,
        _ statuses: [Int]
    ) -> [Line] {
        ["/groups", "/g"].map { base in
            Line("\(method) \(base)\(path)", base + uri, body, statuses)
        }
    }

    private static func both(
        _ method: String,
        _ path: String,
        _ uri: String,
        _ statuses: [Int]
    ) -> [Line] {
        both(method, path, uri, nil, statuses)
    }

    static let groupReading: [Line] = groups + boxes

    private static let groups: [Line] = [
        both("GET", "", ".json", all),
        both("GET", "/search", "/search.json?term=staff", all),
        both("GET", "/check-name", "/check-name.json?group_name=new_one", members),
        both("GET", "/{name}", "/staff.json", all),
        both("GET", "/by-id/{id}", "/by-id/3.json", all),
        both("GET", "/{name}/members", "/staff/members.json", all),
        both("GET", "/{name}/requests", "/staff/requests.json", nobody),
        both("GET", "/{name}/mentionable", "/staff/mentionable.json", members),
        both("GET", "/{name}/messageable", "/staff/messageable.json", members),
        both("GET", "/{name}/logs", "/staff/logs.json", admins),
        both("GET", "/{name}/posts", "/staff/posts.json", all),
        both("GET", "/{name}/mentions", "/staff/mentions.json", all),
        both("GET", "/{name}/topics", "/staff/topics.json", all),
        [Line("GET /topics/groups/{name}", "/topics/groups/staff.json", all)],
    ].flatMap(\.self)

    private static let boxes: [Line] =
        ["", "-sent", "-unread", "-new", "-archive"].map { box in
            Line(
                "GET /topics/private-messages\(box)/{username}",
                "/topics/private-messages\(box)/author.json",
                [403, 404, 404, 200]
            )
        }
        + ["", "/unread", "/new", "/archive"].map { box in
            Line(
                "GET /topics/private-messages-group/{username}/{group_name}\(box)",
                "/topics/private-messages-group/author/staff\(box).json",
                [403, 404, 404, 200]
            )
        }

    static let groupWriting: [Line] =
        administering + memberWriting + ownWriting + messageWriting

    private static let administering: [Line] = [
        Line(
            "POST /admin/groups",
            "/admin/groups.json",
            #"{"group":{"name":"team_{role}"}}"#,
            forAdmins
        ),
        Line("DELETE /admin/groups/{id}", "/admin/groups/10.json", refusedToAdmins),
        Line(
            "PUT /admin/groups/{id}",
            "/admin/groups/10.json",
            #"{"group":{"mentionable_level":2}}"#,
            forAdmins
        ),
        Line(
            "POST /admin/users/{user_id}/groups",
            "/admin/users/1/groups.json",
            #"{"group_id":10}"#,
            refusedToAdmins
        ),
        Line(
            "DELETE /admin/users/{user_id}/groups/{group_id}",
            "/admin/users/1/groups/10.json",
            refusedToAdmins
        ),
    ]

    private static let memberWriting: [Line] = ["members", "owners"].flatMap { noun -> [Line] in
        let administered: [Line] = ["PUT", "DELETE"].map { method in
            Line(
                "\(method) /admin/groups/{id}/\(noun)",
                "/admin/groups/10/\(noun).json",
                #"{"usernames":"mia"}"#,
                refusedToAdmins
            )
        }
        return administered
            + ["PUT", "DELETE"].flatMap { method in
                both(
                    method,
                    "/{id}/\(noun)",
                    "/10/\(noun).json",
                    #"{"usernames":"mia"}"#,
                    nobody
                )
            }
    }

    private static let ownWriting: [Line] = [
        both("PUT", "/{id}", "/10.json", #"{"group":{"mentionable_level":2}}"#, admins),
        both("PUT", "/{id}/join", "/10/join.json", nobody),
        both("DELETE", "/{id}/leave", "/10/leave.json", nobody),
        both(
            "POST",
            "/{name}/request_membership",
            "/staff/request_membership.json",
            #"{"reason":"I would like to."}"#,
            nobody
        ),
        both(
            "PUT",
            "/{id}/handle_membership_request",
            "/10/handle_membership_request.json",
            #"{"user_id":1,"accept":true}"#,
            nobody
        ),
        both(
            "POST",
            "/{name}/notifications",
            "/trust_level_0/notifications.json",
            #"{"notification_level":2}"#,
            members
        ),
    ].flatMap(\.self)

    private static let messageWriting: [Line] = [
        Line(
            "POST /t/{topic_id}/invite",
            "/t/{topic}/invite.json",
            #"{"user":"author"}"#,
            [403, 403, 200, 200]
        ),
        Line(
            "POST /t/{topic_id}/invite-group",
            "/t/{topic}/invite-group.json",
            #"{"group":"staff"}"#,
            [403, 403, 422, 422]
        ),
        Line(
            "POST /t/{topic_id}/invite-notify",
            "/t/{topic}/invite-notify.json",
            #"{"usernames":["author"]}"#,
            [403, 403, 200, 200]
        ),
        Line(
            "PUT /t/{topic_id}/remove-allowed-user",
            "/t/{topic}/remove-allowed-user.json",
            #"{"username":"mia"}"#,
            nobody
        ),
        Line(
            "PUT /t/{topic_id}/remove-allowed-group",
            "/t/{topic}/remove-allowed-group.json",
            #"{"name":"staff"}"#,
            nobody
        ),
        Line(
            "PUT /t/{topic_id}/archive-message",
            "/t/{topic}/archive-message.json",
            [403, 404, 404, 404]
        ),
        Line(
            "PUT /t/{topic_id}/move-to-inbox",
            "/t/{topic}/move-to-inbox.json",
            [403, 404, 404, 404]
        ),
        Line(
            "PUT /t/{topic_id}/convert-topic/{type}",
            "/t/{topic}/convert-topic/public.json",
            [403, 403, 422, 422]
        ),
    ]
}

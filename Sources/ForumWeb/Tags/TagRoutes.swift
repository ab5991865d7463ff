import Forum
import ForumAPI

/// Tags themselves; their topics are lists.
struct TagRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Tags.list, .everybody, cached: .lists) { call in
            let tags = try await community.tags(for: call.viewer)
            let byCategory = try await community.tagsByCategory(for: call.viewer)
            return TagPresenter.list(tags, byCategory: byCategory)
        }
        routes.serve(API.Tags.info, .everybody) { call in
            let tag = try await community.tag(
                named: try call.requiredText("tag_name"),
                for: call.viewer
            )
            let info = try await community.tagInfo(tag, for: call.viewer)
            let categories: [Forum.Category] =
                info.categoryIDs.isEmpty ? [] : try await community.categories(for: call.viewer)
            return TagPresenter.info(info, categories)
        }
        routes.serve(API.Tags.search, .everybody) { call in try await search(call) }
        addChanges(to: routes)
        addUnused(to: routes)
        addSubscriptions(to: routes)
    }

    private func search(_ call: Call<TagSearchQuery>) async throws -> TagSearchReply {
        let query = call.body
        let text = query.query ?? ""
        let found = try await community.searchTags(
            text,
            for: call.viewer,
            excluding: query.selectedTags ?? [],
            category: query.categoryID.map { CategoryID(Int64($0)) },
            limit: query.limit ?? 5
        )
        var results = found
        if query.excludeSynonyms == true { results = results.filter { $0.targetID == nil } }
        return TagSearchReply(results: results.map { TagPresenter.body($0) })
    }

    private func addChanges(to routes: RouteTable) {
        routes.serve(API.Tags.update, .member) { call in
            let tag = try await community.updateTag(
                named: try call.requiredText("tag_name"),
                to: call.body.tag?.name ?? call.body.tag?.id ?? call.body.name,
                description: call.body.tag?.description ?? call.body.description,
                by: call.principal
            )
            return TagReply(tag: TagPresenter.listed(tag))
        }
        routes.serve(API.Tags.delete, .member) { call in
            try await community.deleteTag(
                named: try call.requiredText("tag_name"),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Tags.addSynonyms, .member) { call in
            try await community.addSynonyms(
                call.body.synonyms,
                of: try call.requiredText("tag_name"),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Tags.removeSynonym, .member) { call in
            try await community.removeSynonym(
                try call.requiredText("synonym"),
                of: try call.requiredText("tag_name"),
                by: call.principal
            )
            return SuccessReply()
        }
    }

    private func addUnused(to routes: RouteTable) {
        routes.serve(API.Tags.unused, .member) { call in
            UnusedTagsReply(tags: try await community.unusedTags(by: call.principal))
        }
        routes.serve(API.Tags.deleteUnused, .member) { call in
            try await community.deleteUnusedTags(by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Tags.create, .member) { call in
            let made = try await community.createTags(call.body.tagNames, by: call.principal)
            return CreateTagsReply(created: made.created, existing: made.existing)
        }
    }

    private func addSubscriptions(to routes: RouteTable) {
        routes.serve(API.Tags.level, .member) { call in
            let tag = try await community.tag(
                named: try call.requiredText("tag_name"),
                for: call.viewer
            )
            return TagNotificationReply(
                tagNotification: TagNotificationBody(
                    id: tag.name,
                    notificationLevel: tag.notificationLevel,
                    delivery: DeliveryWord(tag.delivery)
                )
            )
        }
        routes.serve(API.Tags.ofMessages, .member) { call in
            let principal = try call.principal
            let name = try call.requiredText("username")
            // Whose messages they are is nobody else's business.
            guard let user = try await community.user(named: name), user.id == principal.id else {
                throw ForumError.notFound
            }
            let tags = try await community.messageTags(of: principal)
            return MessageTagsReply(
                tags: tags.map { tag, count in
                    var body = TagBody(
                        id: Int(tag.id.value),
                        text: tag.name,
                        name: tag.name,
                        count: count
                    )
                    body.slug = tag.slug
                    body.pmCount = count
                    return body
                }
            )
        }
    }
}

import Forum
import ForumAPI

enum TagPresenter {
    static func reference(_ tag: TagCard) -> TagReferenceBody {
        TagReferenceBody(id: Int(tag.id.value), name: tag.name, slug: tag.slug)
    }

    static func listed(_ tag: Tag) -> ListTagBody {
        ListTagBody(
            id: Int(tag.id.value),
            name: tag.name,
            slug: tag.slug,
            topicCount: tag.topicCount,
            staff: tag.isStaffOnly
        )
    }

    static func body(_ tag: Tag) -> TagBody {
        var body = TagBody(
            id: Int(tag.id.value),
            text: tag.name,
            name: tag.name,
            count: tag.topicCount
        )
        body.slug = tag.slug
        body.description = tag.description
        body.targetTag = tag.targetName
        return body
    }

    static func list(
        _ tags: [Tag],
        byCategory: [CategoryID: [TagID]]
    ) -> TagListReply {
        let bodies = Dictionary(tags.map { ($0.id, body($0)) }, uniquingKeysWith: { $1 })
        let categories = byCategory.keys.sorted().compactMap { category -> CategoryTagsBody? in
            let tags = (byCategory[category] ?? []).compactMap { bodies[$0] }
            return tags.isEmpty
                ? nil : CategoryTagsBody(id: Int(category.value), tags: tags)
        }
        let placed = Set(byCategory.values.joined())
        return TagListReply(
            tags: tags.filter { !placed.contains($0.id) }.map { body($0) },
            extras: TagExtrasBody(categories: categories)
        )
    }

    static func info(_ info: TagInfo, _ categories: [Forum.Category]) -> TagInfoReply {
        TagInfoReply(
            tagInfo: TagInfoBody(
                id: Int(info.tag.id.value),
                name: info.tag.name,
                slug: info.tag.slug,
                topicCount: info.tag.topicCount,
                staff: info.tag.isStaffOnly,
                description: info.tag.description,
                synonyms: info.synonyms.map {
                    TagSynonymBody(id: Int($0.id.value), name: $0.name, slug: $0.slug)
                },
                tagGroupNames: info.groupNames,
                categoryIDs: info.categoryIDs.map { Int($0.value) },
                categoryRestricted: !info.categoryIDs.isEmpty
            ),
            categories: categories.filter { info.categoryIDs.contains($0.id) }
                .map { CategoryPresenter.body($0) }
        )
    }

    static func group(_ group: TagGroup, withNames: Bool = false) -> TagGroupBody {
        var body = TagGroupBody(id: Int(group.id.value), name: group.name)
        body.tags = group.tags.map { reference($0) }
        body.parentTag = group.parent.map { [reference($0)] } ?? []
        body.onePerTopic = group.isOnePerTopic
        body.permissions = group.permissions
        if withNames {
            body.tagNames = group.tags.map(\.name)
            body.parentTagName = group.parent.map { [$0.name] } ?? []
        }
        return body
    }
}

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
            topicCount: tag.topicCount
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
        return body
    }
}

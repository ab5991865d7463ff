import Forum
import ForumAPI
import Postgres

/// Reads the parameters that every list takes, and keeps them for the address of the next page.
struct TopicListParameters {
    let now: Timestamp

    func apply(
        _ wire: ForumAPI.TopicListQuery,
        to query: inout Forum.TopicListQuery,
        _ address: inout TopicListPresenter.Address
    ) throws {
        query.page = min(max(wire.page ?? 0, 0), 100_000)
        if let perPage = wire.perPage {
            query.perPage = min(max(perPage, 1), Forum.Limits.topicsPerPageMax)
            address.filters.append(("per_page", String(query.perPage)))
        }
        try applyOrder(wire, &query, &address)
        try applyNarrowing(wire, &query, &address)
        try applyTags(wire, &query, &address)
        try applyTimes(wire, &query, &address)
        if let search = wire.search, !search.isEmpty {
            let words = Forum.SearchQuery(search, now: now).websearch
            query.conditions.append(words.isEmpty ? .nothing : .words(words))
            address.filters.append(("search", search))
        }
    }

    private func applyOrder(
        _ wire: ForumAPI.TopicListQuery,
        _ query: inout Forum.TopicListQuery,
        _ address: inout TopicListPresenter.Address
    ) throws {
        guard let order = wire.order else { return }
        guard let known = Forum.TopicListQuery.Order(rawValue: order) else {
            throw ForumError(.malformed, "order is not known: \(order)", field: "order")
        }
        query.orders = []
        query.order = known
        query.isAscending = wire.ascending ?? false
        address.filters.append(("order", order))
        if query.isAscending { address.filters.append(("ascending", "true")) }
    }

    private func applyNarrowing(
        _ wire: ForumAPI.TopicListQuery,
        _ query: inout Forum.TopicListQuery,
        _ address: inout TopicListPresenter.Address
    ) throws {
        if wire.noSubcategories == true {
            query.includesSubcategories = false
            address.filters.append(("no_subcategories", "true"))
        }
        if let name = wire.status {
            guard let status = TopicCondition.Status(rawValue: name) else {
                throw ForumError(.malformed, "status is not known: \(name)", field: "status")
            }
            query.conditions.append(.status(status))
            address.filters.append(("status", name))
        }
        if let ids = wire.topicIDs {
            let numbers = try Self.numbers(ids, "topic_ids")
            query.conditions.append(.ids(numbers.map { TopicID($0) }))
            address.filters.append(("topic_ids", Self.joined(numbers)))
        }
        if let ids = wire.excludeCategoryIDs {
            let numbers = try Self.numbers(ids, "exclude_category_ids")
            query.conditions.append(.notInCategories(numbers.map { CategoryID($0) }))
            address.filters.append(("exclude_category_ids", Self.joined(numbers)))
        }
        for (number, name, isMinimum) in [
            (wire.minPosts, "min_posts", true), (wire.maxPosts, "max_posts", false),
        ] {
            guard let number else { continue }
            let bound = min(max(number, 0), Int(Int32.max))
            query.conditions.append(.number(.posts, isMinimum: isMinimum, bound))
            address.filters.append((name, String(bound)))
        }
        if wire.filter == "tracked" {
            query.conditions.append(.relations([.tracking, .watching]))
            address.filters.append(("f", "tracked"))
        }
    }

    private func applyTags(
        _ wire: ForumAPI.TopicListQuery,
        _ query: inout Forum.TopicListQuery,
        _ address: inout TopicListPresenter.Address
    ) throws {
        let tags = (wire.tags ?? []).flatMap { $0.split(separator: ",").map(String.init) }
        if !tags.isEmpty {
            guard tags.count <= Forum.Limits.listedTagsMax else {
                throw ForumError(
                    .malformed,
                    "At most \(Forum.Limits.listedTagsMax) tags at once.",
                    field: "tags"
                )
            }
            let all = wire.matchAllTags ?? false
            query.conditions.append(.tags(tags, all: all, isExcluded: false))
            address.filters += tags.map { ("tags[]", $0) }
            if all { address.filters.append(("match_all_tags", "true")) }
        }
        if wire.noTags == true {
            query.conditions.append(.untagged)
            address.filters.append(("no_tags", "true"))
        }
        if let tag = wire.excludeTag, !tag.isEmpty {
            query.conditions.append(.tags([tag], all: false, isExcluded: true))
            address.filters.append(("exclude_tag", tag))
        }
    }

    private func applyTimes(
        _ wire: ForumAPI.TopicListQuery,
        _ query: inout Forum.TopicListQuery,
        _ address: inout TopicListPresenter.Address
    ) throws {
        let times: [(String?, String, TopicCondition.Moment, Bool)] = [
            (wire.before, "before", .created, false),
            (wire.bumpedBefore, "bumped_before", .activity, false),
            (wire.createdBefore, "created_before", .created, false),
            (wire.createdAfter, "created_after", .created, true),
            (wire.updatedBefore, "updated_before", .activity, false),
            (wire.updatedAfter, "updated_after", .activity, true),
        ]
        for (text, name, moment, isAfter) in times {
            guard let text, !text.isEmpty else { continue }
            guard let time = TopicListTime.parse(text, now: now) else {
                throw ForumError(
                    .malformed,
                    "\(name) must be a date, such as 2026-01-31, or a number of days.",
                    field: name
                )
            }
            query.conditions.append(.time(moment, isAfter: isAfter, time))
            address.filters.append((name, text))
        }
    }

    /// Numbers in a list, or by comma.
    private static func numbers(
        _ texts: [String],
        _ name: String
    ) throws(ForumError) -> [Int64] {
        var numbers: [Int64] = []
        for text in texts {
            for part in text.split(separator: ",") {
                guard let number = Int64(part.trimmingPrefix(" ")) else {
                    throw ForumError(.malformed, "\(name) must be numbers.", field: name)
                }
                numbers.append(number)
            }
        }
        guard numbers.count <= Forum.Limits.listedIDsMax else {
            throw ForumError(
                .malformed,
                "At most \(Forum.Limits.listedIDsMax) \(name) at once.",
                field: name
            )
        }
        return numbers
    }

    private static func joined(_ numbers: [Int64]) -> String {
        numbers.map(String.init).joined(separator: ",")
    }
}

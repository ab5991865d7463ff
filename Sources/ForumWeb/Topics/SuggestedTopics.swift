import Forum
import ForumAPI
import Synchronization

/// What else to read, below the end of a topic: the latest of its category, then of the site.
///
/// Only topics that everybody may see are suggested, so one choice serves all readers; it is made
/// again when one of its topics changes, or anything of the site does.
final class SuggestedTopics: Sendable {
    private struct Choice {
        let rows: [ListedTopicBody]
        let topics: Set<Int>
        let madeAt: ContinuousClock.Instant
    }

    private struct State {
        /// By category; `nil` for the whole site.
        var choices: [CategoryID?: Choice] = [:]
        var changes: UInt64 = 0
    }

    private let community: Community
    private let state = Mutex(State())

    init(community: Community) {
        self.community = community
    }

    func rows(beside topic: TopicID, in category: CategoryID?) async throws -> [ListedTopicBody] {
        let own = Int(topic.value)
        var rows: [ListedTopicBody] = []
        if let category { rows = try await latest(in: category).filter { $0.id != own } }
        guard rows.count < WebLimits.suggestedTopics else {
            return Array(rows.prefix(WebLimits.suggestedTopics))
        }
        var seen = Set(rows.map(\.id))
        seen.insert(own)
        rows += try await latest(in: nil).filter { seen.insert($0.id).inserted }
        return Array(rows.prefix(WebLimits.suggestedTopics))
    }

    func drop(_ change: Signals.Change) {
        state.withLock { state in
            state.changes += 1
            switch change {
            case .site: state.choices.removeAll()
            case .topic(let id):
                let id = Int(id.value)
                for (category, choice) in state.choices where choice.topics.contains(id) {
                    state.choices[category] = nil
                }
            }
        }
    }

    private func latest(in category: CategoryID?) async throws -> [ListedTopicBody] {
        let (known, changes) = state.withLock { ($0.choices[category], $0.changes) }
        if let known, .now - known.madeAt < .seconds(WebLimits.suggestedSeconds) {
            return known.rows
        }
        let query = Forum.TopicListQuery(
            .latest,
            categoryID: category,
            perPage: WebLimits.suggestedTopics + 1
        )
        let page = try await community.topicList(query, for: .anonymous)
        let rows = TopicListPresenter.suggested(page)
        state.withLock { state in
            guard state.changes == changes else { return }
            if state.choices.count >= WebLimits.suggestedLists { state.choices.removeAll() }
            state.choices[category] = Choice(
                rows: rows,
                topics: Set(rows.map(\.id)),
                madeAt: .now
            )
        }
        return rows
    }
}

import Forum
import ForumAPI
import Postgres

/// What is done to one topic beside writing in it.
struct TopicChangeRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        addTimes(to: routes)
        routes.serve(API.TopicChanges.slowMode, .member) { call in
            try await community.setSlowMode(
                call.topicID(),
                seconds: call.body.seconds,
                until: WireTime.read(call.body.enabledUntil, "enabled_until"),
                by: call.principal
            )
            return NoReply()
        }
        routes.serve(API.TopicChanges.setTags, .member) { call in
            let id = try call.topicID()
            try await community.editTopic(id, tags: call.body.tags ?? [], by: call.principal)
            return try await basic(id, call.viewer)
        }
        routes.serve(API.TopicChanges.publish, .member) { call in
            let id = try call.topicID()
            try await community.publishTopic(
                id,
                to: CategoryID(Int64(call.body.destinationCategoryID)),
                by: call.principal
            )
            return try await basic(id, call.viewer)
        }
        for (endpoint, isCleared) in [
            (API.TopicChanges.clearPin, true), (API.TopicChanges.rePin, false),
        ] {
            routes.serve(endpoint, .member) { call in
                try await community.clearPin(call.topicID(), isCleared, by: call.principal)
                return SuccessReply()
            }
        }
        addReading(to: routes)
    }

    private func addTimes(to routes: RouteTable) {
        routes.serve(API.TopicChanges.changeTimestamp, .member) { call in
            try await community.changeTopicTimestamp(
                call.topicID(),
                to: Self.moment(call.body.timestamp),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.TopicChanges.resetBumpDate, .member) { call in
            try await community.resetTopicBump(call.topicID(), by: call.principal)
            return NoReply()
        }
        routes.serve(API.TopicChanges.setTimer, .member) { call in
            try await setTimer(call, call.body.time)
        }
        routes.serve(API.TopicChanges.removeTimer, .member) { call in
            var call = call
            call.body.durationMinutes = nil
            call.body.duration = nil
            return try await setTimer(call, nil)
        }
    }

    private func addReading(to routes: RouteTable) {
        routes.serve(API.TopicChanges.timings, .member) { call in
            try await community.recordTimings(
                SubscriptionRoutes.timings(call.body.timings),
                topic: call.topicID(),
                by: call.principal
            )
            return NoReply()
        }
        routes.serve(API.TopicChanges.deleteTimings, .member) { call in
            try await community.forgetReading(
                of: call.topicID(),
                onlyLast: call.body.last ?? false,
                by: call.principal
            )
            return NoReply()
        }
    }

    private func setTimer(
        _ call: Call<TopicTimerRequest>,
        _ time: String?
    ) async throws -> TopicTimerReply {
        let id = try call.topicID()
        let body = call.body
        guard let kind = TopicTimer.Kind(rawValue: body.statusType) else {
            throw ForumError(.malformed, "status_type is not known.", field: "status_type")
        }
        var new = PlannedTimer(
            kind: kind,
            durationMinutes: body.durationMinutes ?? body.duration.flatMap { Self.minutes($0) },
            isBasedOnLastPost: body.basedOnLastPost ?? false,
            categoryID: body.categoryID.map { CategoryID(Int64($0)) }
        )
        if let time, let hours = Double(time), hours > 0 {
            new.durationMinutes = new.durationMinutes ?? Self.minutes(hours)
        } else {
            new.executeAt = try WireTime.read(time, "time")
        }
        let timer = try await community.setTopicTimer(id, new, by: call.principal)
        let topic = try await community.topicAccess(id, for: call.viewer)
        return TopicTimerReply(
            executeAt: timer?.executeAt.iso8601,
            durationMinutes: timer?.durationMinutes,
            basedOnLastPost: timer?.isBasedOnLastPost,
            closed: topic.isClosed,
            categoryID: timer?.categoryID.map { Int($0.value) }
        )
    }

    /// What cannot be minutes becomes a number that the use case refuses.
    private static func minutes(_ hours: Double) -> Int? {
        hours.isFinite && abs(hours) < 1_000_000 ? Int((hours * 60).rounded()) : Int.max
    }

    private static func moment(_ text: String) throws(ForumError) -> Timestamp {
        if let seconds = Int64(text),
            (-100_000_000_000...100_000_000_000).contains(seconds)
        {
            return Timestamp(secondsSince1970: seconds)
        }
        guard let time = Timestamp(iso8601: text) else {
            throw ForumError(
                .malformed,
                "timestamp must be seconds since 1970 or a date.",
                field: "timestamp"
            )
        }
        return time
    }

    func basic(_ id: TopicID, _ viewer: Viewer) async throws -> UpdateTopicReply {
        let access = try await community.topicAccess(id, for: viewer)
        return UpdateTopicReply(
            basicTopic: BasicTopicBody(
                id: Int(id.value),
                title: access.title,
                fancyTitle: access.fancyTitle,
                slug: access.slug,
                postsCount: access.postsCount
            )
        )
    }
}

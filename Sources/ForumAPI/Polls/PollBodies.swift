/// A poll of a post.
package struct PollBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    @IfPresent package var title: String?
    /// `regular`, `multiple` or `number`.
    package var type: String
    /// `open` or `closed`.
    package var status: String
    /// Whether voters are named.
    package var isPublic: Bool
    /// `always`, `on_vote`, `on_close` or `staff_only`.
    package var results: String
    @IfPresent package var min: Int?
    @IfPresent package var max: Int?
    @IfPresent package var step: Int?
    package var options: [PollOptionBody]
    package var voters: Int
    @IfPresent package var close: String?
    package var chartType: String = "bar"
    @IfPresent package var groups: String?

    package init(
        id: Int,
        name: String,
        title: String? = nil,
        type: String,
        status: String,
        isPublic: Bool,
        results: String,
        min: Int? = nil,
        max: Int? = nil,
        step: Int? = nil,
        options: [PollOptionBody],
        voters: Int,
        close: String? = nil,
        chartType: String = "bar",
        groups: String? = nil
    ) {
        self.id = id
        self.name = name
        self.title = title
        self.type = type
        self.status = status
        self.isPublic = isPublic
        self.results = results
        self.min = min
        self.max = max
        self.step = step
        self.options = options
        self.voters = voters
        self.close = close
        self.chartType = chartType
        self.groups = groups
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case title
        case type
        case status
        case isPublic = "public"
        case results
        case min
        case max
        case step
        case options
        case voters
        case close
        case chartType = "chart_type"
        case groups
    }
}

package struct PollOptionBody: Codable, Sendable, Equatable {
    package var id: String
    package var html: String
    /// Only for those who may see the results.
    @IfPresent package var votes: Int?

    package init(
        id: String,
        html: String,
        votes: Int? = nil
    ) {
        self.id = id
        self.html = html
        self.votes = votes
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case html
        case votes
    }
}

/// `PUT /polls/vote`.
package struct VoteRequest: Codable, Sendable, Equatable {
    package var postID: Int
    package var pollName: String?
    package var options: [String]?

    package init(
        postID: Int,
        pollName: String? = nil,
        options: [String]? = nil
    ) {
        self.postID = postID
        self.pollName = pollName
        self.options = options
    }

    private enum CodingKeys: String, CodingKey {
        case postID = "post_id"
        case pollName = "poll_name"
        case options
    }
}

/// `PUT /polls/vote`.
package struct VoteReply: Codable, Sendable, Equatable {
    package var poll: PollBody
    @IfPresent package var vote: [String]?

    package init(
        poll: PollBody,
        vote: [String]? = nil
    ) {
        self.poll = poll
        self.vote = vote
    }

    private enum CodingKeys: String, CodingKey {
        case poll
        case vote
    }
}

/// `PUT /polls/toggle_status`.
package struct TogglePollRequest: Codable, Sendable, Equatable {
    package var postID: Int
    package var pollName: String?
    /// `open` or `closed`.
    package var status: String

    package init(
        postID: Int,
        pollName: String? = nil,
        status: String
    ) {
        self.postID = postID
        self.pollName = pollName
        self.status = status
    }

    private enum CodingKeys: String, CodingKey {
        case postID = "post_id"
        case pollName = "poll_name"
        case status
    }
}

/// `PUT /polls/toggle_status`.
package struct PollReply: Codable, Sendable, Equatable {
    package var poll: PollBody

    package init(
        poll: PollBody
    ) {
        self.poll = poll
    }

    private enum CodingKeys: String, CodingKey {
        case poll
    }
}

/// The query of `GET /polls/voters`.
package struct PollVotersQuery: Codable, Sendable, Equatable {
    package var postID: Int
    package var pollName: String?
    package var optionID: String?
    /// From 1.
    package var page: Int?
    package var limit: Int?

    package init(
        postID: Int,
        pollName: String? = nil,
        optionID: String? = nil,
        page: Int? = nil,
        limit: Int? = nil
    ) {
        self.postID = postID
        self.pollName = pollName
        self.optionID = optionID
        self.page = page
        self.limit = limit
    }

    private enum CodingKeys: String, CodingKey {
        case postID = "post_id"
        case pollName = "poll_name"
        case optionID = "option_id"
        case page
        case limit
    }
}

/// `GET /polls/voters`: the voters by option.
package struct PollVotersReply: Codable, Sendable, Equatable {
    package var voters: [String: [BasicUserBody]]

    package init(
        voters: [String: [BasicUserBody]]
    ) {
        self.voters = voters
    }

    private enum CodingKeys: String, CodingKey {
        case voters
    }
}

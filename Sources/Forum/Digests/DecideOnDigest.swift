import Foundation
import Postgres

/// What `outgoing_emails.data` says of a digest.
private struct DigestData: Decodable {
    var categoryID: Int64?
    var tagID: Int64?
    /// Seconds since 1970.
    var since: Double?

    private enum CodingKeys: String, CodingKey {
        case categoryID = "category_id"
        case tagID = "tag_id"
        case since
    }

    var place: DigestPlace? {
        categoryID.map { .category(CategoryID($0)) } ?? tagID.map { .tag(TagID($0)) }
    }
}

extension Community {
    /// Writes a queued digest from what is true now.
    ///
    /// - Returns: `.skip` when nothing is left to tell, or it is not wanted any more.
    func decide(
        onDigest email: OutgoingEmail,
        _ type: DigestEmailType
    ) async throws -> NotificationEmailDecision {
        guard let user = email.userID, let reader = try await mailReader(user) else {
            return .skip("the user is gone or may not log in")
        }
        let data = try JSONDecoder().decode(DigestData.self, from: Data(email.data.utf8))
        if let reason = skipReason(reader) { return .skip(reason) }
        if let seconds = reader.preferences.secondsOfRest(at: clock()) {
            return .wait(seconds: seconds)
        }
        let digest =
            switch type {
            case .subscription:
                try await subscriptionDigest(email, data.place, for: reader)
            case .summary:
                try await summary(
                    since: Timestamp(secondsSince1970: data.since ?? 0),
                    email,
                    for: reader
                )
            }
        guard var digest else { return .skip("there is nothing to tell, or it is not wanted") }
        digest.words = reader.words
        let scope: UnsubscribeScope = data.place.map { .digest($0) } ?? .summaries
        let key = UnsubscribeKey(user: user, scope: scope, secret: secrets.unsubscribe)
        _ = try await database.query(CorrespondenceQueries.keep(key, user: user, scope: scope))
        return .digest(digest, unsubscribe: key)
    }

    private func subscriptionDigest(
        _ email: OutgoingEmail,
        _ place: DigestPlace?,
        for reader: MailReader
    ) async throws -> DigestEmail? {
        guard let place else { return nil }
        let answers = try await database.batch([
            DigestQueries.place(place, for: reader.principal),
            DigestQueries.posts(of: email.id, for: reader.principal),
        ])
        let topics = DigestRow.topics(try answers[1].decode())
        guard let row = answers[0].first, !topics.isEmpty else { return nil }
        let subject: DigestEmail.Subject =
            switch place {
            case .category(let id):
                .category(
                    id: id,
                    name: try row.get(0),
                    slug: try row.get(1),
                    parentSlug: try row.get(2)
                )
            case .tag(let id): .tag(id: id, name: try row.get(0))
            }
        return DigestEmail(
            subject: subject,
            recipientName: reader.preferences.name,
            topics: topics,
            otherTopics: [],
            unreadNotices: 0,
            unreadMessages: 0
        )
    }

    private func summary(
        since: Timestamp,
        _ email: OutgoingEmail,
        for reader: MailReader
    ) async throws -> DigestEmail? {
        let site = settings.current
        var unread = NotificationFilter()
        unread.unreadOnly = true
        let answers = try await database.batch([
            DigestQueries.stillWantsSummary(reader.principal, site, queuedAt: email.createdAt),
            DigestQueries.summaryTopics(since: since, for: reader.principal, site),
            NotificationListQueries.total(for: reader.principal, unread),
            NotificationListQueries.unreadMessages(for: reader.principal),
        ])
        let topics = DigestRow.topics(try answers[1].decode())
        guard !site.disableDigestEmails, try answers[0].firstValue(Bool.self) == true,
            !topics.isEmpty
        else { return nil }
        return DigestEmail(
            subject: .summary(since: since),
            recipientName: reader.preferences.name,
            topics: Array(topics.prefix(site.digestTopics)),
            otherTopics: Array(topics.dropFirst(site.digestTopics)),
            unreadNotices: try answers[2].firstValue() ?? 0,
            unreadMessages: try answers[3].firstValue() ?? 0
        )
    }
}

import Logging
import Markup
import Postgres

/// Turns events into notices, queued mails and live messages: after the commit, from rows.
///
/// Each event is taken and worked off in the transaction that notes that it was, so what it causes
/// happens once, whichever of the nodes does it and however often one of them dies.
package struct Dispatcher: Sendable {
    private let community: Community
    private let backoff = Backoff(
        firstSeconds: 1,
        maxSeconds: 3600,
        attempts: Limits.outboxAttempts
    )

    package init(community: Community) {
        self.community = community
    }

    /// Works until cancelled: at once when this node wrote an event, and every second for events
    /// whose node died before it could.
    package func run() async {
        let wake = Doorbell()
        community.signals.onOutbox { wake.ring() }
        while !Task.isCancelled {
            do {
                while try await dispatchNext() {}
                await wake.wait(seconds: 1)
            } catch is CancellationError {
                return
            } catch {
                community.logger.warning(
                    "events wait: the database cannot be used",
                    metadata: ["error": "\(error)"]
                )
                await wake.wait(seconds: 2)
            }
        }
    }

    /// Works off every event that is due.
    package func dispatchAll() async throws {
        while try await dispatchNext() {}
    }

    /// - Returns: Whether there was something to do.
    private func dispatchNext() async throws -> Bool {
        do {
            let isWorkedOff = try await community.database.transaction(
                timeoutSeconds: Limits.outboxStatementSeconds
            ) { transaction in
                try await workOffNext(in: transaction)
            }
            if isWorkedOff {
                community.signals.mailQueued()
                community.signals.requestsQueued()
            }
            return isWorkedOff
        } catch let refused as Refused {
            try await putOff(refused.entry, error: "\(refused.error)")
            return true
        }
    }

    /// The database refuses what this event asks for; others may still go through.
    private struct Refused: Error {
        let entry: OutboxEntry
        let error: PostgresError
    }

    private func workOffNext(in transaction: Transaction) async throws -> Bool {
        // It can be done again from its row, so its commit need not wait for the disk; every commit
        // that is acknowledged to somebody does.
        let rows = try await transaction.batch([.relaxDurability, OutboxQueries.claim()])
        guard let entry = try rows[1].decode(OutboxEntry.self).first else { return false }
        do throws(PostgresError) {
            _ = try await transaction.batch(work(on: entry))
            return true
        } catch {
            guard error.isRefusal else { throw error }
            throw Refused(entry: entry, error: error)
        }
    }

    private func putOff(_ entry: OutboxEntry, error: String) async throws {
        let attempt = entry.attempts + 1
        let delay = backoff.jitteredSeconds(after: attempt)
        community.logger.error(
            delay == nil ? "an event is given up" : "an event is put off",
            metadata: [
                "event": "\(entry.event)", "id": "\(entry.id)", "attempt": "\(attempt)",
                "error": "\(error)",
            ]
        )
        _ = try await community.database.query(
            OutboxQueries.putOff(entry.id, seconds: delay, error: error)
        )
    }

    /// A post is worked off in three goes: who has its topic open sees it before the notices of
    /// thousands of watchers are written, and those stand before the live messages about them.
    private func work(on entry: OutboxEntry) -> [SQL] {
        guard let event = Event(rawValue: entry.event) else {
            return [OutboxQueries.finish(entry.id)]
        }
        if event.isNewPost, entry.isShown {
            if !entry.isPublished {
                return LiveMessages.created(entry, event)
                    + [OutboxQueries.mark(entry.id, as: .published)]
            }
            if !entry.isNoticed {
                return notices(of: entry) + mailingList(entry)
                    + [OutboxQueries.mark(entry.id, as: .noticed)]
            }
        }
        return consequences(of: event, entry) + OutgoingRequestQueries.queue(entry, event)
            + [OutboxQueries.finish(entry.id)]
    }

    private func consequences(of event: Event, _ entry: OutboxEntry) -> [SQL] {
        switch event {
        case .postCreated, .topicCreated:
            // Gone before anybody was told: nobody needs to be.
            guard entry.isShown, let post = entry.postID else { return [] }
            return [NotificationLiveQueries.tell(of: post)]
        case .postEdited: return noticesOfEdit(entry) + LiveMessages.changed(entry, "revised")
        // Other nodes keep pages that name the topic: its title, or that there is one.
        case .topicEdited:
            return SubscriptionQueries.refollow(entry.topicID)
                + [WithdrawalQueries.withdrawHidden(topic: entry.topicID)]
                + LiveMessages.changed(entry, "revised") + LiveMessages.siteChanged()
        case .postRecovered: return LiveMessages.changed(entry, "recovered")
        case .postLiked:
            return noticeOfLike(entry) + LiveMessages.changed(entry, "liked")
        case .postUnliked: return LiveMessages.changed(entry, "unliked")
        case .pollChanged: return LiveMessages.changed(entry, "acted")
        case .solutionAccepted:
            return [SolutionQueries.notify(entry.postID, by: entry.userID)]
                + LiveMessages.changed(entry, "acted")
        case .solutionWithdrawn: return LiveMessages.changed(entry, "acted")
        case .postsMoved:
            return [WithdrawalQueries.withdrawHidden(topic: entry.topicID)]
                + LiveMessages.reload(entry) + LiveMessages.siteChanged()
        case .postDeleted:
            return WithdrawalQueries.withdraw(post: entry.postID)
                + LiveMessages.changed(entry, "deleted")
        case .topicDeleted:
            return [WithdrawalQueries.withdraw(topic: entry.topicID)]
                + LiveMessages.ofTopic(entry, "delete") + LiveMessages.siteChanged()
        case .topicRecovered:
            return LiveMessages.ofTopic(entry, "recover") + LiveMessages.siteChanged()
        case .categoryChanged:
            return [WithdrawalQueries.withdrawHidden(), LiveQueries.publishCategory(of: entry.id)]
                + LiveMessages.siteChanged()
        case .groupDestroyed:
            return [WithdrawalQueries.withdrawHidden()] + LiveMessages.siteChanged()
        case .userCreated: return []
        case .groupCreated, .groupUpdated: return LiveMessages.siteChanged()
        case .userAddedToGroup: return []
        case .userRemovedFromGroup: return [WithdrawalQueries.withdrawHidden(user: entry.userID)]
        case .noticesWithdrawn:
            return [NotificationLiveQueries.tellWithdrawn(event: entry.id)]
        case .membershipRequested:
            return [
                GroupRequestQueries.consolidate(
                    entry.topicID,
                    threshold: community.settings.current.notificationConsolidationThreshold
                )
            ]
        case .messageReadersChanged:
            return [WithdrawalQueries.withdrawHidden(topic: entry.topicID)]
                + LiveMessages.reload(entry)
        case .avatarChanged: return LiveMessages.siteChanged()
        case .reviewableChanged: return [ReviewQueries.publishCounts()]
        case .webHook: return [OutgoingRequestQueries.queueOther(entry)]
        }
    }

    private func notices(of entry: OutboxEntry) -> [SQL] {
        guard let audience = audience(of: entry) else { return [] }
        var statements = [
            NotificationQueries.recordGroupMentions(audience.post, audience.groups),
            NotificationQueries.notifyOfPost(audience, rules, mail: pace(audience)),
        ]
        if audience.isMessage {
            statements.append(NotificationQueries.summariseGroupMessages(audience.post))
        }
        return statements + consolidated(.linked, into: .linkedConsolidated, entry)
    }

    /// An edit is told to those whom the post addresses only now, and to the author when it was
    /// somebody else's.
    private func noticesOfEdit(_ entry: OutboxEntry) -> [SQL] {
        guard entry.isShown, let audience = audience(of: entry) else {
            // It was hidden: what has not been seen of it is taken back.
            return WithdrawalQueries.withdraw(post: entry.postID)
        }
        let edited = entry.userID.map { NotificationQueries.notifyOfEdit(audience.post, by: $0) }
        return [
            NotificationQueries.recordGroupMentions(audience.post, audience.groups),
            NotificationQueries.notifyOfPost(audience, isEdit: true, rules, mail: pace(audience)),
        ] + [edited].compactMap { $0 } + [NotificationLiveQueries.tell(of: audience.post)]
    }

    private func audience(of entry: OutboxEntry) -> PostAudience? {
        PostAudience(entry, settings: community.settings.current, baseURL: community.baseURL)
    }

    private var rules: AudienceQueries.Rules {
        let settings = community.settings.current
        return AudienceQueries.Rules(
            maxHereMentioned: settings.maxHereMentioned,
            hereTrustLevel: settings.minTrustLevelForHereMention,
            watchedPrecedesMuted: settings.watchedPrecedenceOverMuted,
            maxGroupMentioned: settings.maxUsersNotifiedPerGroupMention
        )
    }

    private func pace(_ audience: PostAudience) -> OutgoingEmailQueries.Pace? {
        OutgoingEmailQueries.Pace(community.settings.current, isMessage: audience.isMessage)
    }

    /// After the notices: who gets one has the mail already.
    private func mailingList(_ entry: OutboxEntry) -> [SQL] {
        let settings = community.settings.current
        guard let post = entry.postID, !settings.disableMailingListMode,
            settings.disableEmails != "yes"
        else { return [] }
        return [NotificationQueries.mailToAll(post)]
    }

    private func noticeOfLike(_ entry: OutboxEntry) -> [SQL] {
        guard let post = entry.postID, let user = entry.userID else { return [] }
        let frequency = community.settings.current.defaultOtherLikeNotificationFrequency
        return [LikeNoticeQueries.notifyOfLike(post, by: user, frequency: frequency)]
            + consolidated(.liked, into: .likedConsolidated, entry)
            + [NotificationLiveQueries.tell(of: post)]
    }

    private func consolidated(
        _ kind: NotificationKind,
        into merged: NotificationKind,
        _ entry: OutboxEntry
    ) -> [SQL] {
        guard let post = entry.postID else { return [] }
        let settings = community.settings.current
        return [
            LikeNoticeQueries.consolidate(
                kind,
                into: merged,
                causedBy: entry.userID,
                about: post,
                threshold: settings.notificationConsolidationThreshold,
                minutes: settings.likesNotificationConsolidationWindowMins
            )
        ]
    }
}

extension Event {
    fileprivate var isNewPost: Bool { self == .postCreated || self == .topicCreated }
}

extension PostgresError {
    /// Whether it is this event that cannot be worked off, rather than the database that cannot be
    /// used: then the events behind it need not wait.
    fileprivate var isRefusal: Bool {
        switch code {
        case .server(let state):
            // Class 53 is a lack of resources: disk, memory, connections.
            !isRetryable && !state.code.hasPrefix("53") && state != .readOnlyTransaction
        case .timeout, .decoding, .invalidValue: true
        case .busy, .unavailable, .closed, .cancelled: false
        }
    }
}

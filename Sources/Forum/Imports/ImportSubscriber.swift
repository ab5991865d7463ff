import Postgres

/// Somebody who was a member of a mailing list.
package struct ImportedSubscriber: Sendable, Equatable {
    /// How the list thought of them.
    package enum Standing: Sendable {
        case member
        /// Their mails were held for a moderator.
        case moderated
        /// They could not join.
        case banned
    }

    package var address: String
    package var name: String?
    package var delivery: Delivery
    package var standing: Standing

    package init(
        address: String,
        name: String? = nil,
        delivery: Delivery = .web,
        standing: Standing = .member
    ) {
        self.address = address
        self.name = name
        self.delivery = delivery
        self.standing = standing
    }
}

/// What became of one of them.
package enum SubscriberOutcome: Sendable, Equatable {
    case subscribed
    /// Follows the category in some way already; that stays.
    case known
    /// Was barred from the list: nothing but a line in the log of the staff.
    case noted
}

extension Community {
    /// Lets somebody follow a category as they followed the list: with each mail, a digest a day, or
    /// no mail. An address without an account becomes a staged user. No mail is sent, and what
    /// somebody chose here before stays.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.notFound`, `.invalid`.
    package func importSubscriber(
        _ subscriber: ImportedSubscriber,
        to category: CategoryID,
        by principal: Principal
    ) async throws -> SubscriberOutcome {
        let permitted = try principal.mayAdministerSite()
        let place = try await self.category(category, for: .member(principal))
        guard
            let address = EmailAddressRules.normalise(
                subscriber.address,
                allowingLocalDomains: true
            )
        else { throw ForumError(.invalid, "Email is invalid.", field: "email") }
        if subscriber.standing != .member {
            try await note(subscriber.standing, address, in: place, by: principal)
        }
        guard subscriber.standing != .banned else { return .noted }
        let user = try await stagedUser(
            address: address,
            name: subscriber.name,
            evenIfBarred: true
        )
        let rows = try await database.query(
            SubscriberQueries.follow(
                category,
                as: user.id,
                level: subscriber.delivery == .web ? .tracking : .watching,
                subscriber.delivery,
                permitted,
                at: clock()
            )
        )
        return rows.isEmpty ? .known : .subscribed
    }

    /// Once for each address and category.
    private func note(
        _ standing: ImportedSubscriber.Standing,
        _ address: String,
        in category: Category,
        by principal: Principal
    ) async throws {
        let action = StaffAction(
            .custom,
            subject: standing == .banned ? "banned from the list" : "moderated on the list",
            details: "As the list was that came to \(category.name).",
            email: address,
            category: category.id
        )
        let known = try await database.value(SubscriberQueries.isNoted(action), as: Bool.self)
        if known != true { try await record(action, by: principal) }
    }
}

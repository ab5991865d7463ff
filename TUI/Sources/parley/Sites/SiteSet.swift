import ForumClient
import Foundation
import TerminalUI

/// All sites of which the member has an account on this machine.
enum SiteSet {
    /// Sites that are asked at once.
    private static let most = 20

    /// The sites with an account, without `current`.
    static func others(than current: String) -> [SiteAddress] {
        let store = CredentialStore(folder: StateFolder.credentials.path)
        return KnownSites.all().prefix(most).compactMap { text in
            guard text != current, let address = address(text) else { return nil }
            let hasCommand = Configuration.current.command(for: address) != nil
            return hasCommand || hasAccount(store, address) ? address : nil
        }
    }

    private static func address(_ text: String) -> SiteAddress? {
        do {
            return try SiteAddress(text)
        } catch {
            // A line that somebody wrote into the file by hand.
            return nil
        }
    }

    private static func hasAccount(_ store: CredentialStore, _ address: SiteAddress) -> Bool {
        do {
            return try store.credentials(for: address) != .anonymous
        } catch {
            // Unreadable: that site tells so when it is opened.
            return false
        }
    }

    /// What is unread on these sites, asked for at the same time. A site that does not answer has
    /// no rows.
    static func unread(on sites: [SiteAddress]) async -> [TopicRow] {
        await withTaskGroup(of: (Int, [TopicRow]).self) { group in
            for (index, address) in sites.enumerated() {
                group.addTask { (index, await unread(on: address)) }
            }
            var all: [(Int, [TopicRow])] = []
            for await rows in group {
                all.append(rows)
            }
            return all.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    private static func unread(on address: SiteAddress) async -> [TopicRow] {
        do throws(Failure) {
            let site = try Visit.site(address)
            do throws(Failure) {
                let rows = try await site.allUnread().map { row in
                    var row = row
                    row.site = address.text
                    return row
                }
                await site.close()
                return rows
            } catch {
                await site.close()
                throw error
            }
        } catch {
            return []
        }
    }

    /// The sites to choose from, the last visited first.
    static func choices(current: String) -> [Choice] {
        let store = CredentialStore(folder: StateFolder.credentials.path)
        return KnownSites.all().map { text in
            let isMember = address(text).map { hasAccount(store, $0) } ?? false
            return Choice(
                text,
                detail: isMember ? "logged in" : "guest",
                isCurrent: text == current,
                .openSite(text)
            )
        }
    }
}
